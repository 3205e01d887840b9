// What unfolds: where the mouse, or a press, brings out what is not seen yet. A part of the selector engine in eye.js.
{
  // Where a mouse may make something unfold that is not seen yet: what stands before or around it, from the inside, and
  // then whatever says that it listens to the mouse.
  openersOf(element) {
    const near = [];
    for (let one = element; one && !one.matches("body, html"); one = this.above(one)) {
      if (one !== element && this.legible(one)) return [...near, one];
      if (one.previousElementSibling && this.legible(one.previousElementSibling)) near.push(one.previousElementSibling);
    }
    return near;
  },

  // What folds out a list when it is pressed, by its markup, or because its script names what is folded.
  togglesOf(element) {
    const found = [];
    for (let one = element; one && !one.matches("body, html") && !this.legible(one); one = this.above(one)) {
      const before = one === element ? null : one.previousElementSibling;
      const within = before ? Array.from(before.querySelectorAll(this.button)) : [];
      const toggle = before && (before.matches(this.button) || within.length !== 1 ? before : within[0]);
      if (toggle && this.folds(toggle, one)) found.push(toggle);
      if (one.matches("details:not([open]) > *")) found.push(one.parentElement.querySelector(":scope > summary"));
    }
    return found.filter((one) => one && this.legible(one));
  },

  folds(toggle, folded) {
    const said = ["href", "onclick", "aria-controls", "data-target", "data-bs-target"].map((name) => toggle.getAttribute(name) || "");
    return toggle.matches("summary, [aria-expanded=false], [aria-haspopup], [data-toggle], [data-bs-toggle]")
      || Boolean(folded.id) && said.some((code) => new RegExp(`\\b${CSS.escape(folded.id)}\\b`).test(code))
      || toggle.matches("a:not([onclick]):is(:not([href]), [href='#'], [href^='javascript:void'], [href='javascript:;'])");
  },

  folded(root, wanted) {
    return this.finders.button.call(this, root, wanted).filter((one) => !this.legible(one));
  },

  openers(root, wanted) {
    const folded = this.folded(root, wanted);
    const listening = folded.length ? Array.from(root.querySelectorAll("[onmouseover], [onmouseenter], [aria-haspopup]")) : [];
    return Array.from(new Set([...folded.flatMap((one) => this.openersOf(one)), ...listening]));
  },

  toggles(root, wanted) {
    return Array.from(new Set(this.folded(root, wanted).flatMap((one) => this.togglesOf(one))));
  },

  // What brings out the menu from the side, wherever it stands: many draw the menu no earlier.
  drawers(root) {
    return this.everywhere(root, "button, [role=button], summary").filter((one) => this.opensMenu(one));
  },

  // A button that does so by what it is called, or by its sign.
  opensMenu(button) {
    const called = [...this.aids(button), this.bareWords(button)].map((text) => (text ?? "").normalize("NFKC").trim());
    const menu = /^(menu|open menu|toggle (menu|navigation)|(サイド|グローバル)?(メニュー|ナビ(ゲーション)?)(ボタン|(を|の)?(開く|表示|開閉)(する)?)?|[☰≡])$/i;
    return this.legible(button) && called.some((text) => menu.test(text)) && button.getAttribute("aria-expanded") !== "true";
  },
}
