// What belongs together by nothing but its place on the screen: labels and fields in columns of their own, a list whose
// headings are a table of their own, cells that are no table's. A part of the selector engine in eye.js, which looks
// here only for what it has not found by markup. Boxes are those of the words themselves, not of the elements around.
{
  NEAR: 40, // pixels, at most, between a label and what stands below it
  FAR: 400, // between a label and what stands beside it
  PITCH: 80, // between two rows of a list
  FLUSH: 8, // and from a place that is in line with another

  ownTexts(element) {
    return Array.from(this.own(element, "childNodes")).filter((node) => node.nodeType === 3 && this.plain(node.data));
  },

  boxOf(element, texts = []) {
    if (element.matches("img, input, select, textarea")) return element.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(element);
    if (texts.length) range.setStartBefore(texts[0]);
    if (texts.length) range.setEndAfter(texts[texts.length - 1]);
    return range.getBoundingClientRect();
  },

  // A field, a button, a picture, or words that stand in an element of their own.
  holdsWords(one) {
    return one.matches(`${this.control}, img[alt], input[type=button], input[type=submit], input[type=image]`)
      || (!one.matches("option, script, style, title") && this.ownTexts(one).length > 0);
  },

  // All of these that have a place; whether one can be read is asked where it matters, for it costs more than all else.
  places(root) {
    return this.everywhere(root, "*").filter((one) => this.holdsWords(one))
      .map((one) => ({ one, box: this.boxOf(one, this.ownTexts(one)) }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
  },

  onOneLine(one, other) {
    const both = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return both > Math.min(one.height, other.height) / 2;
  },

  isRemark({ one }) {
    return !one.matches(this.control) && !this.plain(this.bare(this.wordsOf(one)));
  },

  // The nearest thing on the right of a label; where that is nothing of the kind, the nearest one below.
  beside(label, places, isIt) {
    const near = (filter) => places.filter((place) => filter(place) && place.one !== label.one && !label.holds(place.one)
      && !this.isRemark(place) && this.legible(place.one));
    const cell = this.closest(label.one, "td, th"), table = cell && cell.closest("table");
    const apart = (one) => cell && !cell.contains(one) && one.closest("td, th")?.closest("table") === table; // markup tells
    const { left, right, bottom } = label.box;
    const after = near(({ box }) => this.onOneLine(box, label.box) && box.left >= right - 2 && box.left - right < this.FAR);
    const below = near(({ box }) => box.top >= bottom - 2 && box.top - bottom < this.NEAR && box.left < right && box.right > left);
    const first = (found, key) => found.reduce((best, one) => (best && best.box[key] <= one.box[key] ? best : one), null);
    return [first(after, "left"), first(below, "top")].find((place) => place && isIt(place.one) && !apart(place.one))?.one;
  },

  // The elements that say nothing but a name, and names that stand in an element before something else.
  labels(root, wanted, places) {
    const saying = this.trees(root).flatMap((tree) => this.saying(tree, wanted));
    const whole = saying.filter((one) => this.names(this.wordsOf(one), wanted) && this.legible(one));
    const texts = (one) => this.ownTexts(one).map((node) => node.data).join("");
    const parts = places.filter(({ one }) => saying.includes(one) && !whole.includes(one) && this.names(texts(one), wanted)
      && this.legible(one));
    return [
      ...whole.map((one) => ({ one, box: this.boxOf(one), holds: (other) => one.contains(other) })),
      ...parts.map((place) => ({ ...place, holds: () => false })),
    ].filter(({ one }) => !this.closest(one, this.button));
  },

  // What stands beside or below the words, in a whole frame.
  byPlace(root, wanted, isIt) {
    if (!this.trees(root).some((tree) => this.saying(tree, wanted).length)) return [];
    const places = this.places(root);
    const found = this.labels(root, wanted, places).map((label) => this.beside(label, places, isIt));
    return Array.from(new Set(found.filter(Boolean)));
  },

  // The rows of a table with a text for each column: a cell that spans several says the same in all of them.
  grid(rows, text) {
    const lines = rows.map(() => []);
    const spans = (cell, way) => cell[`${way}Span`] ?? Number(cell.getAttribute(`aria-${way}span`) || 1);
    rows.forEach((row, at) => row.forEach((cell) => {
      const [words, free] = [text(cell), lines[at].findIndex((one) => one === undefined)];
      const column = free < 0 ? lines[at].length : free; // a cell above may span this row
      for (const line of lines.slice(at, spans(cell, "row") ? at + spans(cell, "row") : undefined)) {
        for (let step = 0; step < spans(cell, "col"); step += 1) line[column + step] = words;
      }
    }));
    return lines.map((line) => Array.from(line, (words) => words ?? ""));
  },

  // Nothing lies over the middle of something.
  isFree(one) {
    const box = one.getClientRects()[0];
    const top = box && one.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !top || one.contains(top) || this.isWithin(one, top); // top may be slotted
  },

  // A place in an area of a picture, in CSS pixels from the picture's corner, that belongs to no other area.
  spot(area) {
    const picture = this.pictureOf(area), box = picture.getBoundingClientRect(), root = picture.getRootNode();
    const numbers = area.coords.split(/[\s,]+/).filter(Boolean).map(Number);
    const [xs, ys] = [0, 1].map((side) => numbers.filter((_, at) => at % 2 === side));
    const across = (values, end) => (area.shape === "circle" ? [numbers[end ? 1 : 0]] : this.between(values));
    const places = area.shape === "default" ? this.between([0, box.width]).flatMap((x) => this.between([0, box.height]).map((y) => [x, y]))
      : across(xs, 0).flatMap((x) => across(ys, 1).map((y) => [x, y]));
    const top = ([x, y]) => root.elementFromPoint(box.x + x, box.y + y);
    const found = places.find((one) => top(one) === area) || places.find((one) => !top(one)); // it is not in view yet
    return found ? { map: picture.getAttribute("usemap"), x: found[0], y: found[1] } : null;
  },

  // The middle of some numbers first, and then other places between the least and the greatest.
  between(values) {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return [0.5, 0.3, 0.7, 0.1, 0.9].map((part) => least + part * (most - least));
  },

  placed: {
    // What looks as if it could be pressed, where nothing else has these words: a script may listen.
    button(root, wanted) {
      const all = this.trees(root).flatMap((tree) => this.saying(tree, wanted)).filter((one) => this.isNamed(one, wanted));
      return all.filter((one) => getComputedStyle(one).cursor === "pointer" && this.legible(one));
    },
    field(root, wanted) {
      return this.byPlace(root, wanted, (one) => one.matches(this.field));
    },
    value(root, wanted, headings) {
      const known = (one) => headings.has(this.wordsOf(one)) || this.closest(one, this.button);
      return this.byPlace(root, wanted, (one) => !known(one) && (one.matches("[readonly], [disabled]") || !one.matches(this.control)));
    },
  },

  // A list by its places: the line with all headings, and what stands below it in lines, each under a heading.
  laidOut(root, columns) {
    const wanted = columns.map((words) => new Set(words.map((word) => this.plain(word))));
    const all = new Set(wanted.flatMap((words) => Array.from(words)));
    if (!this.trees(root).some((tree) => this.just(tree, all).length >= columns.length)) return [];
    const places = this.places(root);
    const named = (near) => wanted.map((words) => near.find(({ one }) => words.has(this.wordsOf(one))));
    const near = places.filter(({ one }) => wanted[0].has(this.wordsOf(one)))
      .map(({ box }) => places.filter((place) => this.onOneLine(place.box, box) && this.legible(place.one)).sort((one, other) => one.box.left - other.box.left))
      .find((each) => named(each).every(Boolean)) ?? [];
    const line = near.length > 1 ? this.together(near, named(near).map(({ one }) => one)) : [];
    return line.length > 1 ? [line.map(({ one }) => this.shownIn(one)), ...this.below(line, places)] : [];
  },

  // Those of some places that are in the smallest element with some others: a menu beside a list is no part of it.
  together(places, those) {
    let around = those[0];
    while (around && !those.every((one) => this.isWithin(one, around))) around = this.above(around);
    return places.filter(({ one }) => !around || this.isWithin(one, around));
  },

  shownIn(one) {
    return (one.matches("input") ? one.value || one.alt : one.matches("img") ? one.alt : this.readWhole(one)).trim();
  },

  // Line by line, down to what is further away; what is not in line with the headings is no row.
  below(headings, places) {
    const rows = [];
    const cell = ({ one }) => this.cellOf(one).getBoundingClientRect();
    const [left, right] = [Math.min(...headings.map((one) => cell(one).left)), Math.max(...headings.map((one) => cell(one).right))];
    const isBelow = ({ one, box }) => box.top >= bottom - 2 && box.right > left && box.left < right && this.legible(one);
    let bottom = Math.max(...headings.map(({ box }) => box.bottom)), last = null;
    const under = places.filter(isBelow).sort((one, other) => one.box.top - other.box.top);
    for (const place of under) {
      if (!last || !this.onOneLine(place.box, last)) {
        if (place.box.top - bottom > this.PITCH) break;
        rows.push([]);
        last = place.box;
      }
      rows[rows.length - 1].push(place);
      bottom = Math.max(bottom, place.box.bottom);
    }
    const cells = rows.map((row) => this.cells(row, headings)).filter((row) => row.filter(Boolean).length > 1);
    const next = cells.findIndex((row) => row.every((text, at) => this.plain(text) === this.wordsOf(headings[at].one)));
    return next < 0 ? cells : cells.slice(0, next); // the next list of the kind
  },

  // What stands under each heading; nothing where something stands under none.
  cells(row, headings) {
    const cells = headings.map(() => "");
    for (const place of row) {
      const column = headings.findIndex((heading) => this.inLine(place, heading));
      if (column < 0) return [];
      cells[column] = `${cells[column]} ${this.shownIn(place.one)}`.trim();
    }
    return cells;
  },

  cellOf(one) {
    return this.closest(one, "td, th, [role$=cell], [role$=header]") || one;
  },

  // Flush with a heading on either side, or in its middle: the words themselves, or the cells that they stand in.
  inLine(place, heading) {
    const middle = (box) => (box.left + box.right) / 2;
    const flush = (one, other) => [one.left - other.left, one.right - other.right, middle(one) - middle(other)]
      .some((apart) => Math.abs(apart) < this.FLUSH);
    const cell = ({ one }) => this.cellOf(one).getBoundingClientRect();
    return flush(place.box, heading.box) || flush(cell(place), cell(heading));
  },
}
