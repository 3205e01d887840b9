// What stands in front of a page: a layer, and what closes it. A part of the selector engine in eye.js.
{
  // What closes a layer in front that only says something. What can do nothing but close comes first; what may do more, as an
  // OK, is pressed only where there is nothing to decide.
  closers(root, wanted) {
    const layer = this.layerInFront(root);
    const told = layer ? this.toldBy(layer) : "";
    if (!layer || this.seenIn(layer, this.field).length || this.asks.test(told) || this.declines(layer)) return [];
    const offered = this.offeredBy(layer);
    if (!offered.every((one) => this.isCalled(one, wanted))) return [];
    const closing = offered.filter((one) => this.onlyCloses.test(this.signOf(one)));
    return closing.length || this.weighs(told) || this.seenIn(layer, this.more).length ? closing : offered;
  },

  // What says more than that something is so: it asks, or tells what will be lost.
  asks: /よろし|ますか|[?？]|(失効|削除|取り?消し?|取り?下げ|破棄|上書き|解除|解約)(を?(し|いたし)|され)ます|元に戻(せ|り)ません/,
  onlyCloses: /閉じ|とじ|^\s*[×✕✖╳xX]\s*$|^\s*close\s*$/i,

  // Whether words tell what will come of going on, so that there may be something to decide.
  weighs(told) {
    const acts = "失効|削除|取り?消|取り?下げ|破棄|上書き|解除|解約|無効|初期化|消去|失わ|抹消|停止|退会|発行|中止|キャンセル|ログアウト|料金|手数料|[0-9０-９]円"
      + "|実行|送信|申請|申し?込|登録|変更|更新|開始|進[みむ]|なくなり|場合|押[すし]|クリック|同意|承諾|規約|購入|revo[kc]|delete|remove|cancel|undo|proceed|continue|agree|submit";
    return new RegExp(`(${acts})(?![^。！!\\n]{0,30}(ました|完了|済))`, "i").test(told);
  },

  // What a layer may have beside words and buttons: then there is something to decide, too.
  more: "input:not([type=hidden], [type=button], [type=submit], [type=image], [type=reset]), select, textarea, [contenteditable], iframe, [role=radio], [role=checkbox], [role=switch]",

  // Whether it has a way out that is called so, though nothing says that it can be pressed.
  declines(layer) {
    return this.everywhere(layer, "*").some((one) => !one.children.length && this.legible(one)
      && /^\s*(キャンセル|いいえ|やめる|中止(する)?|取消|取り消す|cancel|no)\s*$/i.test(one.textContent));
  },

  seenIn(layer, selector) {
    return this.everywhere(layer, selector).filter((one) => this.visible(one) && this.legible(one));
  },

  // All that a layer says, what stands for its pictures and what its style puts before and behind it, too.
  toldBy(layer) {
    const around = (one) => ["::before", "::after"].map((part) => getComputedStyle(one, part).content).filter((text) => /^["']/.test(text));
    const all = [layer, ...this.everywhere(layer, "*")].filter((one) => this.legible(one));
    return [this.readWhole(layer), ...all.flatMap((one) => [one.getAttribute("alt"), ...around(one)])].filter(Boolean).join("\n");
  },

  // What can be pressed there: also what is no button, and has the mouse's hand over it.
  offeredBy(layer) {
    const hand = (one) => Boolean(one) && getComputedStyle(one).cursor === "pointer";
    const buttons = this.everywhere(layer, this.button), marked = `${this.button}, label, input, select, option`;
    const others = this.everywhere(layer, "*").filter((one) => hand(one) && !hand(this.above(one)) && !one.closest(marked) && !one.querySelector(marked));
    return [...buttons, ...others].filter((one) => this.legible(one));
  },

  // What a person reads on a button, or what stands for it where there is a sign only.
  signOf(button) {
    const own = (button.value || this.bareWords(button)).trim();
    return /\p{L}/u.test(own) ? own : this.aids(button).find((text) => /\p{L}/u.test(text ?? "")) ?? own;
  },

  isCalled(button, wanted) {
    return this.names(this.signOf(button), wanted) || /^[×✕✖╳]$/.test(this.signOf(button));
  },

  // What lies over the last thing that a hand was on; where that is the layer's own button, over the one before; over a
  // frame with the thing in it; or what takes the whole page out of use.
  layerInFront(root) {
    const hands = Array.from(this.inMind?.values() ?? []).filter((one) => one.isConnected).slice(-2).reverse();
    const frames = this.everywhere(root, "iframe, frame").filter((one) => this.visible(one));
    const modal = this.everywhere(root, "dialog:modal, [aria-modal=true]").filter((one) => this.legible(one)).at(-1);
    return [...hands, ...frames].map((one) => this.layerOver(one)).find(Boolean) ?? modal ?? null;
  },

  // What lies over a thing and offers something, whatever its markup: where the thing is, or elsewhere on the veil over it.
  layerOver(thing) {
    if (this.isFree(thing)) return null;
    const offers = (one) => Boolean(one) && (this.offeredBy(one).length > 0 || this.seenIn(one, "iframe").length > 0);
    const box = thing.getBoundingClientRect(), at = (x, y) => this.floating(this.topmost(x, y), thing);
    const over = at(box.x + box.width / 2, box.y + box.height / 2);
    if (!over || offers(over) || this.readWhole(over).trim()) return offers(over) ? over : null;
    const veil = over.getBoundingClientRect(), [left, top] = [Math.max(veil.left, 0), Math.max(veil.top, 0)];
    const [width, height] = [Math.min(veil.right, innerWidth) - left, Math.min(veil.bottom, innerHeight) - top];
    const places = [0.5, 0.15, 0.85].flatMap((x) => [0.5, 0.3, 0.7, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9].map((y) => [x, y]));
    return places.map(([x, y]) => at(left + width * x, top + height * y)).find(offers) ?? null;
  },

  // What is seen at a place, in whichever shadow tree.
  topmost(x, y) {
    let one = document.elementFromPoint(x, y), inner;
    while ((inner = one?.shadowRoot?.elementFromPoint(x, y)) && inner !== one) one = inner;
    return one;
  },

  // The outermost thing around a place that is laid over the page and does not hold what it may lie over.
  floating(place, below) {
    const laid = ({ position, zIndex }) => /^(fixed|absolute|sticky)$/.test(position) || (position === "relative" && zIndex !== "auto");
    const around = [];
    for (let one = place; one && !this.isWithin(below, one); one = this.above(one)) around.push(one);
    return around.findLast((one) => laid(getComputedStyle(one)));
  },
}
