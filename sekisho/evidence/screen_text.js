// What one frame shows, in one look: its words line by line, all its text, and what stands in its fields. The page cuts
// its own text, so that a huge one is never carried over.
([lines, longest, whole]) => {
  const begun = !(document instanceof HTMLDocument) || document.body !== null;  // before that nothing of it is painted
  if (!innerWidth || !innerHeight) return { title: document.title, words: [], text: "", fields: [], begun };  // a frame that nobody sees
  const most = lines * longest;
  const seen = (one) => one.getClientRects().length > 0;
  const buttons = reading.everywhere(document, "input[type=submit], input[type=button], input[type=reset]");
  const pictures = reading.everywhere(document, "input[type=image], img[alt]");
  const body = reading.screen().slice(0, most);
  const hand = document.activeElement;
  const refused = CSS.supports("selector(:user-invalid)") && hand?.matches(":user-invalid") ? [hand.validationMessage] : [];
  const words = [
    ...body.split("\n"),
    ...refused, // in the browser's own bubble
    ...buttons.filter(seen).map((one) => one.value),
    ...pictures.filter(seen).map((one) => one.alt),
  ];
  const shown = words.map((one) => one.trim().slice(0, longest)).filter(Boolean).slice(0, lines);
  const own = location.protocol === "chrome-error:";  // what a browser shows in place of a page that did not come
  if (!whole) return { title: document.title, words: own ? [] : shown, text: "", fields: [], begun };
  const typed = reading.everywhere(document, "input:not([type=password i], [type=hidden i]), textarea");
  const instead = reading.everywhere(document, "[placeholder], img[alt], input[type=image i]").map((one) => one.placeholder || one.alt || "");
  const fields = typed.map((one) => one.value);
  const text = [body, ...instead, ...reading.trees(document).slice(1).map((one) => one.textContent)].join("\n").slice(0, 2 * most);
  return { title: document.title, words: shown, text, fields: fields.filter(Boolean).map((one) => one.slice(0, most)), begun };
}
