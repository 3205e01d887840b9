// Finds controls and values as a person does: by the words on them, or the words beside them.
// A Playwright selector engine; its argument is JSON: {"kind": …, "words": […], "headings": […]}. The kinds are the keys
// of `finders`; headings are words that are never a value themselves. Or {"ask": …, "with": …}: one of `questions`, which
// eye.py puts in from questions.js, as it does the files of one subject beside this one and reading.js.
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

  // Whether a thing stands within another, in its shadow trees too.
  isWithin(inner, outer) {
    return Boolean(inner) && (outer.contains(inner) || this.isWithin(inner.getRootNode().host, outer));
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

  // The elements that say just some words: a heading, a sentence, a cell.
  just(root, wanted) {
    return this.saying(root, wanted).filter((one) => wanted.has(this.wordsOf(one)));
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

  noPlace: /エラー|失敗|不可|次|前の|戻|未|関連|手順|ステップ|STEP|お?問い?合わ?せ|ヘルプ|ログ(アウト|オフ)|^[\s\d０-９.．:：※*]*$/i,

  // The number that a portal gives each of its screens, beside its title: BRSK018.
  code: /^\s*[([（［]?[A-Z]{1,6}[-_]?\d{2,6}[-_]?[A-Z]?\d{0,3}[)\]）］]?\s*$/,

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
