"""What is read off a screen: tables by the headings of their columns, and values beside their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from pages.dialect import narrow, plain

LINE = re.compile(r"\s*([^:：]*)[:：]\s*(.*\S)\s*")


def contents(texts: Sequence[str], headings: Sequence[str]) -> list[str]:
    """The values in cells, or in lines "heading：value"."""
    known = {plain(word) for word in headings}
    values: list[str] = []
    for text in texts:
        lines = [line[2] for line in map(LINE.fullmatch, text.splitlines()) if line and plain(line[1]) in known]
        values += lines or [text]
    return [narrow(value) for value in values]


def rows(table: Sequence[Sequence[str]], columns: Mapping[str, Sequence[str]]) -> list[dict[str, str]] | None:
    """The rows of a table below the headings of some columns, by the columns' names; None without these headings.

    Each row has its columns in the order in which they stand.
    """
    spellings = {name: {plain(word) for word in words} for name, words in columns.items()}
    for number, heading in enumerate(table):
        places = _places(heading, spellings)
        if len(places) == len(columns):
            return list(_rows(table[number + 1 :], dict(sorted(places.items(), key=itemgetter(1)))))
    return None


def joined(above: list[dict[str, str]], below: list[dict[str, str]]) -> list[dict[str, str]]:
    """What two looks at a list show together, the second further down; rows that both show are the same."""
    common = (size for size in range(min(len(above), len(below)), 0, -1) if above[-size:] == below[:size])
    return above + below[next(common, 0) :]


def _rows(table: Sequence[Sequence[str]], places: Mapping[str, int]) -> Iterator[dict[str, str]]:
    for cells in table:
        if _holds(cells, places):
            yield {name: narrow(cells[place]) for name, place in places.items()}


def _places(heading: Sequence[str], spellings: Mapping[str, set[str]]) -> dict[str, int]:
    words = [plain(cell) for cell in heading]
    return {name: place for name, known in spellings.items() for place, word in enumerate(words) if word in known}


def _holds(cells: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether a row is one of the table's own, not one that says something across it."""
    own = {cells[place] for place in places.values() if place < len(cells)}
    return len(cells) > max(places.values()) and len(own) >= min(len(places), 2)
