// What stands in front of a page: a layer, and what closes it. A part of the selector engine in eye.js.
{
  // The buttons of a layer in front that only says something: whatever it offers closes it. First come those that can do
  // nothing else, as × beside an OK.
  closers(root, wanted, agreeing) {
    const layer = this.everywhere(root, "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]")
      .filter((one) => this.legible(one)).at(-1) ?? this.layerInFront();
    if (!layer || this.holdsField(layer) || this.asks.test(this.readWhole(layer))) return [];
    const offered = this.offeredBy(layer), agrees = (one) => this.isButton(one, agreeing);
    return offered.every((one) => this.isButton(one, wanted)) ? offered.sort((one, other) => agrees(one) - agrees(other)) : [];
  },

  // What says more than that something is so: it asks, or tells what will be lost.
  asks: /よろし|ますか|[?？]|(失効|削除|取り?消し?|取り?下げ|破棄|上書き|解除|解約)(を?(し|いたし)|され)ます|元に戻(せ|り)ません/,

  offeredBy(layer) {
    return this.everywhere(layer, this.button).filter((one) => this.legible(one));
  },

  // What lies over the last thing that a hand was on; where that is the layer's own button, over the one before.
  layerInFront() {
    const hands = Array.from(this.inMind?.values() ?? []).filter((one) => one.isConnected).slice(-2).reverse();
    return hands.map((one) => this.layerOver(one)).find(Boolean) ?? null;
  },

  // What lies over a thing that a hand is on and offers a button, whatever its markup: where the thing is, or in the middle
  // of the window, where all of it is under a veil.
  layerOver(thing) {
    if (this.isFree(thing)) return null;
    const box = thing.getBoundingClientRect(), at = (x, y) => this.floating(document.elementFromPoint(x, y), thing);
    const over = at(box.x + box.width / 2, box.y + box.height / 2), size = over?.getBoundingClientRect();
    const isVeil = size && size.width > innerWidth * 0.9 && size.height > innerHeight * 0.9;
    const inMiddle = isVeil ? [0.5, 0.4, 0.3, 0.2, 0.6, 0.7].map((part) => at(innerWidth / 2, innerHeight * part)) : [];
    return [over, ...inMiddle].find((one) => one && this.offeredBy(one).length) ?? null;
  },

  // The outermost thing around a place that is laid over the page and does not hold what it may lie over.
  floating(place, below) {
    const holds = (one, inner) => Boolean(inner) && (one.contains(inner) || holds(one, inner.getRootNode().host));
    const around = [];
    for (let one = place; one && !holds(one, below); one = this.above(one)) around.push(one);
    return around.findLast((one) => /^(fixed|absolute)$/.test(getComputedStyle(one).position));
  },
}
