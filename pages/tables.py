"""What is read off a screen: tables by the headings of their columns, and values beside their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from pages.dialect import narrow, plain

HEADING_LINES = 3  # over which the headings of one list may stand, and so each of its entries
# What a portal adds to the name of a column: its unit, or the words by which the list is put in another order.
REMARK = re.compile(
    r"[(（]\s*(?:千?円|税[込抜]き?|西暦|和暦|年[/・]?月[/・]?日|日本時間|JST|[%％件名人個]|[KM]B|必須)\s*[)）]\s*$"
    r"|\s*[(（\[]?(?:昇順?|降順?)[|｜/／・\s]*(?:昇順?|降順?)[)）\]]?\s*$"
)
TOTAL = re.compile(r"(?:合|小|総|総合)?計")
# What stands alone in a row of a list that has none.
NONE = re.compile(
    r".{2,}(?:ありません|ございません|存在しません|見つかりません|[はが]ない|[な無]し)[。.]?|\D*[0０]\s*件\D*"
)
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

    Each row has its columns in the order in which they stand. Where the headings take several lines, each entry does.
    """
    spellings = {name: {plain(word) for word in words} for name, words in columns.items()}
    for lines in range(1, HEADING_LINES + 1):
        for number in range(len(table) - lines + 1):
            heading, below = table[number : number + lines], table[number + lines :]
            places = _places(list(chain(*heading)), spellings)
            if len(places) == len(columns):
                entries = below if lines == 1 else _entries(below, [len(line) for line in heading])
                rows = _rows(entries, dict(sorted(places.items(), key=itemgetter(1))))
                found = [row for row in rows if not _repeats(row, spellings)]
                if found or not _is_form(list(chain(*heading)), places.values()):
                    return found
    return None


def _is_form(heading: Sequence[str], places: Iterable[int]) -> bool:
    """Whether there is room for an answer beside each of some names, as where a list is searched."""
    return all(place + 1 < len(heading) and not heading[place + 1].strip() for place in places)


def _entries(table: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[list[str]]:
    """Entries of several lines, each as one row; lines that are not as wide as those of the headings are none."""
    start = 0
    while start + len(widths) <= len(table):
        lines = table[start : start + len(widths)]
        whole = [len(line) for line in lines] == list(widths)
        if whole:
            yield list(chain(*lines))
        start += len(widths) if whole else 1


def _rows(table: Iterable[Sequence[str]], places: Mapping[str, int]) -> Iterator[dict[str, str]]:
    for cells in table:
        if _holds(cells, places):
            yield {name: narrow(cells[place]) for name, place in places.items()}


def _places(heading: Sequence[str], spellings: Mapping[str, set[str]]) -> dict[str, int]:
    """Where each column stands: by its very name, or else by one with a remark that says nothing else."""
    bare, whole = (list(map(plain, cells)) for cells in ((REMARK.sub("", one) for one in heading), heading))
    said = [*enumerate(bare), *enumerate(whole)]  # of several the last counts
    return {name: place for name, known in spellings.items() for place, word in said if word in known}


def _holds(cells: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether a row is one of the table's own: not one that says something across it, nor a total, nor that none is."""
    own = {cells[place] for place in places.values() if place < len(cells)}
    wide = len(cells) > max(places.values()) and len(own if len(places) > 1 else {*cells}) >= min(len(cells), 2)
    said = list(dict.fromkeys("".join(cell.split()) for cell in cells if plain(cell)))
    total = len(said) > 1 and TOTAL.fullmatch(said[0]) is not None
    return wide and not total and not (len(said) == 1 and NONE.fullmatch(said[0]))


def _repeats(row: Mapping[str, str], spellings: Mapping[str, set[str]]) -> bool:
    """Whether a row is the headings once more, as long lists have them every few rows."""
    return all(plain(value) in spellings[name] for name, value in row.items())
