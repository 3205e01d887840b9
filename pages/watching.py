"""A screen that moves on by itself: everything that it shows on the way, however briefly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Locator, Page

from pages.dialect import Dialect, has_any, plain
from sekisho.evidence.reading import reading

SCRIPT = reading(Path(__file__).with_name("watching.js").read_text(encoding="utf-8"))
REMARK = re.compile(r"[\W_]*(?:必須|任意)(?:項目|入力)?[\W_]*")  # beside the name of a field, and no value
_watching: WeakKeyDictionary[Page, Watching] = WeakKeyDictionary()


@dataclass(frozen=True)
class Sighting:
    """What was on the screen at one moment."""

    words: str
    rows: list[list[str]]


class Watching:
    """From its making on, collects what each further page of a tab shows, until another one watches the tab.

    A page that stays, and changes what it shows once something is `pressed`, is further pages too. The page tells of
    itself: looking from outside would miss what is gone within a quarter of a second.
    """

    def __init__(self, page: Page, dialect: Dialect, pressed: Locator | None = None) -> None:
        """Watch a tab through a dialect."""
        self.sightings: list[Sighting] = []
        self._dialect = dialect
        if page not in _watching:

            def note(shown: dict[str, Any]) -> None:
                _watching[page].note(shown)

            page.expose_function("sekishoShows", note)
            page.add_init_script(f"({SCRIPT})()")
        _watching[page] = self
        if pressed:
            pressed.evaluate(SCRIPT)

    def showed(self, words: str) -> bool:
        """Whether some words were there at any moment."""
        return any(has_any(one.words, [words]) for one in self.sightings)

    def values(self, heading: str) -> list[str]:
        """What stood beside a heading, in the order in which it changed."""
        known = {plain(word) for word in self._dialect.words("values", heading)}
        seen: list[str] = []
        for one in self.sightings:
            for first, *rest in filter(None, one.rows):
                new = plain(first) in known and rest and plain(rest[0]) not in {"", *map(plain, seen[-1:])}
                if new and not REMARK.fullmatch(rest[0]):
                    seen.append(rest[0])
        return seen

    def key(self, heading: str) -> str:
        """What a target file must say where a portal calls a heading something else."""
        return self._dialect.key(("values", heading))

    def note(self, shown: dict[str, Any]) -> None:
        """Take down what a page tells of itself."""
        self.sightings.append(Sighting(shown["words"], shown["rows"]))
