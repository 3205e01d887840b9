// Tells of what a page shows: once it is there, and again whenever its words change, in its shadow trees too.
// `pressed` is what a hand is about to press in a page that is there already, and that may go on without leaving: as long as
// it stands there, only what has come since is told of.
(pressed) => {
  const WHAT = { subtree: true, childList: true, characterData: true };
  const ROWS = "tr, dt, label, span, div, p, b, strong, [role=rowheader]";
  const kept = ":is(input, textarea):is([readonly], [disabled]):not([type=hidden], [type=password])"; // nobody typed it
  const told = (one) => reading.readWhole(one).trim() || one.querySelector(kept)?.value || "";
  const cells = (row) => Array.from(row.cells, told);
  const terms = (term) => [term.innerText.trim(), term.nextElementSibling ? told(term.nextElementSibling) : ""];
  const holders = () => reading.everywhere(document, ROWS)
    .filter((one) => one.matches("tr, dt") || (!one.firstElementChild && one.nextElementSibling));
  const lines = () => reading.screen().split("\n");
  const stood = pressed ? { rows: new Set(holders()), lines: new Set(lines()) } : null;
  const here = () => pressed && pressed.isConnected && reading.visible(pressed);
  const tell = () => {
    reading.trees(document).forEach((tree) => observer.observe(tree, WHAT)); // one that is observed already stays so
    const old = here() ? stood : { rows: new Set(), lines: new Set() };
    window.sekishoShows({
      words: lines().filter((one) => !old.lines.has(one)).join("\n"),
      rows: holders().filter((one) => !old.rows.has(one)).map((one) => (one.cells ? cells(one) : terms(one))),
    });
  };
  const observer = new MutationObserver(tell);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(...given) { // nothing else tells of one that comes later
    const tree = attach.apply(this, given);
    observer.observe(tree, WHAT);
    return tree;
  };
  if (pressed) reading.trees(document).forEach((tree) => observer.observe(tree, WHAT));
  else document.addEventListener("DOMContentLoaded", tell);
}
