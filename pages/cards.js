// A list whose entries are cards: each has the names of the columns beside its values, and there is no line of headings. A
// part of the selector engine in eye.js.
{
  // The cards with a text for each of some columns, below the names of these columns; nothing where there is no card.
  cards(root, columns) {
    const wanted = columns.map((words) => new Set(words.map((word) => this.plain(word))));
    const named = wanted.map((words) => this.trees(root).flatMap((tree) => this.namesIn(tree, words)));
    if (named.length < 2 || named.some((found) => !found.length)) return [];
    const cards = named[0].map((one) => this.cardOf(one, named)).filter(Boolean);
    const alone = cards.length === 1 && !cards[0].matches("article, li, dl, [role=listitem], [class*=card i]");
    const rows = (alone ? [] : cards).map((card) => named.map((found) => this.nameAndValue(found.find((one) => card.contains(one)), card)))
      .filter((card) => !this.isLine(card));
    const text = ([, value]) => (value ? this.readWhole(value).trim() : "");
    return rows.length ? [columns.map(([word]) => word), ...rows.map((row) => row.map(text))] : [];
  },

  // What says one of some words and no more.
  namesIn(tree, words) {
    return this.just(tree, words).filter((one) => this.legible(one) && !this.closest(one, this.button));
  },

  // The smallest thing around a name that has its value and all the other names too, and none of them twice; not a form,
  // which asks for what a card shows.
  cardOf(name, named) {
    const within = (around, found) => found.filter((one) => around.contains(one)).length;
    const whole = (around) => this.nameAndValue(name, around)[1] && named.every((found) => within(around, found));
    let around = name;
    while (around && !whole(around)) around = around.parentElement;
    return around && named.every((found) => within(around, found) === 1) && !this.holdsField(around) && !this.isFilledIn(around) ? around : null;
  },

  // What scripts have made to be filled in.
  isFilledIn(element) {
    return this.everywhere(element, "[contenteditable=true], [role=combobox], [role=textbox], [role=searchbox]").length > 0;
  },

  // A name, and the next thing in its card that says something.
  nameAndValue(name, card) {
    for (let one = name; one && one !== card; one = one.parentElement) {
      for (let next = one.nextElementSibling; next; next = next.nextElementSibling) {
        if (this.plain(this.readWhole(next))) return [name, next];
      }
    }
    return [name, null];
  },

  // Headings of a list stand in one line, and what follows one is the next, or stands in the line below.
  isLine([[first, value], [second]]) {
    const alike = (one, other) => this.onOneLine(this.boxOf(one), this.boxOf(other));
    return alike(first, second) && (!value || alike(first, value) || value.parentElement !== first.parentElement);
  },

  // A name with its value, which is a part of an entry and none itself.
  isPair(element, names) {
    const parts = [element, ...this.everywhere(element, "*")].filter((one) => this.holdsWords(one));
    return parts.length === 2 && names.has(this.wordsOf(parts[0]));
  },
}
