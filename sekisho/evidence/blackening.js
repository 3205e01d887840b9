// Blackens words in one frame, until `undo` is called: text by a highlight, which stays on it wherever the page moves it,
// and fields as a whole. Gives the words that stand nowhere that can be blackened. No word is passed in that the frame
// does not show itself.
(words) => {
  const NAME = "sekisho-blackened";
  const BLACK = {
    "background": "#000", "color": "#000", "-webkit-text-fill-color": "#000", "-webkit-text-stroke-color": "#000",
    "text-shadow": "none",
  };
  const STILL = { "transition": "none", "animation": "none", "filter": "none", "background-clip": "border-box" };
  const HIDDEN = { "visibility": "hidden" };
  const LONG = 8;  // such a word may stand in groups too, as in masking.py
  const tight = (text) => text.normalize("NFKD").toLowerCase().replace(/\s+/g, "");
  const bare = (text) => tight(text).replace(/[_\u2010-\u2015\u2212-]+/g, "");
  const squeezers = new Map(words.filter(tight).map((word) => [word, bare(word).length >= LONG ? bare : tight]));
  const found = new Set();
  const undone = [];

  const styled = (element, style) => {
    const before = element.style.cssText;
    undone.push(() => { element.style.cssText = before; });
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, "important");
  };

  // Every letter of a root that is not a space, with the place at which it stands.
  const letters = (root, squeezed) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      /^(SCRIPT|STYLE|NOSCRIPT|TEXTAREA|OPTION)$/i.test(node.parentElement?.tagName ?? "")
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const all = [];
    while (walker.nextNode()) {
      let offset = 0;
      for (const letter of walker.currentNode.data) {
        for (const plain of squeezed(letter)) all.push([plain, walker.currentNode, offset, offset + letter.length]);
        offset += letter.length;
      }
    }
    return all;
  };

  const ranges = (root, squeezed) => {
    const all = letters(root, squeezed);
    const text = all.map(([plain]) => plain).join("");
    const at = [];  // which letter begins at a place of the joined text: some have two units
    all.forEach(([plain], number) => { for (const _ of plain.split("")) at.push(number); });
    const made = [];
    for (const [given, squeezer] of squeezers) {
      if (squeezer !== squeezed) continue;
      const word = squeezed(given);
      for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, place + 1)) {
        const [first, last] = [all[at[place]], all[at[place + word.length - 1]]];
        const range = new Range();
        range.setStart(first[1], first[2]);
        range.setEnd(last[1], last[3]);
        made.push(range);
        found.add(given);
        const parent = first[1].parentElement;
        if (parent?.namespaceURI === "http://www.w3.org/2000/svg") styled(parent, HIDDEN);
      }
    }
    return made;
  };

  const darken = (element, said, style) => {
    for (const [word, squeezed] of squeezers) {
      if (!squeezed(said ?? "").includes(squeezed(word))) continue;
      found.add(word);
      styled(element, style);
    }
  };

  const fields = (root) => {
    for (const field of root.querySelectorAll("input:not([type=password i], [type=hidden i]), textarea, select")) {
      darken(field, field.tagName === "SELECT" ? field.textContent : field.value, { ...BLACK, ...STILL });
    }
    // What stands in an empty field, and in place of a picture that does not come.
    for (const one of root.querySelectorAll("[placeholder]")) darken(one, one.placeholder, HIDDEN);
    for (const one of root.querySelectorAll("img[alt], input[type=image i]")) darken(one, one.alt, HIDDEN);
  };

  const sheet = new CSSStyleSheet();
  const rules = Object.entries(BLACK).map(([name, value]) => `${name}: ${value} !important;`).join(" ");
  sheet.replaceSync(`::highlight(${NAME}) { ${rules} }`);
  const black = new Highlight();
  black.priority = 1000000;
  for (const root of reading.trees(document)) {
    for (const squeezed of new Set(squeezers.values())) ranges(root, squeezed).forEach((range) => black.add(range));
    fields(root);
    const before = root.adoptedStyleSheets;
    root.adoptedStyleSheets = [...before, sheet];
    undone.push(() => { root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((one) => one !== sheet); });
  }
  CSS.highlights.set(NAME, black);
  undone.push(() => CSS.highlights.delete(NAME));
  return {
    missing: [...squeezers.keys()].filter((one) => !found.has(one)),
    undo: () => undone.reverse().forEach((undo) => undo()),
  };
}
