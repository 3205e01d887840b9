"""What stands beside or below a label, on a screen and in a mail: as a person finds it, and line by line besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import ClassVar

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Page

from pages import eye
from pages.dialect import narrow, plain
from pages.tables import contents
from sekisho.evidence import screen_text
from sekisho.mail.labels import tidy, values
from sekisho.results import Mail

SECRETS = "secrets"  # the section of a dialect for values on screens and in mails that nobody else may see
ONE_WORD = re.compile(r"(?!\w+://)[!-~]{1,80}")
SEPARATOR = re.compile(r"[:：\t]")


class Labelled:
    """The values of some labels."""

    kinds: ClassVar[tuple[str, ...]] = ("value", "field")

    def __init__(self, labels: Sequence[str]) -> None:
        """Look for these."""
        self._labels = labels
        self._plain = {plain(one) for one in labels}
        self._selectors = [eye.selector(kind, labels) for kind in self.kinds]

    def on_screen(self, page: Page) -> list[str]:
        """The values on a screen, in fields too. What no eye finds, stands in the line after the label."""
        return [value for frame in screen_text.frames_of(page) for value in (*self._seen(frame), *self._lines(frame))]

    def in_mail(self, mail: Mail) -> list[str]:
        """The values in a mail, however its writer has set labels and values apart."""
        return [*self._after(mail.body.splitlines()), *self._written(mail.body)]

    def _seen(self, frame: Frame) -> Iterator[str]:
        for selector in self._selectors:
            try:
                yield from contents(eye.ask_all(frame.locator(selector), "contents"), self._labels)
            except BrowserError:  # a frame that is just leaving shows nothing
                return

    def _lines(self, frame: Frame) -> Iterator[str]:
        seen = screen_text.seen(frame)
        lines = seen.words if seen else []
        return chain(self._after(lines), self._written("\n".join(lines)))

    def _written(self, text: str) -> Iterator[str]:
        return (narrow(value) for value in values(text, lambda words: plain(words) in self._plain))

    def _after(self, lines: Iterable[str]) -> Iterator[str]:
        """What stands after a label on its line, or on the next one."""
        for line, following in pairwise([*filter(str.strip, lines), ""]):
            before, *after = SEPARATOR.split(line, maxsplit=1)
            if plain(before) in self._plain:
                yield narrow("".join(after)) or narrow(following)


class Secrets(Labelled):
    """The same of secrets that a portal tells: one word each, so that no hint beside a field is taken for one."""

    kinds: ClassVar[tuple[str, ...]] = ("value",)

    def on_screen(self, page: Page) -> list[str]:
        """The values on a screen."""
        return list(filter(ONE_WORD.fullmatch, map(tidy, super().on_screen(page))))

    def in_mail(self, mail: Mail) -> list[str]:
        """The values in a mail."""
        return list(filter(ONE_WORD.fullmatch, map(tidy, super().in_mail(mail))))
