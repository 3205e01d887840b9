"""One screen as a person sees it: controls by the words on or beside them, in whichever frame they are."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Locator, Page, Playwright
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages.dialect import Dialect, plain
from sekisho.verdict import DeviationError

ENGINE = "eye"
SOURCE = Path(__file__).with_name("eye.js")
FRAMES_AGAIN = 50  # milliseconds between looks while a frameset is still loading
KINDS = {"fields": "field", "buttons": "button", "menu": "button", "values": "value", "messages": "says"}

Act = Literal["fill", "press"]
Sight = tuple[str, str]  # section and name in the dialect, such as ("buttons", "download")


def register(playwright: Playwright) -> None:
    """Teach Playwright to find controls by a person's words; to be called once, before the first window."""
    playwright.selectors.register(ENGINE, path=SOURCE, content_script=True)


class Screen:
    """Whatever the browser shows at the moment of asking. `current` gives the page; `patience` is in seconds.

    `acted` is told of each thing a hand does to the screen.
    """

    def __init__(
        self,
        current: Callable[[], Page],
        dialect: Dialect,
        patience: float = 5,
        acted: Callable[[Act], None] = lambda _: None,
    ) -> None:
        """Look through a dialect at the page that is current when asked."""
        self._current, self.dialect, self.patience, self._acted = current, dialect, patience, acted

    @property
    def page(self) -> Page:
        """The page itself."""
        return self._current()

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""
        with self._acting("fields", field):
            self._find(("fields", field)).fill(text, timeout=self.patience * 1000)
        self._acted("fill")

    def choose(self, field: str, option: str) -> None:
        """Choose an option of a list that drops down."""
        with self._acting("fields", field):
            self._find(("fields", field)).select_option(label=option, timeout=self.patience * 1000)
        self._acted("fill")

    def tick_in_row(self, words: str) -> None:
        """Mark the table row that shows some words."""
        row = self.page.locator("tr").filter(has_text=words).last
        try:
            row.get_by_role("radio").check(timeout=self.patience * 1000)
        except BrowserTimeoutError:
            raise DeviationError(f"{words} の行を選べない（{self.page.url}）") from None
        self._acted("fill")

    def value_in(self, field: str) -> str:
        """What stands in a field."""
        return self._find(("fields", field)).input_value()

    def press(self, button: str, section: str = "buttons") -> None:
        """Press a button, or whatever stands for one."""
        with self._acting(section, button):
            found = self.button(button, section)
            self._acted("press")  # before the click, which may return when the answer is already there
            found.click(timeout=self.patience * 1000)

    def double_press(self, button: str) -> None:
        """Press a button twice, the second time before the first answer."""
        with self._acting("buttons", button):
            # Chromium swallows the second half of a double click that submits a form; two clicks in a row get through.
            found = self.button(button)
            self._acted("press")
            found.evaluate("button => { button.click(); setTimeout(() => button.click(), 0) }")

    def button(self, name: str, section: str = "buttons") -> Locator:
        """A button, or whatever stands for one, once it shows."""
        return self._find((section, name))

    def has(self, section: str, name: str) -> bool:
        """Whether the screen, once it is there whole, shows something."""
        return any(frame.locator(self._selector((section, name))).count() for frame in self._whole().frames)

    def wait_for(self, *sights: Sight) -> Sight:
        """Wait until one of several things shows and say which. Raises DeviationError when none does in time."""
        self._find(*sights)
        return next((sight for sight in sights if self.has(*sight)), sights[0])

    def values(self, heading: str) -> list[str]:
        """The cells beside a row heading, one for each row that has it."""
        found = self._find(("values", heading)).page.locator(self._selector(("values", heading)))
        return [text.strip() for text in found.all_inner_texts()]

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The rows of the table with these columns, by the dialect's column names; empty when there is no table."""
        spellings = {name: {plain(word) for word in self.dialect.words("columns", name)} for name in columns}
        for cells in self._tables():
            places = _places(cells[0], spellings) if cells else {}
            if len(places) == len(columns):
                return [{name: row[place].strip() for name, place in places.items()} for row in cells[1:]]
        return []

    def press_in_row(self, words: str, button: str) -> None:
        """Press the button in the innermost table row that shows some words."""
        row = self.page.locator("tr").filter(has_text=words).last
        with self._acting("buttons", button):
            self._acted("press")
            row.locator(self._selector(("buttons", button))).first.click(timeout=self.patience * 1000)

    def links(self) -> list[str]:
        """Where the screen's links lead."""
        script = "all => all.map(one => one.href)"
        return [link for frame in self._whole().frames for link in frame.locator("a[href]").evaluate_all(script)]

    def _tables(self) -> Iterator[list[list[str]]]:
        script = "all => all.map(t => Array.from(t.rows, r => Array.from(r.cells, c => c.innerText)))"
        for frame in self._whole().frames:
            yield from frame.locator("table").evaluate_all(script)

    def _whole(self) -> Page:
        # A count taken of half a page would be wrong; a page that is whole already costs nothing.
        page = self.page
        page.wait_for_load_state("domcontentloaded")
        return page

    def _selector(self, sight: Sight) -> str:
        section, name = sight
        words = self.dialect.words(section, name)
        return f"{ENGINE}={json.dumps({'kind': KINDS.get(section, 'words'), 'words': words}, ensure_ascii=False)}"

    def _find(self, *sights: Sight) -> Locator:
        page = self.page
        try:
            if len(page.frames) == 1:
                found = self._any(page.main_frame, sights)
                found.wait_for(timeout=self.patience * 1000)
                return found
            return self._in_frames(page, sights)
        except BrowserTimeoutError:
            raise DeviationError(self._missing(sights)) from None

    def _in_frames(self, page: Page, sights: tuple[Sight, ...]) -> Locator:
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            for frame in page.frames:
                if (found := self._any(frame, sights)).count():
                    return found
            _until_a_frame_moves(page)
        raise BrowserTimeoutError("not in any frame")

    def _any(self, frame: Frame, sights: tuple[Sight, ...]) -> Locator:
        first, *others = (frame.locator(self._selector(sight)) for sight in sights)
        for other in others:
            first = first.or_(other)
        return first.first

    @contextmanager
    def _acting(self, section: str, name: str) -> Iterator[None]:
        try:
            yield
        except BrowserTimeoutError:
            words = "／".join(self.dialect.words(section, name))
            raise DeviationError(f"「{words}」を操作できない（{self.page.url}）") from None

    def _missing(self, sights: tuple[Sight, ...]) -> str:
        wanted = "、".join("／".join(self.dialect.words(*sight)) for sight in sights)
        return f"画面に「{wanted}」が現れない。表示されたのは: {self.text()[:200] or '（白紙）'}（{self.page.url}）"

    def text(self) -> str:
        """All words on the screen, in one line."""
        texts = []
        for frame in self.page.frames:
            try:
                texts.append(frame.locator("body").inner_text(timeout=1000))
            except BrowserError:  # a frameset has no body, and a frame may just be leaving
                continue
        return re.sub(r"\s+", " ", " ".join(texts)).strip()


def _places(heading: list[str], spellings: dict[str, set[str]]) -> dict[str, int]:
    words = [plain(cell) for cell in heading]
    return {name: place for name, known in spellings.items() for place, word in enumerate(words) if word in known}


def _until_a_frame_moves(page: Page) -> None:
    try:
        page.wait_for_event("framenavigated", timeout=FRAMES_AGAIN)
    except BrowserTimeoutError:
        return
