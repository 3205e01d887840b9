// Tells of what a page shows: once it is there, and again whenever its words change, in its shadow trees too.
(() => {
  const WHAT = { subtree: true, childList: true, characterData: true };
  const cells = (row) => Array.from(row.cells, (cell) => cell.innerText.trim());
  const terms = (term) => [term.innerText.trim(), (term.nextElementSibling || {}).innerText || ""];
  const inside = (root) => Array.from(root.querySelectorAll("*"), (one) => one.shadowRoot).filter(Boolean);
  const trees = (root) => inside(root).flatMap((one) => [one, ...trees(one)]);
  const shown = (tree) => Array.from(tree.children).filter((one) => one.checkVisibility());
  const tell = () => {
    const within = trees(document);
    const all = (selector) => [document, ...within].flatMap((root) => Array.from(root.querySelectorAll(selector)));
    within.forEach((tree) => observer.observe(tree, WHAT)); // one that is observed already stays so
    window.sekishoShows({
      words: [document.body, ...within.flatMap(shown)].map((one) => one?.innerText ?? "").join("\n"),
      rows: [...all("tr").map(cells), ...all("dt").map(terms)],
    });
  };
  const observer = new MutationObserver(tell);
  document.addEventListener("DOMContentLoaded", () => {
    tell();
    observer.observe(document, WHAT);
  });
})();
