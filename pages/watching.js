// Tells of what a page shows: once it is there, and again whenever its words change, in its shadow trees too.
() => {
  const WHAT = { subtree: true, childList: true, characterData: true };
  const cells = (row) => Array.from(row.cells, (cell) => reading.readWhole(cell).trim());
  const terms = (term) => [term.innerText.trim(), (term.nextElementSibling || {}).innerText || ""];
  const tell = () => {
    reading.trees(document).forEach((tree) => observer.observe(tree, WHAT)); // one that is observed already stays so
    window.sekishoShows({
      words: reading.screen(),
      rows: [...reading.everywhere(document, "tr").map(cells), ...reading.everywhere(document, "dt").map(terms)],
    });
  };
  const observer = new MutationObserver(tell);
  document.addEventListener("DOMContentLoaded", tell);
}
