// The rows of lists: of tables, of entries, and of cards among cards. A part of the selector engine in eye.js.
{
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
}
