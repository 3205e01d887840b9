"""The line of a TOML file on which a key stands: Python's TOML reader does not say.

Only what a line begins with is looked at, tables and keys; what is inside a value has the line of its key.
"""

from __future__ import annotations

import re

PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
DOTTED = rf"{PART}(?:\s*\.\s*{PART})*"
HEADER = re.compile(rf"\s*(\[\[?)\s*({DOTTED})\s*\]\]?")
ASSIGNED = re.compile(rf"\s*({DOTTED})\s*=(.*)")
LAST = re.compile(r"(\.[^.\[\]]+|\[\d+\])$|^[^.\[\]]+$")
STRINGS = re.compile(r'"""|' + r"'''" + r'|"(?:\\.|[^"\\])*"|' + r"'[^']*'|#.*")


class Lines:
    """Where the keys of one file stand."""

    def __init__(self, text: str) -> None:
        """Look through a file's text; what is no TOML gives no lines."""
        self._line_of: dict[str, int] = {}
        self._count: dict[str, int] = {}
        table, inside = "", Inside()
        for number, line in enumerate(text.splitlines(), start=1):
            if inside.a_value:
                inside.read(line)
            elif header := HEADER.match(line):
                table = self._table(_parts(header[2]), element=header[1] == "[[")
                self._line_of.setdefault(table, number)
            elif assigned := ASSIGNED.match(line):
                self._line_of.setdefault(".".join([*filter(None, [table]), *_parts(assigned[1])]), number)
                inside.read(assigned[2])

    def of(self, key: str) -> int:
        """The line of a key such as `accounts[2].identities[0].pkcs12`, or of what it is in; 0 if there is none."""
        while key not in self._line_of:
            around = LAST.sub("", key)
            if around == key:  # a key in quotes may have any letters, brackets too
                return 0
            key = around
        return self._line_of[key]

    def behind(self, key: str) -> str:
        """The same as it stands behind the file's name, `:12`; nothing for a key of which nothing is there."""
        line = self.of(key)
        return f":{line}" if line else ""

    def _table(self, parts: list[str], *, element: bool) -> str:
        """The key of a table; of one in a list, with its number."""
        place = ""
        for last, part in zip([*[False] * (len(parts) - 1), True], parts, strict=True):
            place = f"{place}.{part}".lstrip(".")
            if last and element:
                self._count[place] = self._count.get(place, -1) + 1
            if place in self._count:
                place = f"{place}[{self._count[place]}]"
        return place


class Inside:
    """Whether a value goes on in the next line: a list, or a string of several lines."""

    def __init__(self) -> None:
        """Begin outside."""
        self._open, self._quote = 0, ""

    @property
    def a_value(self) -> bool:
        """Whether it does."""
        return bool(self._quote) or self._open > 0

    def read(self, text: str) -> None:
        """Take in the rest of a line."""
        if self._quote:
            _, found, text = text.partition(self._quote)
            self._quote = "" if found else self._quote
        while not self._quote and (string := STRINGS.search(text)):
            self._count(text[: string.start()])
            text = text[string.end() :]
            if string[0] in {'"""', "'''"}:
                _, ends, text = text.partition(string[0])
                self._quote = "" if ends else string[0]
        if not self._quote:
            self._count(text)

    def _count(self, text: str) -> None:
        self._open += sum(text.count(one) for one in "[{") - sum(text.count(one) for one in "]}")


def _parts(dotted: str) -> list[str]:
    return [one.strip("\"'") for one in re.findall(PART, dotted)]
