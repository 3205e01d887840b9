// Finds controls and values as a person does: by the words on them, or the words beside them.
// A Playwright selector engine; its argument is JSON: {"kind": "field" | "button" | "value" | "words" | "says", "words": [...]}.
{
  // ユーザ ID, ユーザーＩＤ： and *ユーザーID are the same words to a reader.
  plain(text) {
    return (text || "").normalize("NFKC").toLowerCase().replace(/[\s:：*※「」『』\[\]【】ー_-]+/g, "");
  },

  visible(element) {
    return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : true;
  },

  // The words on a button, link or image: what it shows, or what stands for its picture.
  nameOf(element) {
    const picture = element.querySelector ? element.querySelector("img[alt]") : null;
    return [
      element.getAttribute("aria-label"), element.getAttribute("alt"), element.getAttribute("title"),
      element.tagName === "INPUT" ? element.value : element.textContent, picture && picture.getAttribute("alt"),
    ];
  },

  // The words that name an input: its label, else the nearest words to its left, else those above it.
  labelOf(input) {
    const named = [
      input.getAttribute("aria-label"), input.getAttribute("placeholder"), input.getAttribute("title"),
      ...Array.from(input.labels || [], (label) => label.textContent),
      ...(input.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
        .map((id) => (input.ownerDocument.getElementById(id) || {}).textContent),
    ];
    return [...named, this.wordsBefore(input), this.cellBefore(input), this.cellAbove(input)];
  },

  wordsBefore(input) {
    let words = "";
    for (let node = input.previousSibling; node; node = node.previousSibling) {
      if (node.nodeType === 1 && /^(INPUT|SELECT|TEXTAREA|BR|HR)$/.test(node.tagName)) {
        if (this.plain(words)) break;
        continue;
      }
      words = node.textContent + words;
    }
    return words;
  },

  cellBefore(element) {
    const cell = element.closest("td, th, dd");
    for (let before = cell && cell.previousElementSibling; before; before = before.previousElementSibling) {
      if (before.querySelector("input:not([type=hidden]), select, textarea")) return null;
      if (this.plain(before.textContent)) return before.textContent;
    }
    return null;
  },

  cellAbove(element) {
    const cell = element.closest("td, th");
    const row = cell && cell.parentElement.previousElementSibling;
    const above = row && row.cells && row.cells[cell.cellIndex];
    return above && !above.querySelector("input, select, textarea") ? above.textContent : null;
  },

  candidates: {
    field: "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset]), select, textarea",
    button: "button, input[type=submit], input[type=button], input[type=image], input[type=reset], a, area, [role=button], [role=link], [onclick]",
    value: "td, dd",
    words: "body *",
    says: "body *",
  },

  // The element's own words, without those of a nested candidate: a heading, a sentence, a cell.
  innermost(element, wanted) {
    return !Array.from(element.children).some((child) => wanted.has(this.plain(child.textContent)));
  },

  matches(element, kind, wanted) {
    const same = (texts) => texts.some((text) => text && wanted.has(this.plain(text)));
    if (kind === "field") return same(this.labelOf(element));
    if (kind === "button") return same(this.nameOf(element)) && !element.querySelector("a, button, input");
    if (kind === "value") return same([this.cellBefore(element) ?? this.termBefore(element)]) && element.tagName !== "TH";
    if (kind === "says") return this.contains(element, wanted) && !Array.from(element.children).some((child) => this.contains(child, wanted));
    return wanted.has(this.plain(element.textContent)) && this.innermost(element, wanted);
  },

  contains(element, wanted) {
    const text = this.plain(element.textContent);
    return Array.from(wanted).some((words) => text.includes(words));
  },

  termBefore(element) {
    const term = element.tagName === "DD" ? element.previousElementSibling : null;
    return term && term.tagName === "DT" ? term.textContent : null;
  },

  queryAll(root, argument) {
    const { kind, words } = JSON.parse(argument);
    const wanted = new Set(words.map((word) => this.plain(word)));
    return Array.from(root.querySelectorAll(this.candidates[kind]))
      .filter((element) => this.visible(element) && this.matches(element, kind, wanted));
  },

  query(root, argument) {
    return this.queryAll(root, argument)[0];
  },
}
