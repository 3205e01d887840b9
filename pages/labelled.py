"""What stands beside or below a label, on a screen and in a mail: as a person finds it, and line by line besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Page

from pages import eye
from pages.dialect import narrow, plain
from pages.tables import contents
from sekisho.evidence import screen_text
from sekisho.results import Mail

SECRETS = "secrets"  # the section of a dialect for values on screens and in mails that nobody else may see
SEPARATOR = re.compile(r"[:：\t]")


class Labelled:
    """The values of some labels."""

    def __init__(self, labels: Sequence[str]) -> None:
        """Look for these."""
        self._labels = labels
        self._plain = {plain(one) for one in labels}
        self._selectors = [eye.selector(kind, labels) for kind in ("value", "field")]

    def on_screen(self, page: Page) -> list[str]:
        """The values on a screen, in fields too. What no eye finds, stands in the line after the label."""
        return [value for frame in screen_text.frames_of(page) for value in (*self._seen(frame), *self._lines(frame))]

    def in_mail(self, mail: Mail) -> list[str]:
        """The values in a mail."""
        return list(self._after(mail.body.splitlines()))

    def _seen(self, frame: Frame) -> Iterator[str]:
        for selector in self._selectors:
            try:
                yield from contents(eye.ask_all(frame.locator(selector), "contents"), self._labels)
            except BrowserError:  # a frame that is just leaving shows nothing
                return

    def _lines(self, frame: Frame) -> Iterator[str]:
        seen = screen_text.seen(frame)
        return self._after(seen.words if seen else [])

    def _after(self, lines: Iterable[str]) -> Iterator[str]:
        """What stands after a label on its line, or on the next one."""
        for line, following in pairwise([*filter(str.strip, lines), ""]):
            before, *after = SEPARATOR.split(line, maxsplit=1)
            if plain(before) in self._plain:
                yield narrow("".join(after)) or narrow(following)
