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
      lacks: new Set(members.lacks.map(lower)),
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
      throw this.unknown(members, member);
    }

    put(number, members, member, value) {
      if (!members.puts.has(lower(member))) throw this.unknown(members, member);
      this.waiting.push(["put", number, member, this.toControl([value])]);
      return true;
    }

    // A member that the control has and this one has not is told: it says nothing about the page.
    unknown(members, member) {
      if (typeof member !== "symbol" && members.lacks.has(lower(member))) this.send("lacks", members.name, String(member));
      return failure(...NO_SUCH_MEMBER);
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
  for (const name of ["showModalDialog", "showModelessDialog"]) window[name] = () => { tell({ lacking: name }); };
  window.navigate = (address) => { location.href = address; };
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector(VBSCRIPT)) tell({ lacking: "VBScript" });
  });

  window.ActiveXObject = function ActiveXObject(progId) {
    if (REQUEST.test(progId)) return new XMLHttpRequest();
    if (lower(progId) !== lower(told.factory)) throw failure(...CANNOT_CREATE);
    return factoryMembers(new Factory(false));
  };

  // <object classid="clsid:…"> with the control's class has the factory's members. Where it may not run, it is an
  // element without them: pages ask typeof(fac.CreateObject), or whether fac.object is null.
  const factories = new WeakMap(); // element -> its factory, or null
  const isControl = (element) => lower(element.getAttribute("classid")).replace(/[{}\s]/g, "") === told.class;

  function factoryOf(element) {
    if (!factories.has(element)) {
      try {
        factories.set(element, new Factory(true));
      } catch (error) {
        if (error.number !== (NO_SUCH_MEMBER[0] | 0)) throw error;
        factories.set(element, null);
      }
    }
    return factories.get(element);
  }

  function give(member, read, write) {
    Object.defineProperty(HTMLObjectElement.prototype, member, { configurable: true, get: read, set: write });
  }

  give("CreateObject", function () {
    const factory = isControl(this) ? factoryOf(this) : null;
    return factory ? (progId) => factory.create(progId) : undefined;
  });
  give("object", function () {
    if (!isControl(this)) return undefined;
    const factory = factoryOf(this);
    return factory && factoryMembers(factory);
  });
  give("readyState", function () { return isControl(this) ? 4 : undefined; });
  give("classid", function () { return this.getAttribute("classid") ?? ""; },
    function (value) { this.setAttribute("classid", value); });

  // What stands within the element is for browsers without the control.
  document.addEventListener("DOMContentLoaded", () => {
    for (const one of document.querySelectorAll("object[classid]")) {
      if (isControl(one) && one.textContent.trim() && factoryOf(one)) one.style.setProperty("display", "none", "important");
    }
  });

  // Every error has these there; what is called without being there is its error 438.
  function giveErrors(kind, member, read) {
    Object.defineProperty(kind.prototype, member, {
      configurable: true,
      get: read,
      set(value) { Object.defineProperty(this, member, { configurable: true, writable: true, value }); },
    });
  }
  giveErrors(Error, "description", function () { return this.message; });
  giveErrors(TypeError, "number", () => NO_SUCH_MEMBER[0] | 0);
}
