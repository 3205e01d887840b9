"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const scenarios = all(".scenario");
  const search = document.getElementById("search");
  const viewer = document.getElementById("viewer");

  // Pictures are carried once each, as text; an <img> gets its bytes when it comes near the screen.
  const urls = new Map();
  const pictureUrl = (key) => {
    if (!urls.has(key)) {
      const holder = document.getElementById(`picture-${key}`);
      const bytes = Uint8Array.from(atob(holder.textContent), (letter) => letter.charCodeAt(0));
      urls.set(key, URL.createObjectURL(new Blob([bytes], { type: holder.dataset.type })));
    }
    return urls.get(key);
  };
  const load = (image) => {
    if (image.dataset.picture && !image.src) image.src = pictureUrl(image.dataset.picture);
    image.loading = "eager"; // a picture left in the folder would wait for somebody to scroll to it, on paper for ever
    return image;
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      load(entry.target);
      watcher.unobserve(entry.target);
    }
  }, { rootMargin: "400px" });
  const watch = (root) => all("img[data-picture]", root).forEach((image) => watcher.observe(image));
  watch(document);

  // Above the steps of what is open the screens one after the other: the file has each once, beside its step.
  const lay = (body) => {
    const figures = all(".step .picture", body);
    const shows = (figure) => { const image = figure.querySelector("img"); return image.dataset.picture ?? image.src; };
    const screens = figures.filter((one, place) => !place || shows(one) !== shows(figures[place - 1]));
    let place = -1;
    figures.forEach((one) => { one.dataset.place = screens.includes(one) ? place += 1 : place; });
    if (screens.length < 2 || body.querySelector(".film")) return;
    const strip = document.createElement("ol");
    strip.className = "film";
    strip.append(...screens.map((one) => {
      const item = document.createElement("li");
      item.append(one.cloneNode(true));
      return item;
    }));
    body.querySelector(".gherkin").before(strip);
    watch(strip);
  };
  all(".scenario[open] > .scenario-body:not([data-fold])").forEach(lay);

  // The enlarged screen, and from it to those before and after it in the same scenario.
  let film = [], at = -1;
  const view = (button) => {
    const image = load(button.querySelector("img"));
    const large = document.getElementById("viewer-image");
    large.src = image.src;
    large.alt = image.alt;
    const caption = [...button.closest("figure").querySelector("figcaption").childNodes].map((one) => one.textContent);
    document.getElementById("viewer-caption").textContent = caption.join("\n");
    film = all(".film button", button.closest(".scenario-body") ?? viewer);
    at = film.length ? Number(button.closest("figure").dataset.place ?? -1) : -1;
    document.getElementById("viewer-place").textContent = at < 0 ? "" : `${at + 1} / ${film.length}`;
    viewer.classList.toggle("alone", at < 0);
    for (const [name, by] of [["before", -1], ["after", 1]]) {
      viewer.querySelector(`[data-do=${name}]`).setAttribute("aria-disabled", String(!film[at + by]));
    }
    if (!viewer.open) viewer.showModal();
  };
  const flick = (by) => { if (film[at + by]) view(film[at + by]); };
  viewer.addEventListener("close", () => film[at]?.focus());
  viewer.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) flick(by);
  });

  // Language: that of the run unless the reader switched; attributes carry both beside them.
  const translated = ["placeholder", "aria-label", "title"].flatMap((name) =>
    all(`[data-en-${name}]`).map((element) => ({
      element, name, ja: element.getAttribute(`data-ja-${name}`), en: element.getAttribute(`data-en-${name}`),
    })));
  const speak = (language) => {
    document.documentElement.lang = language;
    translated.forEach((one) => one.element.setAttribute(one.name, one[language]));
  };
  const remembered = (value) => {
    try {
      if (value) localStorage.setItem("sekisho-language", value);
      return localStorage.getItem("sekisho-language");
    } catch {
      return null; // storage is off in some browsers for files
    }
  };
  speak(remembered() ?? document.documentElement.lang);

  // Cells that passed are carried once for each procedure, compressed; one gets what stands in it when it is opened.
  const folds = new Map(); // what is carried, by its holder: first as a promise of it, then as it is
  const inflate = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };
  const unfolded = (holder) => {
    if (!folds.has(holder)) folds.set(holder, inflate(holder.textContent).then((bodies) => {
      folds.set(holder, bodies);
      return bodies;
    }));
    return folds.get(holder);
  };
  const holderOf = (body) => body.closest(".procedure").querySelector(".fold");
  const fill = async (body) => {
    const place = body.dataset.fold;
    try {
      const bodies = await unfolded(holderOf(body));
      if (body.dataset.fold === undefined) return; // opened twice at once
      body.innerHTML = bodies[place];
    } catch {
      body.replaceChildren(document.getElementById("not-unfolded").content.cloneNode(true));
      body.querySelector("code").textContent = body.dataset.file;
    }
    delete body.dataset.fold;
    watch(body);
    lay(body);
  };
  const fillOpen = () => Promise.all(all(".scenario[open] > [data-fold]").map(fill));
  addEventListener("toggle", (event) => {
    const body = event.target.open && event.target.querySelector(":scope > .scenario-body");
    if (body) (body.dataset.fold === undefined ? lay : fill)(body);
  }, true);
  const unfoldAll = () => Promise.all(all(".fold").map(unfolded));
  const plain = (markup) => {
    const letters = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" };
    return markup.replace(/<[^>]*>/gu, "").replace(/&(amp|lt|gt|#34|#39);/gu, (_, name) => letters[name]);
  };

  // Filter and search: a scenario shows when it has one of the chosen verdicts and every word of the search.
  const texts = new Map();
  const text = (element) => {
    if (!texts.has(element)) {
      const body = element.querySelector(":scope > [data-fold]");
      const bodies = body && folds.get(holderOf(body));
      const folded = Array.isArray(bodies) ? plain(bodies[body.dataset.fold]) : "";
      if (body && !folded) return element.textContent.toLowerCase(); // asked again once it is there
      texts.set(element, (element.textContent + folded).toLowerCase());
    }
    return texts.get(element);
  };
  const sift = () => {
    const words = search.value.toLowerCase().split(/\s+/u).filter(Boolean);
    const chosen = all('.filter[aria-pressed="true"]').map((button) => button.dataset.verdict);
    const fits = (element) => (!chosen.length || chosen.includes(element.dataset.verdict))
      && words.every((word) => text(element).includes(word));
    all(".scenario, .stop, .matrix tbody tr").forEach((element) => { element.hidden = !fits(element); });
    all(".procedure, .matrix").forEach((element) => {
      element.hidden = !element.querySelector(".scenario:not([hidden]), .stop:not([hidden]), tbody tr:not([hidden])");
    });
    all(".rule").forEach((heading) => {
      let next = heading.nextElementSibling;
      while (next?.classList.contains("scenario") && next.hidden) next = next.nextElementSibling;
      heading.hidden = !next?.classList.contains("scenario");
    });
    const hits = scenarios.filter((one) => !one.hidden);
    document.getElementById("no-match").hidden = !scenarios.length || hits.length > 0;
    if (words.length && all(".fold").some((holder) => !Array.isArray(folds.get(holder)))) unfoldAll().then(reveal, () => {});
    const sought = words.length + chosen.length > 0;
    all("#hits b").forEach((count) => { count.textContent = String(hits.length); });
    document.getElementById("hits").hidden = !sought;
    return sought ? hits : [];
  };
  const reveal = () => { // what was found only in folded cells; nothing moves under a phone's keyboard
    const [first] = sift();
    if (wide.matches || document.activeElement !== search) first?.scrollIntoView();
  };
  // What is looked for stands in the address, so that it can be sent to somebody.
  const noteDown = () => {
    const sought = new URLSearchParams();
    if (search.value) sought.set("q", search.value);
    all('.filter[aria-pressed="true"]').forEach((button) => sought.append("verdict", button.dataset.verdict));
    history.replaceState(null, "", sought.size ? `#?${sought}` : "#");
  };
  const look = () => {
    const hits = sift();
    noteDown();
    return hits;
  };
  const takeUp = () => {
    const sought = new URLSearchParams(location.hash.slice(2));
    search.value = sought.get("q") ?? "";
    all(".filter").forEach((button) =>
      button.setAttribute("aria-pressed", String(sought.getAll("verdict").includes(button.dataset.verdict))));
    sift()[0]?.scrollIntoView();
  };
  const wide = matchMedia("(min-width: 62rem)"); // the field then stays where it is while the page moves
  search.addEventListener("input", () => {
    const [first] = look();
    if (wide.matches) first?.scrollIntoView();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const first = scenarios.find((one) => !one.hidden);
    first?.querySelector("summary").focus();
    first?.scrollIntoView();
  });

  // Deep links open what they point at: a scenario, or a row of the manual. One that a mail cut off points at nothing.
  const pointedAt = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };
  const arrive = () => {
    if (location.hash.startsWith("#?")) {
      takeUp();
      return;
    }
    const target = pointedAt();
    all(".target").forEach((row) => row.classList.remove("target"));
    if (!target) return;
    if (target.closest("[hidden]")) {
      search.value = "";
      all(".filter").forEach((button) => button.setAttribute("aria-pressed", "false"));
      sift();
    }
    target.closest("tr")?.classList.add("target");
    for (let part = target; part; part = part.parentElement) if (part.matches("details")) part.open = true;
    (target.closest("tr") ?? target).scrollIntoView();
  };
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();

  const openAll = (button) => {
    const open = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(open));
    scenarios.forEach((scenario) => { scenario.open = open; });
  };
  const copy = async (button) => {
    const line = button.previousElementSibling;
    getSelection().selectAllChildren(line);
    try {
      await navigator.clipboard.writeText(line.textContent);
    } catch {
      document.execCommand("copy"); // a file opened from disk has no clipboard permission everywhere
    }
  };
  const actions = {
    view,
    copy,
    all: openAll,
    before: () => flick(-1),
    after: () => flick(1),
    close: () => viewer.close(),
    print: () => print(),
    keys: () => document.getElementById("keys").showModal(),
    language: () => {
      const language = document.documentElement.lang === "ja" ? "en" : "ja";
      speak(language);
      remembered(language);
    },
  };
  addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.do) actions[button.dataset.do](button);
    if (button?.classList.contains("filter")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      look();
    }
    if (event.target === viewer) viewer.close();
  });

  const step = (list, direction) => {
    const shown = list.filter((one) => !one.closest("[hidden]"));
    const here = shown.indexOf(document.activeElement?.closest(".scenario"));
    const next = shown[here < 0 && direction < 0 ? shown.length - 1 : (here + direction + shown.length) % shown.length];
    next?.querySelector("summary").focus();
    next?.scrollIntoView({ block: "start" });
  };
  const notable = scenarios.filter((one) => one.dataset.verdict !== "pass");
  const keys = {
    "/": () => search.focus(),
    j: () => step(scenarios, 1),
    k: () => step(scenarios, -1),
    n: () => step(notable, 1),
    p: () => step(notable, -1),
    e: () => openAll(document.querySelector('[data-do="all"]')),
    "?": () => actions.keys(),
  };
  addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
      if (event.key === "Escape" && event.target === search) search.blur();
      return;
    }
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // On a phone the contents are folded; they fold again once something was chosen.
  const contents = document.getElementById("contents");
  const phone = matchMedia("(max-width: 46rem)");
  const fold = () => { contents.open = !phone.matches; };
  phone.addEventListener("change", fold);
  all(".contents a").forEach((link) => link.addEventListener("click", fold));
  fold();

  // The contents mark the section being read.
  const links = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
  const reading = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      links.forEach((link) => link.classList.remove("here"));
      links.get(entry.target.id)?.classList.add("here");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  all("main > [id]").filter((section) => links.has(section.id)).forEach((section) => reading.observe(section));

  // Paper: the pictures of everything that is open, and the evidence along the manual unfolded.
  let cards = [];
  const prepare = async () => {
    cards = all(".stop details.card:not([open])");
    cards.forEach((card) => { card.open = true; }); // before the first wait: a reader's print does not wait for it
    await fillOpen();
    const shown = all("img[data-picture], img[src]").filter((image) => !image.closest("details:not([open])"));
    return Promise.all(shown.map((image) => load(image).decode().catch(() => {})));
  };
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", () => cards.forEach((card) => { card.open = false; }));
  window.sekisho = { prepare }; // whoever prints by program awaits this first
})();
