"""Named ways to break one rule, so that every check of the harness can be seen to fail.

Code asks `decide` where the rule is decided. A decision whose two outcomes differ is recorded as *touched*: a scenario
that did not touch a defect cannot be changed by it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Pair(NamedTuple):
    """The same words in two languages."""

    japanese: str
    english: str


@dataclass(frozen=True)
class Defect:
    """One way to be wrong: its name, the rows of the manual it breaks, and a sentence that says how."""

    name: str
    ids: tuple[str, ...]
    breaks: Pair
    explored: bool = False
    """Whether only an exploration comes to the moment at which it shows: no scenario is about it."""


class UnknownDefectError(ValueError):
    """A name that is not in the catalogue."""


class Defects:
    """The catalogue, which defects are on, and which were touched since the scenario began."""

    def __init__(self, catalogue: Iterable[Defect]) -> None:
        """Start with every defect off. A name that several systems list is one defect, which breaks rows of each."""
        self.catalogue: dict[str, Defect] = {}
        for defect in catalogue:
            known = self.catalogue.get(defect.name, defect)
            self.catalogue[defect.name] = replace(known, ids=tuple(dict.fromkeys((*known.ids, *defect.ids))))
        self.on: set[str] = set()
        self.touched: set[str] = set()

    def listed(self) -> list[dict[str, Any]]:
        """The catalogue as JSON has it: name, the rows of the manuals that are broken, and how, in two languages."""
        return [
            {"name": one.name, "ids": list(one.ids), "breaks": one.breaks._asdict(), "explored": one.explored}
            for one in self.catalogue.values()
        ]

    def decide(self, name: str, *, right: T, wrong: T) -> T:
        """Return `right`, or `wrong` while the defect is on; equal outcomes touch nothing."""
        if right == wrong:
            return right
        return wrong if self.broken(name) else right

    def broken(self, name: str) -> bool:
        """Whether the defect is on, at a place where it would change what happens."""
        if name not in self.catalogue:
            raise UnknownDefectError(self._sentence(name))
        self.touched.add(name)
        return name in self.on

    def switch(self, names: Iterable[str]) -> None:
        """Turn exactly these on. Raises UnknownDefectError, naming the nearest known name; then nothing changes."""
        wanted = set(names)
        for name in sorted(wanted - self.catalogue.keys()):
            raise UnknownDefectError(self._sentence(name))
        self.on = wanted

    def reset(self) -> None:
        """Begin a scenario: all off, none touched."""
        self.on.clear()
        self.touched.clear()

    def _sentence(self, name: str) -> str:
        near = difflib.get_close_matches(name, self.catalogue, n=1, cutoff=0.3)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"unknown defect {name!r}{hint}"
