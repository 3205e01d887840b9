"""A stand-in program as its user sees it: its windows are pages, opened small and without an address bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages.dialect import Dialect, plain
from pages.screen import Screen, Sight
from sekisho.pc import Pc
from sekisho.program import NoProgramError
from sekisho.standin import Announcement, StandIn
from sekisho.verdict import DeviationError, require

SIZE = {"width": 520, "height": 380}
PATIENCE = 10.0  # seconds; a program makes a key and asks its authority before it answers


@dataclass(frozen=True)
class Installation:
    """Where a stand-in is: the command that starts it, what it is told, and the file that says it is installed."""

    command: Sequence[str]
    settings: dict[str, Any]
    installed_as: Path
    package: str
    """What stands in that file."""


class AppWindow:
    """One window, announced by its program under a number."""

    def __init__(self, program: StandInProgram, announced: Announcement, page: Page) -> None:
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

    def has(self, section: str, name: str) -> bool:
        """Whether it shows something."""
        return self._screen.has(section, name)

    def wait_for(self, *sights: Sight) -> Sight:
        """Wait until one of several things shows, and say which."""
        self._program.seen(self.page)
        return self._screen.wait_for(*sights)

    def wait_until_closed(self) -> None:
        """Wait until its program says that it has gone."""
        while not self.closed:
            self._program.take_note(self._program.process.wait())

    def press(self, button: str) -> None:
        """Press a button, and wait for the answer."""
        try:
            with self.page.expect_navigation(wait_until="domcontentloaded", timeout=PATIENCE * 1000):
                self._screen.press(button)
        except BrowserTimeoutError:
            raise DeviationError(f"「{self.title}」のボタンを押しても何も起こらない") from None
        if self.title:  # a window that has just closed has none
            self._program.seen(self.page)

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""
        self._screen.fill(field, text)
        self._program.seen(self.page)

    def values(self, heading: str) -> list[str]:
        """What stands beside a heading."""
        return self._screen.values(heading)

    def lines(self) -> list[str]:
        """The lines of its list."""
        return [text.strip() for text in self.page.locator(".list tr:has(td)").all_inner_texts()]

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The lines of its list, by column."""
        return self._screen.rows(*columns)

    def choose_row(self, words: str) -> None:
        """Choose the line of its list that has these words."""
        found = self.page.locator(".list tr:has(td)").filter(has_text=words)
        require(found.count(), f"「{self.title}」の一覧に {words} が無い")
        found.first.locator("label").first.click()
        self._program.seen(self.page)


class StandInProgram:
    """A stand-in on a PC; `seen` is told of each window that is looked at."""

    def __init__(self, pc: Pc, dialect: Dialect, installation: Installation, seen: Callable[[Page], None]) -> None:
        """Begin with nothing started."""
        self.dialect, self.seen = dialect, seen
        self._pc, self._installation = pc, installation
        self._process: StandIn | None = None
        self._frame: BrowserContext | None = None
        self._windows: dict[str, AppWindow] = {}
        self._waiting: list[AppWindow] = []

    @property
    def process(self) -> StandIn:
        """Its process. Raises NoProgramError when it was not started."""
        if self._process is None:
            raise NoProgramError("プログラムが起動していない")
        return self._process

    @property
    def installed(self) -> bool:
        """Whether it is on the PC."""
        return self._installation.installed_as.exists()

    def install(self, file: Path) -> AppWindow:
        """Open a set-up file."""
        return self._begin("install", file=str(file))

    def ensure_installed(self) -> None:
        """Put there what the wizard puts there."""
        self._installation.installed_as.parent.mkdir(parents=True, exist_ok=True)
        self._installation.installed_as.write_text(self._installation.package, encoding="utf-8")

    def start(self, address: str = "") -> AppWindow:
        """Start it. Raises NoProgramError when it is not installed."""
        if not self.installed:
            raise NoProgramError("プログラムがインストールされていないため、起動しない")
        return self._begin("start", address=address)

    def wait_for_window(self, title: str) -> AppWindow:
        """The next window with a title of the dialect's section `windows`."""
        wanted = {plain(words) for words in self.dialect.words("windows", title)}
        while True:
            for window in self._waiting:
                if plain(window.title) in wanted:
                    self._waiting.remove(window)
                    return window
            self.take_note(self.process.wait())

    def take_note(self, *announced: Announcement) -> None:
        """Follow what the program has announced: open and close its windows."""
        for one in (*announced, *self.process.announced()):
            if one["what"] == "window":
                assert self._frame
                window = AppWindow(self, one, self._frame.new_page())
                self._windows[window.number] = window
                self._waiting.append(window)
            elif one["what"] == "closed":
                self._windows.pop(one["number"]).page.close()

    def stop(self) -> None:
        """End its process, and close its windows."""
        if self._process:
            self._process.stop()
        if self._frame:
            self._frame.close()
        self._process = self._frame = None
        self._windows.clear()
        self._waiting.clear()

    def _begin(self, action: str, **more: str) -> AppWindow:
        self.stop()
        self._frame = self._pc.window(viewport=SIZE)
        self._process = StandIn(self._installation.command, {"action": action, **self._installation.settings, **more})
        while not self._waiting:
            self.take_note(self.process.wait())
        return self._waiting.pop(0)
