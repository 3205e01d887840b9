"""One window of a stand-in program as its user sees it: a page without an address bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from playwright.sync_api import Frame, Page

from pages.dialect import Dialect
from pages.screen import Screen
from sekisho.language import say
from sekisho.portal.view import Term
from sekisho.program.stand_in import Announcement, StandIn
from sekisho.verdict import DeviationError, require

PATIENCE = 60.0  # seconds, while something goes on: a program makes a key and asks its authority before it answers


class Opener(Protocol):
    """What a window needs of the program that opened it."""

    dialect: Dialect
    seen: Callable[[Page], None]
    """Told of each window that is looked at."""
    presses: Callable[[str], None]
    """Told before each press, with the title of its window."""

    @property
    def process(self) -> StandIn:
        """Its process."""

    def take_note(self, *announced: Announcement) -> None:
        """Follow what the program has announced."""

    def follow_press(self, number: str) -> None:
        """Follow all that a press in a window has led to."""


class AppWindow:
    """One window, announced by its program under a number."""

    def __init__(self, program: Opener, announced: Announcement, page: Page) -> None:
        """Show it."""
        self.number: str = announced["number"]
        self.page = page
        self._program = program
        self._screen = Screen(lambda: page, program.dialect, PATIENCE)
        page.goto(announced["url"], wait_until="domcontentloaded")
        program.seen(page)

    @property
    def title(self) -> str:
        """The words in its title bar."""
        return self.page.title()

    @property
    def closed(self) -> bool:
        """Whether it has gone."""
        self._program.take_note()
        return self.page.is_closed()

    def text(self) -> str:
        """All words in it."""
        return self._screen.text()

    @property
    def complaint(self) -> str:
        """What it says is wrong with what was entered."""
        if self.closed:
            return ""
        return " ".join(self.page.get_by_role("alert").all_inner_texts()).strip()

    @property
    def dialect(self) -> Dialect:
        """The words of the program."""
        return self._screen.dialect

    @property
    def news(self) -> list[str]:
        """What it says that it did not say before the last press."""
        return self._screen.news

    @property
    def stood(self) -> bool:
        """Whether something stood in it before the last press."""
        return self._screen.stood

    @property
    def status(self) -> int | None:
        """None: nothing was asked of a server."""
        return None

    def headings(self) -> list[str]:
        """What its headings say."""
        return self._screen.headings()

    def labels(self) -> list[str]:
        """What its buttons say."""
        return self._screen.labels()

    def has(self, section: str, name: str) -> bool:
        """Whether it shows something."""
        return self._screen.has(section, name)

    def has_in_front(self, section: str, name: str) -> bool:
        """The same: nothing lies behind it."""
        return self._screen.has_in_front(section, name)

    def reads(self, name: str) -> bool:
        """Whether a message stands in it, new or not."""
        return self._screen.reads(name)

    def wait_for(self, *terms: Term) -> Term:
        """Wait until one of several things shows, and say which."""
        self._program.seen(self.page)
        return self._screen.wait_for(*terms)

    def look_for(self, *terms: Term) -> Term | None:
        """Wait as `wait_for`; None where none of them comes."""
        self._program.seen(self.page)
        return self._screen.look_for(*terms)

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:
        """What it means that none of several things shows."""
        return self._screen.missing(*terms, instead=instead)

    def wait_until_closed(self) -> None:
        """Wait until its program says that it has gone."""
        while not self.closed:
            self._program.take_note(self._program.process.wait())

    def press(self, button: str) -> None:
        """Press a button, and wait for the answer."""
        moved: list[Frame] = []

        def note(frame: Frame) -> None:
            moved.append(frame)

        self._program.presses(self.title)
        self.page.on("framenavigated", note)
        try:
            self._screen.press(button)
            require(
                self._screen.until(lambda: bool(moved)),
                say(
                    f"「{self.title}」のボタンを押しても何も起こらない",
                    f'Nothing happens when the button of "{self.title}" is pressed',
                ),
            )
            self.page.wait_for_load_state("domcontentloaded")
        finally:
            self.page.remove_listener("framenavigated", note)
        if self.title:  # a window that has just closed has none
            self._program.seen(self.page)
        self._program.follow_press(self.number)

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""
        self._screen.fill(field, text)
        self._program.seen(self.page)

    def value_in(self, field: str) -> str:
        """What stands in a field."""
        return self._screen.value_in(field)

    def values(self, heading: str) -> list[str]:
        """What stands beside a heading."""
        return self._screen.values(heading)

    def lines(self) -> list[str]:
        """The lines of its list."""
        return [text.strip() for text in self.page.locator(".list tr:has(td)").all_inner_texts()]

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The lines of its list, by column."""
        return self._screen.table(*columns)

    def choose_row(self, words: str) -> None:
        """Choose the line of its list that has these words."""
        found = self.page.locator(".list tr:has(td)").filter(has_text=words)
        require(
            found.count(), say(f"「{self.title}」の一覧に {words} が無い", f'The list of "{self.title}" has no {words}')
        )
        found.first.locator("label").first.click()
        self._program.seen(self.page)
