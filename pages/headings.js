// The cells of a table, and what names them: the cell before, the heading above. A part of the selector engine in eye.js.
{
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
    return below.length > 0 && (this.lettering().some(apart) || (below.length > 1 && apart(this.ground)));
  },

  // How letters may look; a link has looks of its own.
  lettering() {
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
}
