// Buttons of which one is on, and boxes to tick. A part of the selector engine in eye.js.
{
  radio: "input[type=radio], [role=radio]",
  box: "input[type=checkbox], [role=checkbox], [role=switch]",

  // The words next to a button or a box on one side ("next", "previous"), up to the next control; or next to what holds only it.
  wordsBeside(input, side) {
    const controls = `${this.radio}, ${this.box}, ${this.field}`;
    const ends = (one) => one.nodeType === 1 && (one.matches(`br, ${controls}`) || Boolean(one.querySelector(controls)));
    for (let node = input; node && !node.matches("tr, table, form, fieldset, body"); node = node.parentElement) {
      let words = "", beside = node[`${side}Sibling`];
      for (; beside && !ends(beside); beside = beside[`${side}Sibling`]) {
        if (/^(SCRIPT|STYLE|#comment)$/.test(beside.nodeName)) continue;
        words = side === "next" ? words + beside.textContent : beside.textContent + words;
        if (this.block.test(beside.nodeName) && this.plain(words)) break;
      }
      if (beside || this.plain(words)) return words;
    }
    return "";
  },

  // The buttons of which one is on together with this one, in their order.
  groupOf(radio) {
    const around = radio.closest("[role=radiogroup]") || radio.form || radio.getRootNode();
    return Array.from(around.querySelectorAll(this.radio)).filter((one) => one.name === radio.name && one.form === radio.form);
  },

  // Whether some words name a radio button: its label, or else what stands behind it; before it, where the last of its
  // group has nothing behind it.
  isChoice(radio, wanted) {
    if (this.isLabelled(radio, wanted) || this.isNamed(radio, wanted)) return true;
    if (radio.labels && radio.labels.length) return false;
    const behind = this.plain(this.wordsBeside(this.groupOf(radio).at(-1), "next"));
    const words = this.wordsBeside(radio, behind ? "next" : "previous");
    return this.names(words, wanted) || (!behind && this.names(words.split(/[:：]/).at(-1), wanted));
  },

  // Whether some words name what the group of a radio button is about.
  isOfGroup(radio, asked) {
    const [first] = this.groupOf(radio), around = this.closest(first, "fieldset, [role=radiogroup]");
    const legend = around && around.querySelector("legend");
    const named = [legend && legend.textContent, around && around.getAttribute("aria-label"), around && this.labelledBy(around)];
    return [...named, this.cellBefore(first), this.spanningHeading(first), this.wordsBeside(first.labels?.[0] ?? first, "previous")]
      .some((text) => this.names(text, asked));
  },

  // One of several buttons of which one is on: itself, or what stands for one that is hidden.
  // Of several groups that offer it, the one that is asked for; of several buttons, one that is not greyed out.
  // `onlyMeant`: of no other group.
  choices(root, wanted, asked, onlyMeant) {
    const named = Array.from(root.querySelectorAll(this.radio)).filter((one) => this.isChoice(one, wanted));
    const meant = named.filter((one) => this.isOfGroup(one, asked)), found = meant.length || onlyMeant ? meant : named;
    const grey = (one) => this.questions.greyed(one);
    return [...found.filter((one) => !grey(one)), ...found.filter(grey)].map((one) => this.standIn(one));
  },

  // A button or a box itself, or the label that stands for one that is hidden.
  standIn(input) {
    return [input, ...(input.labels || [])].find((each) => this.seen(each)) || input;
  },

  // Boxes to tick.
  boxes(root, wanted) {
    return Array.from(root.querySelectorAll(this.box)).filter((one) => this.isBox(one, wanted)).map((one) => this.standIn(one));
  },

  isBox(box, wanted) {
    return this.isLabelled(box, wanted) || this.isNamed(box, wanted) || this.namesOfBox(box).some((text) => this.names(text, wanted));
  },

  // Whatever may be the name of a box, the likeliest first: its label; what stands behind it, or else before it; the words
  // of its row or of its group, where it is the only box there, whatever it says of itself (はい).
  namesOfBox(box) {
    const labels = Array.from(box.labels || [], (label) => this.said(label)), own = labels.some((one) => this.plain(one));
    const behind = own ? "" : this.wordsBeside(box, "next") || this.wordsBehindBreak(box);
    const before = own || this.plain(behind) ? "" : this.wordsBeside(box, "previous");
    const alone = (place) => place && this.everywhere(place, this.box).length === 1;
    const row = alone(this.closest(box, "tr")) ? this.cellBefore(box) : null;
    const group = this.closest(box, "fieldset"), legend = alone(group) ? group.querySelector("legend")?.textContent : null;
    return [...labels, behind, before, row, legend];
  },

  // The words on the line below a box that stands alone on its own.
  wordsBehindBreak(box) {
    const next = box.nextElementSibling;
    return next?.matches("br") && !this.plain(this.wordsBeside(box, "previous")) ? next.nextSibling?.textContent ?? "" : "";
  },

  // A list that drops down and is none by its markup: its options come when it is pressed, anywhere in the page.
  droppers(root, wanted) {
    return Array.from(root.querySelectorAll("[role=combobox], [aria-haspopup=listbox]"))
      .filter((one) => !one.matches("select") && this.isField(one, wanted));
  },

  dropped(root, wanted) {
    return Array.from(root.querySelectorAll("[role=option]")).filter((one) => this.isNamed(one, wanted));
  },
}
