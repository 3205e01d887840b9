// What is asked about something found on a screen, or about a whole frame: a part of the selector engine in eye.js, which
// reads the answers where the page's own scripts cannot reach. Each is a function of the thing (or the document) and what
// was asked for, and has the engine's own at hand as `this`.
{
  // Where a button can be pressed, unless it is greyed out or something lies over it: "" for its middle, or a place in a
  // picture of which it is an area. From under a bar at an edge it is scrolled forth, unless it is to be left as it is.
  aim(one, asItIs = false) {
    if (this.questions.greyed(one)) return null;
    if (one.matches("area")) return this.spot(one);
    return this.questions.covered.call(this, one, asItIs) ? null : "";
  },

  // Whether something lies over it, be it grey or not.
  covered(one, asItIs = false) {
    if (one.matches("area")) return this.spot(one) === null;
    if (this.isFree(one)) return false;
    if (!asItIs) one.scrollIntoView({ block: "center", behavior: "instant" });
    return asItIs || !this.isFree(one);
  },

  // Keeps a thing in mind under a name of the hand's own, whatever becomes of its words; it is found as "kept".
  keep(one, name) {
    this.inMind ??= new Map();
    this.inMind.delete(name); // it is the last one now
    this.inMind.set(name, one);
    return true;
  },

  greyed(one) {
    return Boolean(one.disabled) || one.getAttribute("aria-disabled") === "true";
  },

  // How many characters a field takes, -1 where there is no limit; nothing where it cannot be written in.
  room(one) {
    return one.disabled || one.readOnly ? null : one.maxLength ?? -1;
  },

  // Where so many characters that did not go into a field go: which inputs behind it in the same place, and how many each
  // takes; none where they do not take all.
  boxesFor(one, characters) {
    const around = one.closest("td, dd, p, li, fieldset") ?? one.parentElement;
    const behind = [...around.ownerDocument.querySelectorAll("input")].filter((other) => one.compareDocumentPosition(other) & 4);
    const takes = (box) => around.contains(box) && box.matches(this.field) && this.visible(box) && this.questions.room(box) > 0;
    const boxes = [];
    for (const [at, box] of behind.entries()) {
      if (characters > 0 && takes(box)) boxes.push([at + 1, box.maxLength]);
      if (takes(box)) characters -= box.maxLength;
    }
    return characters > 0 ? [] : boxes;
  },

  // Whether a box is ticked, also one that a label stands for.
  ticked(one) {
    const box = one.control ?? one;
    return box.getAttribute("aria-checked") === "true" || Boolean(box.checked);
  },

  options(list) {
    return Array.from(list.options ?? [], (one) => one.label);
  },

  // What a list offers that a script has dropped down.
  dropped(root) {
    return this.everywhere(root, "[role=option]").filter((one) => this.isSeen(one, this.legible)).map((one) => this.bareWords(one).trim());
  },

  // What stands in an element, or in the field in it.
  contents(one) {
    const fields = "input[type=text], input[readonly], input:not([type]), textarea, input[disabled]:not([type=radio], [type=checkbox])";
    const field = one.matches("input, textarea") ? one : one.querySelector(fields);
    return (field && field.value) || (one.querySelector("button, a") && this.bareWords(one).trim()) || this.readWhole(one);
  },

  // The cells of each table, those that span columns or rows in each of them; what stands for pictures, and the words on buttons.
  // Rows that wait unseen for a script to fill them are none. A table may be one by its roles only.
  tables(root) {
    const shown = (one) => one.checkVisibility?.() ?? true;
    const text = (cell) => {
      const instead = cell.querySelector("input:not([type=hidden]), img[alt]");
      return this.readWhole(cell).trim() || (instead ? instead.value || instead.alt : "");
    };
    const rows = (table) => Array.from(table.rows).filter((row) => shown(row) && !row.closest("tfoot"));
    const lines = (table) => this.everywhere(table, "[role=row]").filter(shown);
    return [
      ...this.everywhere(root, "table").filter(shown).map((table) => rows(table).map((row) => Array.from(row.cells))),
      ...this.everywhere(root, ":not(table):is([role=table], [role=grid], [role=treegrid])").filter(shown)
        .map((table) => lines(table).map((row) => this.everywhere(row, this.cellByRole))),
    ].map((table) => this.grid(table.map((row) => row.filter(shown)), text));
  },

  // The same of a list that is none by its markup, with these columns.
  laidOut(root, columns) {
    return this.laidOut(root, columns);
  },

  cards(root, columns) {
    return this.cards(root, columns);
  },

  links(root) {
    const leads = (one) => one.href.baseVal ?? one.href; // in a drawing it is an object
    return this.everywhere(root, "a[href], area[href]").filter((one) => this.isSeen(one, this.legible)).map(leads);
  },

  // What the buttons and links say that a person sees.
  buttons(root) {
    const said = (one) => {
      const [value, alt, label, ...others] = this.aids(one);
      return [value, alt, label, this.bareWords(one), ...others];
    };
    const able = (one) => !this.questions.greyed(one) && !one.matches("tr, tbody, table")
      && (!one.matches("a:not([href], [onclick])") || getComputedStyle(one).cursor === "pointer");
    return this.everywhere(root, this.button).filter((one) => this.isSeen(one, this.legible) && able(one))
      .map((one) => said(one).find((text) => this.plain(text)) ?? "").filter(Boolean).map((text) => text.trim());
  },

  // The same of a layer over the thing that the hand is on; of a page within it, what that is called.
  layer(root) {
    const layer = this.layerInFront(root);
    if (!layer) return [];
    const within = this.seenIn(layer, "iframe").map((one) => one.title || one.name || one.src);
    return [...this.offeredBy(layer).map((one) => this.signOf(one)), ...within];
  },

  // What stands beside the fields that a person sees and none of some words names; "" for one without any name.
  // A field is for a secret or not; what cannot be written in, a list, and the field of a search are none.
  fields(root, { known, secret }) {
    const wanted = new Set(known.map((words) => this.plain(words)));
    const searches = (one) => one.matches("[type=search], [role=searchbox]")
      || this.everywhere(one.form || root.createElement("form"), this.button)
        .some((each) => /検索|search/i.test(this.aids(each).join(" ") + this.bareWords(each)));
    const able = (one) => this.questions.room(one) !== null && !one.matches("select") && one.matches("[type=password]") === secret;
    return this.everywhere(root, this.field)
      .filter((one) => this.isSeen(one, this.reachable) && able(one) && !searches(one) && !this.isField(one, wanted))
      .map((one) => this.firstName(this.namesOf(one)));
  },

  // What stands beside the boxes to tick that a person sees and none of some words names.
  boxes(root, known) {
    const wanted = new Set(known.map((words) => this.plain(words)));
    return this.everywhere(root, this.box)
      .filter((one) => this.isSeen(this.standIn(one), this.visible) && !this.isBox(one, wanted))
      .map((one) => this.firstName(this.namesOfBox(one)));
  },

  headings(root) {
    return this.everywhere(root, "h1, h2, h3, [role=heading]").filter((one) => this.legible(one))
      .map((one) => this.readWhole(one).trim());
  },

  // Old framesets have a frame that nobody sees.
  text() {
    return innerWidth && innerHeight ? this.screen() : "";
  },

  // Where the form of an element would be sent. The prototypes' own functions are asked: a form's fields may be called
  // "action" or "elements", and then hide the form's properties of these names.
  destinations(one, pressed) {
    const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
    const form = one.form ?? one.closest?.("form");
    if (!form) return [];
    const id = attribute(form, "id");
    const root = Node.prototype.getRootNode.call(one);
    const anywhere = (root instanceof Document ? Document : DocumentFragment).prototype.querySelectorAll;
    const own = (selector) => [
      ...Element.prototype.querySelectorAll.call(form, selector),
      ...(id && root !== form ? [...anywhere.call(root, selector)].filter((each) => attribute(each, "form") === id) : []),
    ];
    const typed = "input:not([type=hidden i], [type=submit i], [type=button i], [type=image i], [type=reset i],"
      + " [type=checkbox i], [type=radio i]), textarea";
    if (pressed && !own(typed).some((each) => each.value)) return [];
    const other = pressed ? [one] : own("[formaction]");
    const actions = [
      ...(pressed && attribute(one, "formaction") ? [] : [attribute(form, "action")]),
      ...other.map((each) => attribute(each, "formaction")).filter(Boolean),
    ];
    const whole = (action) => {
      try {
        return new URL(action || document.URL, document.baseURI).href;
      } catch {
        return "";
      }
    };
    return actions.map(whole).filter((each) => /^(https?|mailto):/.test(each));
  },
}
