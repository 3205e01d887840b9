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
from pages.sight import Sight
from pages.tables import contents
from sekisho.evidence import screen_text
from sekisho.mail.labels import tidy, values
from sekisho.results import Mail
from sekisho.verdict import DeviationError

SECRETS = "secrets"  # the section of a dialect for values on screens and in mails that nobody else may see
ONE_WORD = re.compile(r"(?!\w+://)[!-~]{1,80}")
GROUP = re.compile(r"[0-9A-Za-z]{1,8}")
# A word with what is remarked on it, or around it: 「Ab12」（大文字と小文字を区別します）, Ab12 ※再表示できません.
REMARKED = re.compile(r"[「『【]?([!-~]+?)[」』】]?\s*(?:[（※].*|\s[(].*|です。?)?", re.DOTALL)
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
    """The same of secrets that a portal tells: one word each, so that no hint beside a field is taken for one.

    In a field they are where the portal has put them, and not a person.
    """

    kinds: ClassVar[tuple[str, ...]] = ("value", "given")

    def on_screen(self, page: Page) -> list[str]:
        """The values on a screen."""
        return list(filter(_is_code, map(copied, super().on_screen(page))))

    def in_mail(self, mail: Mail) -> list[str]:
        """The values in a mail."""
        return list(filter(_is_code, map(copied, super().in_mail(mail))))


def copied(value: str) -> str:
    """A value as a person copies it: a word without what is remarked on it, and the first of several lines."""
    found = REMARKED.fullmatch(tidy(narrow(value)))
    return found[1] if found else next(iter(value.split("\n")), "").strip()


def beside(screen: Sight, section: str, name: str) -> list[str]:
    """What stands beside a label on a screen, or in its line. Raises DeviationError where the label is not there."""
    try:
        return screen.values(name, section)
    except DeviationError:
        if found := Labelled(screen.dialect.words(section, name)).on_screen(screen.page):
            return found
        raise


def _is_code(value: str) -> bool:
    """Whether a value is one word, or one in groups of as many letters: 1234 5678 90."""
    groups = value.split(" ")
    sizes = list(map(len, groups))
    grouped = all(map(GROUP.fullmatch, groups)) and len({*sizes[:-1]}) == 1 and sizes[-1] <= sizes[0]
    return ONE_WORD.fullmatch(value) is not None or (grouped and any(map(str.isdigit, value)))
