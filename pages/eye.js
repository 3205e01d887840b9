// Finds controls and values as a person does: by the words on them, or the words beside them.
// A Playwright selector engine; its argument is JSON: {"kind": …, "words": […], "headings": […]}. The kinds are the keys
// of `finders`; headings are words that are never a value themselves. Or {"ask": …, "with": …}: one of `questions`, which
// eye.py puts in from questions.js, as it does what is in places.js, cards.js, choices.js, folds.js and reading.js.
{
  // ユーザ ID, ユーザーＩＤ： and ▶ユーザーID are the same words to a reader; `plain` in dialect.py does the same.
  plain(text) {
    return (text || "").normalize("NFKC").toLowerCase()
      .replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff:：*※「」『』\[\]【】ー_<>«»≪≫◀▶◁▷◄►▸←→↑↓↕⇅⇒▲△▼▽●○◎■□◆◇★☆・•。›‹\u2010-\u2015\u2212-]+|\.{3,}/g, "");
  },

  // Without what is no part of a name: item numbers, access keys, and remarks on how to fill something in.
  bare(text) {
    return text.replace(/[①-⑳]/g, "").normalize("NFKC")
      .replace(/^[^\p{L}\p{N}(]*\(?\d{1,2}[.)]/u, "")
      .replace(/\((?:[A-Za-z]|(?:必須|任意|半角|全角|例|入力例)[^)]*|[^)]*(?:桁|文字|英数|数字|カナ|ビット|[Bb]it)[^)]*)\)/g, "")
      .replace(/^[\s※*【[(]*(?:必須|任意)(?:項目)?[】\])]*|[【[(※*]*(?:必須|任意)(?:項目)?[\s】\])]*$/g, "");
  },

  // The same of what has nothing but ornaments: ≫ is a name where it is all that a button says, and not that of ≪.
  plainOrSign(text) {
    return this.plain(text) || (text || "").normalize("NFKC").trim();
  },

  names(text, wanted) {
    if (!text || text.length > 500) return false;
    const words = this.plainOrSign(text);
    if (wanted.has(words)) return true;
    return Array.from(wanted).some((one) => words.includes(one)) && wanted.has(this.plain(this.bare(text)));
  },

  // What a person can read: not what is transparent, left of the page, or cut down to a pixel for those who listen to it.
  legible(element) {
    if (element.checkVisibility && !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    if (!(box.width || box.height)) return true;
    return !this.isAside(element) && !(box.width <= 1 && box.height <= 1 && !element.matches("img")) && !this.isFolded(element);
  },

  // What a hand can be put on: not what waits aside, nor what the page has taken out of use for the time being.
  reachable(element) {
    return this.visible(element) && !this.isAside(element) && !this.closest(element, "[inert]");
  },

  // In something that is folded up to nothing, or cut out of the picture.
  isFolded(element) {
    for (let one = element; one && one.nodeType === 1; one = this.above(one)) {
      const { overflowX, overflowY, clipPath, display } = getComputedStyle(one);
      const closed = (overflowY !== "visible" && !one.clientHeight) || (overflowX !== "visible" && !one.clientWidth);
      if ((closed && !/^(inline|contents|table-row.*)$/.test(display)) || /^inset\((100|50)%/.test(clipPath)) return true;
      if (one.matches("body, html")) return false;
    }
    return false;
  },

  // Up and out of a shadow tree.
  above(node) {
    return this.own(node, "parentElement") || node.getRootNode().host || null;
  },

  closest(element, selector) {
    const found = element.closest(selector), host = element.getRootNode().host;
    return found || !host ? found : this.closest(host, selector);
  },

  // The words in an element, with those of shadow trees in it, and what its slots show of those outside its own.
  said(element) {
    const slotted = Array.from(element.querySelectorAll("slot"), (one) => one.assignedNodes({ flatten: true })).flat();
    const within = this.trees(element).slice(1).flatMap((tree) => Array.from(tree.childNodes));
    const inside = within.filter((one) => !/^(STYLE|SCRIPT|#comment)$/.test(one.nodeName));
    return this.own(element, "textContent") + [...inside, ...slotted].map((one) => one.textContent).join("");
  },

  // Whether an element names one of some things: by all its words, or without what only helps to read or to use it.
  isNamed(element, wanted) {
    const whole = this.said(element), words = this.plainOrSign(whole);
    return Array.from(wanted).some((one) => words.includes(one))
      && (this.names(whole, wanted) || this.names(this.bareWords(element), wanted));
  },

  aid: "small, sup, sub, rt, rp, noscript, script, style, template, svg title, a, [role=link], button, [role=button], [aria-hidden=true], [class*=badge i], [class*=icon i], [class*=tooltip i]",

  bareWords(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let words = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const aid = node.parentElement.closest(this.aid);
      if ((!aid || aid.contains(element)) && this.legible(node.parentElement)) words += node.data;
    }
    return words.replace(/[\ue000-\uf8ff]/g, ""); // letters of fonts that are pictures
  },

  // The frames of old portals have an invisible one for their own purposes.
  shown(root) {
    const view = (root.ownerDocument || root).defaultView;
    return !view || (view.innerWidth > 0 && view.innerHeight > 0);
  },

  field: "input:not([type=hidden],[type=submit],[type=button],[type=image],[type=reset],[type=checkbox],[type=radio],[type=file]),select,textarea",
  button: "button,input[type=submit],input[type=button],input[type=image],input[type=reset],a,area,summary,[role=button],[role=link],[role=menuitem],[role=tab],[onclick]",
  get control() { return `${this.field},input[type=file]`; },
  cellByRole: "[role=cell], [role=gridcell], [role=columnheader], [role=rowheader]",
  block: /^(ADDRESS|BODY|BLOCKQUOTE|CENTER|DD|DIV|DL|DT|FIELDSET|FORM|H[1-6]|HR|LI|OL|P|PRE|TABLE|TBODY|TD|TH|TR|UL)$/,

  holdsField(element) {
    const shown = (one) => one.matches(this.field) || this.visible(one);
    return [element, ...this.everywhere(element, this.control)].some((one) => one.matches(this.control) && shown(one));
  },

  // A chooser of files that a person sees, and not one that is hidden behind a picture.
  seen(input) {
    const box = input.getBoundingClientRect();
    return this.visible(input) && box.width > 4 && box.height > 4 && !this.isAside(input);
  },

  // What is pressed for a chooser that is hidden: anything but what sends the form.
  isOpener(element) {
    const sends = element.matches("input[type=submit],input[type=image],input[type=reset]")
      || (element.tagName === "BUTTON" && element.type !== "button" && element.form);
    return this.visible(element) && (!sends || element.hasAttribute("onclick"));
  },

  // Where files can be dropped, and no chooser is in sight: what says the words, or stands beside what does.
  zones(root, wanted) {
    const beside = Array.from(root.querySelectorAll("td, dd"))
      .filter((one) => [this.cellBefore(one), this.headingAbove(one)].some((text) => this.names(text, wanted)));
    return [...this.just(root, wanted), ...beside.flatMap((one) => [...one.querySelectorAll("*"), one])]
      .filter((one) => this.takesDrops(one));
  },

  // A page says that it takes files by keeping the browser from opening them itself.
  takesDrops(element) {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], "file"));
    const carried = (kind) => element.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
    const taken = !carried("dragover");
    carried("dragleave");
    return taken;
  },

  // The words on a button, link or image beside its own: what stands for its picture, and what helps to use it.
  aids(element) {
    const picture = element.querySelector("img[alt]");
    return [
      element.tagName === "INPUT" ? element.value : "", element.getAttribute("alt"), element.getAttribute("aria-label"),
      picture && picture.getAttribute("alt"), element.getAttribute("title"), this.labelledBy(element),
    ];
  },

  isButton(element, wanted) {
    const named = this.aids(element).some((text) => this.names(text, wanted)) || this.isNamed(element, wanted) || this.isAddressOf(element, wanted);
    return named && !element.querySelector("a, button, input");
  },

  // A link that shows nothing but the address that it leads to is called what stands before it.
  isAddressOf(link, wanted) {
    return link.matches("a[href]") && /^\s*https?:\/\/[!-~]+\s*$/i.test(this.said(link))
      && [this.wordsBefore(link), this.cellBefore(link)].some((text) => this.names(text, wanted));
  },

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

  cellBefore(element) {
    const cell = this.closest(element, "td, th, dd");
    if (!cell) return null;
    for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) {
      if (!this.visible(before)) continue;
      if (this.holdsField(before)) return null;
      const words = this.inCell(before);
      if (this.plain(words)) return words;
    }
    const table = cell.closest("table"), outer = table && table.parentElement && table.parentElement.closest("td, dd");
    return outer && this.holdsField(cell) && this.everywhere(table, this.field).length === 1 ? this.cellBefore(outer) : null;
  },

  // What a cell names: without remarks in small print, if there is more in it.
  inCell(cell) {
    const bare = cell.firstElementChild ? this.bareWords(cell) : "";
    return this.plain(bare) ? bare : cell.textContent;
  },

  column(cell) {
    let column = 0;
    for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) column += before.colSpan || 1;
    return column;
  },

  cellAt(row, column) {
    let at = 0;
    return Array.from(row.cells || []).find((cell) => (at += cell.colSpan) > column);
  },

  cellAbove(element) {
    const cell = this.closest(element, "td, th");
    const row = cell && cell.parentElement.previousElementSibling;
    const above = row && this.cellAt(row, this.column(cell));
    return above && !this.holdsField(above) ? this.inCell(above) : null;
  },

  // The heading of several rows, for those after the first.
  spanningHeading(element) {
    const cell = this.closest(element, "td");
    let rows = 1;
    for (let row = cell && cell.parentElement.previousElementSibling; row; row = row.previousElementSibling, rows += 1) {
      const heading = row.cells && row.cells[0];
      if (heading && heading.rowSpan > rows) return heading.textContent;
      if (rows > 10) break;
    }
    return null;
  },

  legend(input) {
    const group = this.closest(input, "fieldset");
    const legend = group && group.querySelector("legend");
    return legend && this.everywhere(group, this.field).length === 1 ? legend.textContent : null;
  },

  headingAbove(cell, first = this.headings(cell.closest("table"))) {
    if (!first || first === cell.parentElement || first.compareDocumentPosition(cell) & 2) return null;
    const above = this.cellAt(this.nextHeadings(cell.parentElement, first), this.column(cell));
    return above ? above.textContent : null;
  },

  // Further headings between the first and a row: a table of names and values may go on below its values with other names.
  nextHeadings(row, first) {
    const names = (one) => one?.cells?.length > 1 && !one.querySelector(":scope > td");
    let above = names(first) ? row.previousElementSibling : null;
    while (above && !(names(above) && !names(above.previousElementSibling))) above = above.previousElementSibling;
    return above ?? first;
  },

  // The row of a table that names its columns: all th, or told apart from those below as a person tells it.
  headings(table, known = new Set()) {
    const [first, ...below] = Array.from(table?.rows ?? []).filter((row) => row.cells.length > 1).slice(0, 4);
    if (!first || this.isHead(first)) return first;
    const names = (row) => Array.from(row.cells, (cell) => known.has(this.plain(cell.textContent)));
    const several = names(first).some((one, at, all) => one && all[at + 1]);
    const named = several && below.length && !below.some((row) => names(row).includes(true));
    const besides = below.some((row) => names(row)[0]); // names at the left: a line that is marked among others
    return named || (!besides && this.standsOut(first, below)) ? first : null;
  },

  // Whether a row has headings by its markup.
  isHead(row) {
    return row.matches("thead > tr") || !row.querySelector(":scope > td");
  },

  // Whether the cells of a row look like each other, and like none below. Every other line of a list has a ground, too.
  standsOut(row, below) {
    const looks = (one, look) => Array.from(one.cells, (cell) => look.call(this, cell));
    const apart = (look) => {
      const [own, ...others] = looks(row, look);
      return others.every((one) => one === own) && !below.some((one) => looks(one, look).includes(own));
    };
    return below.length > 0 && (this.lettering.some(apart) || (below.length > 1 && apart(this.ground)));
  },

  // How letters may look; a link has looks of its own.
  get lettering() {
    const plain = (cell, name) => /color|Line/.test(name) && this.closest(this.sole(cell), "a");
    return ["fontWeight", "fontSize", "color", "textDecorationLine"]
      .map((name) => (cell) => (plain(cell, name) ? "" : getComputedStyle(this.sole(cell))[name]));
  },

  // The innermost element with all the words of a cell.
  sole(cell) {
    const inner = Array.from(cell.children).find((one) => this.plain(one.textContent) === this.plain(cell.textContent));
    return inner ? this.sole(inner) : cell;
  },

  ground(cell) {
    const looks = [cell, cell.parentElement].map((one) => getComputedStyle(one));
    const own = looks.find((one) => one.backgroundImage !== "none" || !/, 0\)$/.test(one.backgroundColor)) ?? looks[1];
    return `${own.backgroundColor} ${own.backgroundImage}`;
  },

  // "Common Name：emp001" in one line of text.
  hasLine(element, wanted) {
    return this.read(element).split("\n").some((line) => {
      const [, before, after] = line.match(/^([^:：]*)[:：]\s*(.*)$/) || [];
      return after && wanted.has(this.plain(before));
    });
  },

  lineHolder(element, wanted) {
    for (let one = element; one; one = one.parentElement) {
      if (this.hasLine(one, wanted)) return one;
      if (this.block.test(one.tagName)) return null;
    }
    return null;
  },

  // The innermost elements whose words contain some; whatever cannot hold them is not looked into.
  innermost(element, contains) {
    const within = Array.from(this.own(element, "children")).filter((child) => contains(child));
    return within.length ? within.flatMap((child) => this.innermost(child, contains)) : [element];
  },

  wordsOf(element) {
    if (element.shadowRoot) return this.plain(this.said(element));
    return this.plain(element.tagName === "IMG" ? element.alt : this.own(element, "textContent"));
  },

  saying(root, wanted) {
    const words = Array.from(wanted);
    const contains = (element) => words.some((one) => this.wordsOf(element).includes(one))
      || Array.from(element.querySelectorAll("img[alt]")).some(contains);
    const body = root.body || root;
    const found = (contains(body) ? this.innermost(body, contains) : [])
      .map((one) => (one.nodeType === 11 ? one.host : one)); // a tree's own text
    return found.filter((one) => !one.matches("option:not(:checked)") || !this.dropsDown(one.closest("select")));
  },

  readable(element) {
    return (element.matches("img") ? element.alt : this.said(element)).normalize("NFKC").toLowerCase();
  },

  // A pattern for some plain words: whatever ornaments and long vowels stand between their letters.
  spelt(words) {
    return Array.from(words, (one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(?:ー|[^\\p{L}\\p{N}])*") + "ー*";
  },

  // Whether a line of an element has some words, and nothing turns them around: 完了 is not in 未完了, nor in 完了していません.
  // What stands before them may belong to them, as in 利用申請を受け付けました; and so may a name behind a gap.
  tells(element, wanted) {
    const lines = element.matches("img") ? [element.alt] : [this.said(element), ...this.readWhole(element).split("\n")];
    return lines.map((line) => line.normalize("NFKC").toLowerCase()).some((line) => Array.from(wanted).some((words) =>
      Array.from(line.matchAll(new RegExp(`${this.spelt(words)}(?![\\p{L}\\p{N}])`, "gu")))
        .some(({ index, 0: found }) => !this.isTurned(line.slice(0, index), line.slice(index + found.length)))));
  },

  // Whether what stands around some words says the opposite, asks, or speaks of another case: what is joined to them, or a
  // result later on in the line. What else there is to be done, and till when, is said of many things.
  isTurned(before, after) {
    const joined = "^[^\\p{L}\\p{N}]*", another = "[^。]{0,10}(ない|ません|場合|まで|とき|際)";
    const opposite = new RegExp(`${joined}(((し|でき|され|では?)?(て(い|お)り?)?(ません|ない|ありません))|(と|の(画面|表示|メッセージ))${another}|いいえ)`, "u");
    const failed = new RegExp(["(失敗|中止)(し(まし)?た|して(い|お)り?ます|です|[)）]|$)", "取り?消(され|し)(まし)?た", "エラー(が発生し|になり)((まし)?た|て(い|お)り?ます)|エラーです",
      "(登録|保存|送信|発行|更新|処理|完了|受け?付け)[^。、]{0,6}(でき|され)ませんでした"].join("|"));
    return /[未不非無][^\p{L}\p{N}]*$/u.test(before) || /^\s*[?]/.test(after) || opposite.test(after)
      || after.split(/[。!]/).some((one) => failed.test(one) && !/場合|とき|際/.test(one) && !this.ofAnother.test(one));
  },

  // What became of an earlier one: 前回の申請は取り消されました.
  ofAnother: /(現在|以前|従来|これまで|それまで|前回|先|旧|元|更新前|再発行前|既存|別|(?<!その)[他ほか]+)の|古い|旧[^\u3040-\u309f]/,

  // Whether words stand for themselves: 112 is no part of 1123, nor 345 of 12,345, and 2026-1 none of 2026-10.
  standsAlone(element, wanted) {
    const text = this.readable(element);
    const alike = (one) => /[a-z0-9]/.test(one ?? "");
    const goesOn = (sign, one) => (/[.,]/.test(sign ?? "") ? /\d/ : /[-_]/.test(sign ?? "") ? /[\p{L}\p{N}]/u : /^$/).test(one ?? "-");
    return Array.from(wanted).some((words) =>
      Array.from(text.matchAll(new RegExp(this.spelt(words), "gu"))).some(({ index, 0: found }) => {
        const [before, after] = [text[index - 1], text[index + found.length]];
        const joined = (edge, next, beyond) => alike(edge) && (alike(next) || goesOn(next, beyond));
        return !joined(found[0], before, text[index - 2]) && !joined(found.at(-1), after, text[index + found.length + 1]);
      }));
  },

  // The row of a table that something stands in; or the entry of a list, a card among cards, with more in it than this.
  rowOf(element, names = new Set()) {
    for (let one = element; one; one = this.above(one)) {
      if (one.matches("tr, [role=row]") && !this.isAroundOne(one)) return one;
      if (this.isPair(one, names)) continue;
      if (one.matches("li, [role=listitem]") ? this.parts(one) > 1 || this.hasAlike(one) : this.isCard(one)) return one;
    }
    return null;
  },

  // The only thing in a cell of another table, around which it is nothing but space.
  isAroundOne(row) {
    const table = row.closest("table");
    return table?.rows.length === 1 && this.parts(row) < 2 && Boolean(table.parentElement && this.closest(table.parentElement, "td, th"))
      && !this.everywhere(row, `${this.control},${this.button},${this.box},${this.radio}`).length;
  },

  isCard(element) {
    const alone = element.matches("article, [class~=card i], [class*=-card i], [class*=card- i]"); // by what it is called
    return element.matches("div, section, article, dl") && this.parts(element) > 1 && (alone || this.hasAlike(element));
  },

  hasAlike(element) {
    const alike = (one) => one !== element && one.tagName === element.tagName && this.parts(one) > 1;
    return Array.from(this.above(element)?.children ?? []).some(alike);
  },

  parts(element) {
    return [element, ...this.everywhere(element, "*")].filter((one) => this.holdsWords(one)).length;
  },

  // The elements that say just some words: a heading, a sentence, a cell.
  just(root, wanted) {
    return this.saying(root, wanted).filter((one) => wanted.has(this.wordsOf(one)));
  },

  // Whether the first of several sentences says some words, and no more.
  beginsWith(element, wanted) {
    const [first, ...others] = this.said(element).split("。");
    return others.length > 0 && wanted.has(this.plain(first));
  },

  // An area of a picture has nothing of its own that could be seen.
  pictureOf(area) {
    const map = area.closest("map"), name = map && (map.getAttribute("name") || map.id);
    return Array.from(area.getRootNode().querySelectorAll("img[usemap]")).find((one) => name && one.useMap === `#${name}`);
  },

  isSeen(element, sees) {
    const one = element.matches("area") ? this.pictureOf(element) : element;
    return Boolean(one) && sees.call(this, one);
  },

  // Marked within a line that says more, as in 次は「鍵の取得画面」です.
  isInSentence(element) {
    const around = this.block.test(element.tagName) ? [] : Array.from(element.parentElement?.childNodes ?? []);
    return around.some((one) => one.nodeType === 3 && this.plain(one.data));
  },

  // One of the steps that a row of them shows, and not the one that is marked as where one is.
  isStep(element) {
    const item = this.closest(element, "li"), here = "[aria-current], [class*=current i], [class*=active i], [class~=on i]";
    if (!item || this.above(item).children.length < 2 || item.matches(here) || item.querySelector(`h1, h2, h3, ${here}`)) return false;
    return Array.from(document.querySelectorAll("h1, h2, h3")).some((one) => this.plain(one.textContent) && this.legible(one));
  },

  // The end of a way that is written in one line, 利用者管理 » 利用者一覧: what is marked apart is no such line, but steps.
  // A gap or a stroke says so too, if it is the only one: 証明書取得　証明書取得認証. But neither does in a list, nor where what
  // stands before it is no place to be in: ログアウト｜トップページ, エラー　鍵の取得.
  endsIn(element, wanted) {
    if (Array.from(element.children).some((one) => !this.code.test(one.textContent))) return false;
    const line = this.uncoded(this.said(element));
    const way = line.split(/[»》≫>＞›]+/);
    const halves = element.closest("li, option, dd") ? [] : line.split(/\u3000+|[|｜]|(?<=[^\0-\u2fff])\s+(?=[^\0-\u2fff])/);
    const parts = way.length > 1 ? way : halves;
    return (way.length > 1 || (halves.length === 2 && !this.noPlace.test(halves[0]))) && this.names(parts.at(-1), wanted);
  },

  noPlace: /エラー|失敗|不可|次|前の|戻|未|関連|手順|ステップ|STEP|お?問い?合わ?せ|ヘルプ|ログ(アウト|オフ)|^[\s\d０-９.．:：※*]*$/i,

  // The number that a portal gives each of its screens, beside its title: BRSK018.
  code: /^\s*[([（［]?[A-Z]{1,6}[-_]?\d{2,6}[-_]?[A-Z]?\d{0,3}[)\]）］]?\s*$/,

  uncoded(text) {
    const [, title, rest] = text.match(/^(.*[\u3040-\u9fff])(.*)$/s) || [];
    return rest && this.code.test(rest) ? title : text.trim();
  },

  // A cell for something that a person has not entered yet.
  isEmptyField(cell) {
    const inputs = Array.from(cell.querySelectorAll("input, textarea")).filter((one) => one.matches(this.field));
    return inputs.length > 0 && !this.plain(cell.textContent) && inputs.every((one) => !one.value && !one.readOnly && !one.disabled);
  },

  // A value that happens to be called like something else (a question that was chosen, a kind of change): in a table of
  // names and values, where no other line could be the headings of a list.
  isOfTwo(cell) {
    const rows = Array.from(cell.closest("table")?.rows ?? []);
    const names = (row) => row.cells.length === 2 && this.plain(row.cells[0].textContent);
    const heads = cell.parentElement === rows[0] && !cell.previousElementSibling?.matches("th");
    return cell.matches("td") && Boolean(cell.previousElementSibling) && rows.length > 1 && !heads && rows.every(names);
  },

  // What has a hand put on it may be transparent, over the picture that is seen.
  handled: new Set(["field", "button", "file", "box"]),

  finders: {
    field(root, wanted) {
      return Array.from(root.querySelectorAll(this.field)).filter((one) => this.isField(one, wanted));
    },
    // A field with what the portal itself has put into it.
    given(root, wanted) {
      return this.finders.field.call(this, root, wanted).filter((one) => one.value && one.value === one.defaultValue);
    },
    button(root, wanted) {
      return Array.from(root.querySelectorAll(this.button)).filter((one) => this.isButton(one, wanted));
    },
    choice(root, wanted, asked) {
      return this.choices(root, wanted, asked);
    },
    own_choice(root, wanted, asked) {
      return this.choices(root, wanted, asked, true);
    },
    box(root, wanted) {
      return this.boxes(root, wanted);
    },
    kept(root, wanted) {
      return Array.from(this.inMind ?? []).filter(([name, one]) => wanted.has(name) && root.contains(one)).map(([, one]) => one);
    },
    dropper(root, wanted) {
      return this.droppers(root, wanted);
    },
    dropped(root, wanted) {
      return this.dropped(root, wanted);
    },
    opener(root, wanted) {
      return this.openers(root, wanted);
    },
    toggle(root, wanted) {
      return this.toggles(root, wanted);
    },
    closer(root, wanted) {
      return this.closers(root, wanted);
    },
    drawer(root) {
      return this.drawers(root);
    },
    // The choosers of files themselves, their labels, or what a script makes open them; the likeliest first.
    file(root, wanted) {
      const choosers = Array.from(root.querySelectorAll("input[type=file]"));
      const labelled = choosers.filter((one) => this.isLabelled(one, wanted));
      const named = labelled.length ? labelled : choosers.filter((one) => this.isField(one, wanted));
      const labels = choosers.filter((one) => !this.seen(one)).flatMap((one) => Array.from(one.labels || [], (label) => [one, label]))
        .filter(([one, label]) => named.includes(one) || this.isField(label, wanted)).map(([, label]) => label);
      const openers = Array.from(root.querySelectorAll(this.button))
        .filter((one) => this.isOpener(one) && (this.isField(one, wanted) || this.isButton(one, wanted)));
      const found = [...named.filter((one) => this.seen(one)), ...labels.filter((one) => this.seen(one))];
      const others = choosers.length ? this.just(root, wanted) : this.zones(root, wanted);
      return [found, openers, others].find((one) => one.length) || [];
    },
    // The cell beside a heading may be the next heading of a list's first row, hold nothing but a colon, or be to be filled in.
    value(root, wanted, headings) {
      const filled = Array.from(root.querySelectorAll("td, dd")).filter((one) => !this.isEmptyField(one))
        .filter((one) => !/^\s*[:：]\s*$/.test(one.textContent));
      const tables = new Set(filled.map((one) => one.closest("table")));
      const heads = new Map(Array.from(tables, (one) => [one, this.headings(one, headings)]));
      const first = (one) => heads.get(one.closest("table"));
      const told = (one) => first(one) && !this.isHead(first(one)); // by its look alone, as some list's that stays a while
      const headed = filled.map((one) => [one, [this.cellBefore(one), told(one) ? null : this.headingAbove(one, first(one))]]);
      const called = (test) => headed.filter(([, texts]) => texts.some(test)).map(([one]) => one);
      const exactly = called((text) => text && wanted.has(this.plainOrSign(text)));  // 氏名（カナ） is not 氏名 beside it
      const beside = exactly.length ? exactly : called((text) => this.names(text, wanted));
      const known = (one) => headings.has(this.plain(one.textContent));
      const cells = beside.filter((one) => !(known(one) || one.parentElement === first(one)) || this.isOfTwo(one));
      const lines = this.saying(root, wanted).map((one) => this.lineHolder(one, wanted)).filter(Boolean);
      const inputs = Array.from(root.querySelectorAll(":is(input, textarea):is([readonly], [disabled])"))
        .filter((one) => one.matches(this.field) && !cells.includes(one.closest("td, dd")) && this.isField(one, wanted));
      return Array.from(new Set([...cells, ...lines, ...inputs]));
    },
    words(root, wanted) {
      return this.just(root, wanted);
    },
    told(root, wanted) {
      return this.saying(root, wanted).filter((one) => this.tells(one, wanted));
    },
    heading(root, wanted) {
      const bare = (one) => this.uncoded(one.matches("img") ? one.alt : this.said(one)).replace(/(画面|ページ)\s*$/, "");
      const names = (one) => wanted.has(this.wordsOf(one)) || (this.names(bare(one), wanted) && !this.isInSentence(one))
        || this.isNamed(one, wanted) || this.endsIn(one, wanted) || this.beginsWith(one, wanted);
      return this.saying(root, wanted).filter(names)
        .filter((one) => !this.closest(one, this.button) && !one.closest("select") && !this.isStep(one));
    },
    says(root, wanted) {
      return this.saying(root, wanted);
    },
    row(root, wanted, names) {
      const own = this.saying(root, wanted).filter((one) => this.standsAlone(one, wanted));
      const joints = new Map(own.map((one) => [one, (this.readable(one).match(/ー/g) ?? []).length]));
      own.sort((one, other) => joints.get(one) - joints.get(other)); // 12 before 1ー2, as long vowels do not count
      return Array.from(new Set(own.map((one) => this.rowOf(one, names)))).filter(Boolean);
    },
  },

  // An engine gives elements only, so the answers are written on one that is in no page: all of one look on the same.
  answered(root, question, given) {
    if (!this.note) {
      this.note = document.createElement("data");
      queueMicrotask(() => { this.note = null; });
    }
    const answer = JSON.stringify(this.questions[question].call(this, root, given));
    this.note.append(`${this.note.hasChildNodes() ? "," : ""}${answer}`);
    return [this.note];
  },

  queryAll(root, argument) {
    const { kind, words, headings, ask, with: given } = JSON.parse(argument);
    if (ask) return this.answered(root, ask, given);
    if (!this.shown(root)) return [];
    const plain = (texts) => new Set((texts || []).map((text) => this.plainOrSign(text)));
    const [wanted, never] = [plain(words), plain(headings)];
    const sees = this.handled.has(kind) ? this.reachable : this.legible;
    const found = this.usableFirst(kind, this.trees(root).flatMap((one) => this.finders[kind].call(this, one, wanted, never))
      .filter((element) => this.isSeen(element, sees)));
    return found.length || !(kind in this.placed) || !root.querySelector("body") ? found
      : this.placed[kind].call(this, root, wanted, never);
  },

  // Of several, what a hand can be put on at this moment; a button of the form that one has filled in before others.
  usableFirst(kind, found) {
    if (found.length < 2 || !this.handled.has(kind)) return found;
    const filled = (form) => [...this.own(form, "elements")]
      .some((one) => one.matches("input:not([type=hidden],[type=submit],[type=button],[type=image])") && one.value);
    const usable = (one) => (kind === "button" ? this.questions.aim.call(this, one, true) : this.questions.room(one)) !== null;
    const worth = (one) => usable(one) * 4 + this.legible(one) * 2 + Boolean(kind === "button" && one.form && filled(one.form));
    const worths = new Map(found.map((one) => [one, worth(one)]));
    return found.sort((one, other) => worths.get(other) - worths.get(one));
  },

  query(root, argument) {
    return this.queryAll(root, argument)[0];
  },
}
