"""Printed letters: what a portal's users get by post, as an HTML document that can be printed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from sekisho.language import say
from sekisho.mail.charsets import decoded
from sekisho.mail.html import charset
from sekisho.verdict import BlockedError, EnvironmentProblemError

CELLS = ("th", "td", "dt", "dd")
TITLES = ("h1", "title")
COLON = ":"  # in a cell of its own between a heading and its value, in full width too


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it: its title and its tables' rows, heading first."""

    title: str
    rows: tuple[tuple[str, str], ...]


def read(path: str) -> Letter:
    """The letter in a file. Raises BlockedError without one, EnvironmentProblemError when it cannot be read."""
    if not path:
        raise BlockedError(
            say("この利用者に届いた書面がターゲットファイルに無い", "the target file has no letter to this user")
        )
    try:
        page = Path(path).read_bytes()
    except OSError as error:
        raise EnvironmentProblemError(
            say(f"書面 {path} を読めません: {error.strerror}", f"the letter {path} cannot be read: {error.strerror}")
        ) from error
    text = decoded(page, charset(page))
    if "\ufffd" in text:
        named = charset(page) or say("書かれていない", "none is named")
        raise EnvironmentProblemError(
            say(
                f"書面 {path} を読めません: 文字コード（{named}）が合いません",
                f"the letter {path} cannot be read: it is in another encoding than it says ({named})",
            )
        )
    reader = _Reader()
    reader.feed(text)
    return Letter(reader.title.strip(), tuple(reader.rows))


class _Reader(HTMLParser):
    """Collects the title, and each heading cell with the cell after it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.rows: list[tuple[str, str]] = []
        self._cells: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        if tag in {"tr", "dl"}:
            self._cells = []
        if tag in CELLS:
            self._cells.append("")
        if tag in CELLS or (tag in TITLES and not self.title):
            self._in = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = ""
        if tag in {"tr", "dd"}:
            self._end_row()

    def _end_row(self) -> None:
        cells = [" ".join(cell.split()) for cell in self._cells]
        said = [cell for cell in cells if unicodedata.normalize("NFKC", cell) != COLON]
        if len(said) == 2:  # noqa: PLR2004 - a heading and its value
            self.rows.append((said[0], said[1]))
        self._cells = []

    def handle_data(self, data: str) -> None:
        if self._in in CELLS:
            self._cells[-1] += data
        elif self._in:
            self.title += data
