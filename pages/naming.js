// What names a field: the label that is its own, or the words beside and above it. A part of the selector engine in eye.js.
{
  isLabelled(input, wanted) {
    return this.labelsOf(input).some((text) => this.names(text, wanted))
      || Array.from(input.labels || []).some((label) => this.isNamed(label, wanted));
  },

  labelsOf(input) {
    return [...["aria-label", "placeholder", "title"].map((name) => input.getAttribute(name)), this.labelledBy(input)];
  },

  labelledBy(element) {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    return ids.map((id) => element.getRootNode().getElementById(id)?.textContent ?? "").join(" ");
  },

  // The words that name an input: its label, else the nearest words to its left, else those above it.
  isField(input, wanted) {
    if (this.isLabelled(input, wanted)) return true;
    const words = this.wordsBefore(input);
    if (this.names(words, wanted) || this.isCalledByOptions(input, wanted)) return true;
    const heading = this.cellBefore(input) || this.spanningHeading(input);
    if (heading && this.plain(words) && this.names(heading + words, wanted)) return true;
    return [this.cellBefore(input), this.onceMore(input), this.cellAbove(input), this.legend(input)]
      .some((text) => this.names(text, wanted));
  },

  // Where the row of an input says no more than that it is asked for once more: what it is called, by the row above; so
  // where the line above it in its own cell says so, below another input.
  onceMore(input) {
    const remark = /^\s*[※（(]?(確認用?|再(入力|確認|度)|もう一度|確認のため[^）)]{0,16})[）)]?\s*[:：]?\s*$/;
    const within = remark.test(this.wordsBefore(input)) && this.firstInCell(input);
    if (within && within !== input) return `${this.cellBefore(input) || this.wordsBefore(within)}（確認）`;
    const row = remark.test(this.cellBefore(input) || "") && this.closest(input, "tr")?.previousElementSibling;
    const above = row && row.querySelector(this.field);
    const called = above && this.cellBefore(above);
    return called ? `${called}（確認）` : null;
  },

  firstInCell(input) {
    return this.closest(input, "td, dd")?.querySelector(this.field);
  },

  // Whatever may be the name of an input, the likeliest first.
  namesOf(input) {
    const labels = Array.from(input.labels || [], (label) => this.said(label));
    const around = [this.onceMore(input), this.wordsBefore(input), this.cellBefore(input), this.cellAbove(input), this.legend(input)];
    return [...labels, ...around, ...this.labelsOf(input)];
  },

  // The first of some names that says something, in one line; empty where none does.
  firstName(names) {
    return (names.find((text) => this.plain(text ?? "")) ?? "").trim().replace(/\s+/g, " ");
  },

  // A list that has no name of its own is called what it offers: 昇順・降順.
  isCalledByOptions(input, wanted) {
    const words = (Array.from(input.options || [])).map((one) => one.textContent);
    return words.length > 1 && wanted.has(this.plain(words.join("・")));
  },

  // The words before an input in its cell or paragraph, or in the paragraph before, if that has no input of its own.
  wordsBefore(input) {
    for (let node = input; node && !/^(TD|TH|DD|FORM|FIELDSET|BODY)$/.test(node.tagName); node = this.above(node)) {
      const words = this.siblingsBefore(node);
      if (words === null || this.plain(words)) return words || "";
    }
    return "";
  },

  siblingsBefore(start) {
    let words = "";
    for (let node = start.previousSibling; node; node = node.previousSibling) {
      if (node.nodeType === 3) words = node.data + words;
      if (node.nodeType !== 1 || /^(SCRIPT|STYLE|BUTTON)$/.test(node.tagName)) continue;
      if (this.holdsField(node) && !(start.matches(this.field) && node.matches(this.field))) {
        return this.plain(words) ? words : null;
      }
      const ends = node.tagName === "BR" || node.matches(this.field) || this.block.test(node.tagName);
      if (ends && this.plain(words)) break;
      if (!node.matches(this.field)) words = this.said(node) + words;
      if (this.block.test(node.tagName) && this.plain(words)) break;
    }
    return words;
  },
}
