// How the words in a page are read, in shadow trees too. Several scripts, in different worlds, have it put into them.
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
    return this.trees(root).flatMap((one) => Array.from(one.querySelectorAll(selector)));
  },

  dropsDown(list) {
    return list?.type === "select-one" && list.size <= 1; // options of suggestions stand in no list
  },

  // What is read in an element: of a list that drops down, the option that is chosen.
  read(element) {
    const all = element.innerText ?? this.own(element, "textContent"); // a drawing has no innerText
    const dropped = Array.from(element.querySelectorAll("select")).filter((one) => this.dropsDown(one) && this.visible(one));
    const chosen = (list) => Array.from(list.selectedOptions, (one) => one.label).join("");
    return dropped.reduce((text, list) => text.replace(list.innerText, () => chosen(list)), all);
  },

  // The same with all shadow trees in it.
  readWhole(element) {
    const within = this.trees(element).slice(1).filter((tree) => this.visible(tree.host)).flatMap((tree) => Array.from(tree.childNodes));
    const texts = within.map((one) => (one.nodeType === 3 ? one.data : one.nodeType === 1 && this.visible(one) ? this.read(one) : ""));
    return [this.read(element), ...texts].join("\n");
  },

  // All words of a frame. A drawing or XML that is opened alone has no body; old framesets have none either.
  screen() {
    const whole = document instanceof HTMLDocument ? document.querySelector("body") : document.documentElement;
    return whole ? this.readWhole(whole) : "";
  },
}
