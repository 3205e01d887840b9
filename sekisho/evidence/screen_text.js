// What one frame shows, in one look: its words line by line, all its text, and what stands in its fields. The page cuts
// its own text, so that a huge one is never carried over.
([lines, longest, whole]) => {
  const begun = !(document instanceof HTMLDocument) || document.body !== null;  // before that nothing of it is painted
  if (!innerWidth || !innerHeight) return { title: document.title, words: [], text: "", fields: [], begun };  // a frame that nobody sees
  const most = lines * longest;
  const seen = (one) => one.getClientRects().length > 0;
  const inside = (root) => [...root.querySelectorAll("*")].filter((one) => one.shadowRoot).map((one) => one.shadowRoot);
  const shadows = (root) => inside(root).flatMap((one) => [one, ...shadows(one)]);
  const within = shadows(document);
  const all = (selector) => [document, ...within].flatMap((root) => [...root.querySelectorAll(selector)]);
  const buttons = all("input[type=submit], input[type=button], input[type=reset]");
  const pictures = all("input[type=image], img[alt]");
  const page = document instanceof HTMLDocument ? document.body : document.documentElement;
  const read = [page, ...within.flatMap((root) => [...root.children].filter(seen))];
  // of a list that drops down only the option that is chosen shows
  const dropped = (one) => [...(one?.querySelectorAll("select:not([multiple])") ?? [])].filter((list) => list.size <= 1);
  const chosen = (list) => [...list.selectedOptions].map((one) => one.label).join("");
  const wordsOf = (one) => dropped(one).reduce((text, list) => text.replace(list.innerText, () => chosen(list)),
    one?.innerText ?? one?.textContent ?? "");
  const body = read.map(wordsOf).join("\n").slice(0, most);
  const words = [
    ...body.split("\n"),
    ...buttons.filter(seen).map((one) => one.value),
    ...pictures.filter(seen).map((one) => one.alt),
  ];
  const shown = words.map((one) => one.trim().slice(0, longest)).filter(Boolean).slice(0, lines);
  if (!whole) return { title: document.title, words: shown, text: "", fields: [], begun };
  const fields = all("input:not([type=password i], [type=hidden i]), textarea").map((one) => one.value);
  const text = [body, ...within.map((one) => one.textContent)].join("\n").slice(0, 2 * most);
  return { title: document.title, words: shown, text, fields: fields.filter(Boolean).map((one) => one.slice(0, most)), begun };
}
