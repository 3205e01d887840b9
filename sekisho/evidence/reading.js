// How the words in a page are read, in shadow trees too. Several scripts, in different worlds, have it put into them; in
// the page's own world old libraries have put their own functions in the place of Array.from.
{
  visible(element) {
    return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : true;
  },

  // A form's fields may be called "children", and then hide the form's own: its prototypes are asked.
  own(element, name) {
    for (let kind = Object.getPrototypeOf(element); kind; kind = Object.getPrototypeOf(kind)) {
      const found = Object.getOwnPropertyDescriptor(kind, name);
      if (found) return found.get.call(element);
    }
    return undefined;
  },

  // Something and all shadow trees in it: what scripts have put there is seen like the rest.
  trees(root) {
    const inside = [root, ...root.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
    return [root, ...inside.flatMap((one) => this.trees(one))];
  },

  everywhere(root, selector) {
    return this.trees(root).flatMap((one) => [...one.querySelectorAll(selector)]);
  },

  dropsDown(list) {
    return list?.type === "select-one" && list.size <= 1; // options of suggestions stand in no list
  },

  // What is there, but transparent, or left of the page or above it: it waits to be shown, or is for programs only.
  unread(element) {
    const moved = (one) => /^(absolute|fixed|relative)$/.test(getComputedStyle(one).position);
    const aside = (one) => moved(one) && this.isAside(one);
    const clear = (one) => one.checkVisibility && !one.checkVisibility({ opacityProperty: true }) && this.visible(one);
    const away = (one) => clear(one) || (aside(one) && this.visible(one));
    const found = [...element.querySelectorAll("*:not(tr, td, th, option, br)")].filter(away);
    return found.filter((one) => !one.parentElement || !away(one.parentElement));
  },

  // Where nobody can scroll to. Applications of one page scroll a part of it, and not the window.
  isAside(element) {
    const { width, height, right, bottom } = element.getBoundingClientRect();
    const hidden = (end, way) => end <= 0 && end + this.scrolled(element, way) <= 0;
    return Boolean(width || height) && (hidden(right, "Left") || hidden(bottom, "Top"));
  },

  // How far what is around an element is scrolled.
  scrolled(element, way) {
    const around = this.own(element, "parentElement") || element.getRootNode().host;
    return around ? around[`scroll${way}`] + this.scrolled(around, way) : 0;
  },

  // What is read in an element: of a list that drops down, the option that is chosen.
  read(element) {
    const all = element.innerText ?? this.own(element, "textContent"); // a drawing has no innerText
    const dropped = [...element.querySelectorAll("select")].filter((one) => this.dropsDown(one) && this.visible(one));
    const chosen = (list) => [...list.selectedOptions].map((one) => one.label).join("");
    const read = dropped.reduce((text, list) => text.replace(list.innerText, () => chosen(list)), all);
    return this.unread(element).reduce((text, one) => text.replace(one.innerText ?? "", ""), read);
  },

  // The same with all shadow trees in it.
  readWhole(element) {
    const trees = this.trees(element).slice(1);
    if (!trees.length) return this.read(element);
    const away = this.unread(element), host = (one) => one.getRootNode().host;
    const isAway = (one) => away.some((each) => each.contains(one)) || Boolean(host(one) && isAway(host(one)));
    const seen = (tree) => this.visible(tree.host) && !isAway(tree.host);
    const within = trees.filter(seen).flatMap((tree) => [...tree.childNodes]);
    const texts = within.map((one) => (one.nodeType === 3 ? one.data : one.nodeType === 1 && this.visible(one) ? this.read(one) : ""));
    return [this.read(element), ...texts].join("\n");
  },

  // All words of a frame. A drawing or XML that is opened alone has no body; old framesets have none either.
  screen() {
    const whole = document instanceof HTMLDocument ? document.querySelector("body") : document.documentElement;
    return whole ? this.readWhole(whole) : "";
  },
}
