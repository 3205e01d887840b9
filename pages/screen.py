"""One screen as a person sees it: controls by the words on or beside them, in whichever frame they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Literal

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Locator, Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages import eye
from pages.dialect import Dialect, plain
from pages.tables import CONTENTS, TABLES, contents, rows
from sekisho.verdict import DeviationError

KINDS = {
    "fields": "field",
    "buttons": "button",
    "menu": "button",
    "values": "value",
    "messages": "says",
    "screens": "heading",
}

SHOWN = "body => innerWidth && innerHeight ? body.innerText : ''"  # old framesets have a frame that nobody sees

Act = Literal["fill", "press"]
Sight = tuple[str, str]  # section and name in the dialect, such as ("buttons", "download")


class Screen:
    """Whatever the browser shows at the moment of asking. `current` gives the page; `patience` is in seconds.

    `family` gives all windows that belong to it, the front one first; `turned` is told when a hand goes to another.
    `acted` is told of each thing a hand does to the screen. `said` gives what the page has just said in boxes that are
    closed already: a person has read them.
    """

    def __init__(
        self,
        current: Callable[[], Page],
        dialect: Dialect,
        patience: float = 5,
        acted: Callable[[Act], None] = lambda _: None,
        *,
        family: Callable[[], Sequence[Page]] | None = None,
        turned: Callable[[Page], None] = lambda _: None,
        said: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """Look through a dialect at the page that is current when asked."""
        self._current, self.dialect, self.patience, self._acted = current, dialect, patience, acted
        self._family, self._turned, self._said = family or (lambda: [current()]), turned, said

    @property
    def page(self) -> Page:
        """The page itself: the front window's."""
        return self._current()

    @property
    def said(self) -> Sequence[str]:
        """What the page has just said in boxes of its own."""
        return self._said()

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""
        with self._acting("fields", field):
            self._hand_on(("fields", field)).fill(text, timeout=self.patience * 1000)
        self._acted("fill")

    def choose(self, field: str, option: str) -> None:
        """Choose an option of a list that drops down."""
        with self._acting("fields", field):
            self._hand_on(("fields", field)).select_option(label=option, timeout=self.patience * 1000)
        self._acted("fill")

    def tick_in_row(self, words: str) -> None:
        """Mark the table row that shows some words."""
        try:
            self._row(words).get_by_role("radio").check(timeout=self.patience * 1000)
        except BrowserTimeoutError:
            raise DeviationError(f"{words} の行を選べない（{self.page.url}）") from None
        self._acted("fill")

    def value_in(self, field: str) -> str:
        """What stands in a field, or beside the field's name where the portal shows it as text."""
        found = self._find(("fields", field), kinds=("field", "value"))
        return next(iter(self._contents(found, self.dialect.words("fields", field))), "")

    def press(self, button: str, section: str = "buttons") -> None:
        """Press a button, or whatever stands for one."""
        with self._acting(section, button):
            found = self._hand_on((section, button))
            self._acted("press")  # before the click, which may return when the answer is already there
            found.click(timeout=self.patience * 1000)

    def double_press(self, button: str) -> None:
        """Press a button twice, the second time before the first answer."""
        with self._acting("buttons", button):
            # Chromium swallows the second half of a double click that submits a form; two clicks in a row get through.
            found = self._hand_on(("buttons", button))
            self._acted("press")
            found.evaluate("button => { button.click(); setTimeout(() => button.click(), 0) }")

    def button(self, name: str, section: str = "buttons") -> Locator:
        """A button, or whatever stands for one, once it shows."""
        return self._hand_on((section, name))

    def has(self, section: str, name: str) -> bool:
        """Whether the screen, once it is there whole, shows something, or has just said it."""
        return self._was_said((section, name)) or any(
            frame.locator(self._selector((section, name))).count() for frame in self._whole()
        )

    def wait_for(self, *sights: Sight) -> Sight:
        """Wait until one of several things shows and say which. Raises DeviationError when none does in time."""
        if not any(map(self._was_said, sights)):
            self._find(*sights)
        return next((sight for sight in sights if self.has(*sight)), sights[0])

    def _was_said(self, sight: Sight) -> bool:
        section, name = sight
        words = [plain(word) for word in self.dialect.words(section, name)] if section == "messages" else []
        return any(word in plain(text) for text in self._said() for word in words)

    def values(self, heading: str) -> list[str]:
        """What stands beside a heading, once for each time that it is there."""
        self._find(("values", heading))
        words = self.dialect.words("values", heading)
        found = (frame.locator(self._selector(("values", heading))) for frame in self._whole())
        return [value for one in found for value in self._contents(one, words)]

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The rows of the table with these columns, by the dialect's column names; empty when there is no table."""
        words = {name: self.dialect.words("columns", name) for name in columns}
        return next((found for table in self._tables() if (found := rows(table, words)) is not None), [])

    def press_in_row(self, words: str, button: str) -> None:
        """Press the button in the innermost table row that shows some words."""
        with self._acting("buttons", button):
            row = self._row(words)
            self._acted("press")
            row.locator(self._selector(("buttons", button))).first.click(timeout=self.patience * 1000)

    def go_back(self) -> None:
        """Press the browser's own button, which goes back in whichever frame moved last."""
        self.page.evaluate("history.back()")
        self._acted("press")

    def links(self) -> list[str]:
        """Where the screen's links lead."""
        script = "all => all.map(one => one.href)"
        return [link for frame in self._whole() for link in frame.locator("a[href]").evaluate_all(script)]

    def _contents(self, found: Locator, words: Sequence[str]) -> list[str]:
        return contents(found.evaluate_all(CONTENTS), words)

    def _tables(self) -> Iterator[list[list[str]]]:
        for frame in self._whole():
            yield from frame.locator("table").evaluate_all(TABLES)

    def _row(self, words: str) -> Locator:
        found = self._seen([eye.selector("row", [words])])
        if found is None:
            raise DeviationError(f"「{words}」の行が無い。表示されたのは: {self.text()[:200]}（{self.page.url}）")
        return self._at(found)

    def _frames(self) -> list[Frame]:
        return [frame for window in self._family() for frame in window.frames]

    def _whole(self) -> list[Frame]:
        # A count taken of half a page would be wrong; a page that is whole already costs nothing.
        self.page.wait_for_load_state("domcontentloaded")
        frames = self._frames()
        for frame in frames[1:]:
            with suppress(BrowserError):  # a frame that is just leaving is not looked at
                frame.wait_for_load_state("domcontentloaded", timeout=self.patience * 1000)
        return [frame for frame in frames if not frame.is_detached()]

    def _selector(self, sight: Sight, kind: str = "") -> str:
        section, name = sight
        if given := self.dialect.locator(section, name):
            return given
        kind = kind or KINDS.get(section, "words")
        return eye.selector(kind, self.dialect.words(section, name), self.dialect.headings if kind == "value" else ())

    def _hand_on(self, sight: Sight) -> Locator:
        return self._at(self._find(sight))

    def _at(self, found: Locator) -> Locator:
        """A thing with the hand on it: its window comes to the front."""
        if found.page is not self.page:
            self._turned(found.page)
        return found

    def _find(self, *sights: Sight, kinds: Sequence[str] = ("",)) -> Locator:
        found = self._seen([self._selector(sight, kind) for sight in sights for kind in kinds])
        if found is None:
            raise DeviationError(self._missing(sights))
        return found

    def _seen(self, selectors: Sequence[str]) -> Locator | None:
        return eye.find(self._family, selectors, self.patience)

    @contextmanager
    def _acting(self, section: str, name: str) -> Iterator[None]:
        try:
            yield
        except BrowserTimeoutError:
            words = "／".join(self.dialect.words(section, name))
            raise DeviationError(f"「{words}」を操作できない（{self.page.url}）") from None

    def _missing(self, sights: tuple[Sight, ...]) -> str:
        wanted = "、".join("／".join(self.dialect.words(*sight)) for sight in sights)
        said = "".join(f"「{text}」というメッセージと、" for text in self._said())
        return (
            f"画面に「{wanted}」が現れない。表示されたのは: {said}{self.text()[:200] or '（白紙）'}（{self.page.url}）"
        )

    def text(self) -> str:
        """All words on the screen, in one line."""
        texts = []
        for frame in self._frames():
            try:
                texts.append(frame.locator("body").evaluate(SHOWN, timeout=1000))
            except BrowserError:  # a frameset has no body, and a frame may just be leaving
                continue
        return re.sub(r"\s+", " ", " ".join(texts)).strip()
