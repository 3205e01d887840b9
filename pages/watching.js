// Tells of what a page shows: once it is there, and again whenever its words change.
(() => {
  const cells = (row) => Array.from(row.cells, (cell) => cell.innerText.trim());
  const terms = (term) => [term.innerText.trim(), (term.nextElementSibling || {}).innerText || ""];
  const tell = () => window.sekishoShows({
    words: document.body ? document.body.innerText : "",
    rows: [
      ...Array.from(document.querySelectorAll("tr"), cells), ...Array.from(document.querySelectorAll("dt"), terms),
    ],
  });
  document.addEventListener("DOMContentLoaded", () => {
    tell();
    new MutationObserver(tell).observe(document, { subtree: true, childList: true, characterData: true });
  });
})();
