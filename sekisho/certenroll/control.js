// The page's end of the wire: what Internet Explorer gives a page, and objects whose members reach the control outside.
// Making an object and setting a property wait for the next call that needs an answer, and go with it.
(told) => {
  const lower = (text) => String(text).toLowerCase();
  const known = new Map(Object.entries(told.objects).map(([name, members]) => [lower(name), interfaceOf(name, members)]));
  const numbers = new WeakMap(); // object -> {factory, number}
  const NO_SUCH_MEMBER = [0x800A01B6, "オブジェクトでサポートされていないプロパティまたはメソッドです。"];
  const CANNOT_CREATE = [0x800A01AD, "オートメーション サーバーでオブジェクトを作成できません。"];
  const NO_INTERFACE = [0x80004002, "インターフェイスがサポートされていません。"];

  function interfaceOf(name, members) {
    return {
      name,
      puts: new Set(Object.keys(members.puts).map(lower)),
      gets: new Set(members.gets.map(lower)),
      calls: new Set(members.calls.map(lower)),
    };
  }

  function failure(number, text) {
    return Object.assign(new Error(text), { number: number | 0, description: text });
  }

  // The page stands still until it is heard.
  function tell(what) {
    const request = new XMLHttpRequest();
    request.open("POST", told.address, false);
    request.send(JSON.stringify(what));
    return request.responseText;
  }

  class Factory {
    constructor(element) {
      this.number = Math.random().toString(36).slice(2) + performance.now();
      this.made = 0;
      this.waiting = [];
      this.send("factory", element);
    }

    // Everything that waits, and this step; the page stands still meanwhile, as with the real control.
    send(...step) {
      const steps = [...this.waiting, step];
      this.waiting = [];
      const answer = JSON.parse(tell({ factory: this.number, steps }));
      if (answer.error) throw failure(answer.error.number, answer.error.text);
      return this.fromControl(answer.value);
    }

    create(progId) {
      const members = known.get(lower(progId));
      if (!members) {
        this.send("new", "none", String(progId)); // the control knows whether there is such a thing at all
        throw failure(...NO_INTERFACE);
      }
      const number = `page-${++this.made}`;
      this.waiting.push(["new", number, members.name]);
      return this.standIn(number, members);
    }

    standIn(number, members) {
      const standIn = new Proxy(function () {}, {
        get: (_, member) => this.read(number, members, member),
        set: (_, member, value) => this.put(number, members, member, value),
        has: (_, member) => members.gets.has(lower(member)) || members.calls.has(lower(member)),
      });
      numbers.set(standIn, { factory: this, number });
      return standIn;
    }

    read(number, members, member) {
      if (typeof member === "symbol") return undefined;
      const name = lower(member);
      if (members.calls.has(name)) return (...given) => this.send("call", number, member, this.toControl(given));
      if (members.gets.has(name)) return this.send("get", number, member, []);
      if (name === "tostring" || name === "valueof") return () => "[object]";
      throw failure(...NO_SUCH_MEMBER);
    }

    put(number, members, member, value) {
      if (!members.puts.has(lower(member))) throw failure(...NO_SUCH_MEMBER);
      this.waiting.push(["put", number, member, this.toControl([value])]);
      return true;
    }

    toControl(values) {
      return values.map((value) => {
        const standIn = (typeof value === "object" || typeof value === "function") && value && numbers.get(value);
        return standIn ? { object: standIn.number } : value === undefined ? null : value;
      });
    }

    fromControl(value) {
      if (value === null || typeof value !== "object") return value === null ? undefined : value;
      return this.standIn(value.object, known.get(lower(value.kind)));
    }
  }

  function factoryMembers(factory) {
    return {
      CreateObject: (progId) => factory.create(progId),
      get createobject() { return this.CreateObject; },
    };
  }

  // Internet Explorer's own objects that other browsers have by another name.
  const REQUEST = /^(microsoft|msxml2)\.xmlhttp/i;
  Object.defineProperty(document, "documentMode", { configurable: true, value: 11 });

  // What is not here, and cannot be: told, in case nothing comes of it.
  const VBSCRIPT = "script:is([language*=vbscript i], [type*=vbscript i])";
  window.showModalDialog = () => { tell({ lacking: "showModalDialog" }); };
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector(VBSCRIPT)) tell({ lacking: "VBScript" });
  });

  window.ActiveXObject = function ActiveXObject(progId) {
    if (REQUEST.test(progId)) return new XMLHttpRequest();
    if (lower(progId) !== lower(told.factory)) throw failure(...CANNOT_CREATE);
    return factoryMembers(new Factory(false));
  };

  // <object classid="clsid:…"> with the control's class has the factory's members.
  const factories = new WeakMap();
  Object.defineProperty(HTMLObjectElement.prototype, "CreateObject", {
    configurable: true,
    get() {
      if (lower(this.getAttribute("classid")) !== told.class) return undefined;
      if (!factories.has(this)) factories.set(this, new Factory(true));
      return (progId) => factories.get(this).create(progId);
    },
  });
}
