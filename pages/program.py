"""A stand-in program as its user sees it: its windows are pages, opened small and without an address bar."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page

from pages.dialect import Dialect, plain
from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.portal.view import Term
from sekisho.program import Machine, NoProgramError
from sekisho.program.stand_in import Announcement, StandIn
from sekisho.verdict import DeviationError, require

SIZE = {"width": 520, "height": 380}
PATIENCE = 60.0  # seconds, while something goes on: a program makes a key and asks its authority before it answers


@dataclass(frozen=True)
class Installation:
    """Where a stand-in is: the command that starts it, what it is told, and the file that says it is installed."""

    command: Sequence[str]
    settings: dict[str, Any]
    installed_as: Path
    package: str
    """What stands in that file."""
    start_menu: Path
    """The folder of what is in the start menu."""


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
    def status(self) -> int | None:
        """None: nothing was asked of a server."""
        return None

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

    def missing(self, *terms: Term) -> DeviationError:
        """What it means that none of several things shows."""
        return self._screen.missing(*terms)

    def wait_until_closed(self) -> None:
        """Wait until its program says that it has gone."""
        while not self.closed:
            self._program.take_note(self._program.process.wait())

    def press(self, button: str) -> None:
        """Press a button, and wait for the answer."""
        moved: list[Frame] = []

        def note(frame: Frame) -> None:
            moved.append(frame)

        self.page.on("framenavigated", note)
        try:
            self._screen.press(button)
            require(self._screen.until(lambda: bool(moved)), f"「{self.title}」のボタンを押しても何も起こらない")
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
        require(found.count(), f"「{self.title}」の一覧に {words} が無い")
        found.first.locator("label").first.click()
        self._program.seen(self.page)


class StandInProgram:
    """A stand-in on a PC; `seen` is told of each window that is looked at."""

    def __init__(self, pc: Pc, dialect: Dialect, installation: Installation, seen: Callable[[Page], None]) -> None:
        """Begin with nothing started."""
        self.dialect, self.seen = dialect, seen
        self._pc, self._installation = pc, installation
        self.touched: set[str] = set()
        self._more: dict[str, Any] = {}
        self._held = installation.installed_as.with_name("registry.held")
        self._process: StandIn | None = None
        self._frame: BrowserContext | None = None
        self._windows: dict[str, AppWindow] = {}
        self._waiting: list[AppWindow] = []
        self._done: set[str] = set()
        self._resident = False
        self._notices: list[str] | None = None

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

    @property
    def version(self) -> str:
        """The version that the list of installed programs shows."""
        if not self.installed:
            return ""
        return str(json.loads(self._installation.installed_as.read_text(encoding="utf-8"))["version"])

    @property
    def start_menu(self) -> list[str]:
        """What setting up programs has put into the start menu."""
        folder = self._installation.start_menu
        return sorted(one.name for one in folder.iterdir()) if folder.exists() else []

    def be_on(self, machine: Machine) -> None:
        """Tell the program that the PC is of a kind."""
        self._more["machine"] = asdict(machine)

    def use_proxy(self, address: str) -> None:
        """Put a proxy into the PC's settings."""
        self._more["proxy"] = address

    def hold_registry(self, *, held: bool) -> None:
        """Let another program hold what the set-up must write, or let go of it."""
        self._held.parent.mkdir(parents=True, exist_ok=True)
        if held:
            self._held.touch()
        else:
            self._held.unlink(missing_ok=True)

    def install(self, file: Path) -> AppWindow:
        """Open a set-up file."""
        return self._open("install", file=str(file))

    def uninstall(self) -> AppWindow:
        """Have it uninstalled. Raises NoProgramError when it is not installed."""
        if not self.installed:
            raise NoProgramError("プログラムがインストールされていないため、アンインストールできない")
        return self._open("uninstall")

    def ensure_installed(self, version: str = "") -> None:
        """Put there what the wizard puts there."""
        package = json.loads(self._installation.package)
        package["version"] = version or package["version"]
        self._installation.start_menu.mkdir(parents=True, exist_ok=True)
        (self._installation.start_menu / package["title"]).touch()
        self._installation.installed_as.write_text(json.dumps(package), encoding="utf-8")

    def sign_in(self) -> list[str]:
        """Sign in to the PC: the part of the program that stays there is started, or told so."""
        if not self.installed:
            return []
        if self._resident and self._process:
            self._process.tell("sign-in")
        else:
            self._begin("sign-in")
            self._resident = True
        while self._notices is None:
            self.take_note(self.process.wait())
        found, self._notices = self._notices, None
        return found

    def start(self, address: str = "") -> AppWindow:
        """Start it. Raises NoProgramError when it is not installed."""
        if not self.installed:
            raise NoProgramError("プログラムがインストールされていないため、起動しない")
        return self._open("start", address=address)

    def wait_for_window(self, title: str) -> AppWindow:
        """The next window with a title of the dialect's section `windows`; where none has it, the next of all."""
        wanted = {plain(words) for words in self.dialect.words("windows", title)}
        while not self._waiting:  # a press has told of all that it led to: what comes now comes by itself
            self.take_note(self.process.wait())
        window = next((one for one in self._waiting if plain(one.title) in wanted), self._waiting[0])
        self._waiting.remove(window)
        return window

    def take_note(self, *announced: Announcement) -> None:
        """Follow what the program has announced: open and close its windows."""
        for one in (*announced, *self.process.announced()):
            if one["what"] == "window":
                assert self._frame
                window = AppWindow(self, one, self._frame.new_page())
                self._windows[window.number] = window
                self._waiting.append(window)
            elif one["what"] == "closed":
                self._close(self._windows.pop(one["number"]))
            elif one["what"] == "done":
                self._done.add(one["number"])
            elif one["what"] == "changed":
                self._windows[one["number"]].page.reload(wait_until="domcontentloaded")
            elif one["what"] == "notices":
                self._notices = one["texts"]
            elif one["what"] == "touched":
                self.touched.add(one["defect"])

    def follow_press(self, number: str) -> None:
        """Follow all that a press in a window has led to."""
        while number not in self._done:
            self.take_note(self.process.wait())
        self._done.remove(number)

    def _close(self, window: AppWindow) -> None:
        window.page.close()
        if window in self._waiting:
            self._waiting.remove(window)

    def stop(self) -> None:
        """End its process, and close its windows."""
        if self._process:
            self._process.stop()
            self.touched |= {one["defect"] for one in self._process.announced() if one["what"] == "touched"}
        if self._frame:
            self._frame.close()
        self._process = self._frame = self._notices = None
        self._resident = False
        self._windows.clear()
        self._waiting.clear()
        self._done.clear()

    def _begin(self, action: str, **more: str) -> None:
        self.stop()
        settings = {"action": action, "held": str(self._held), **self._installation.settings, **self._more, **more}
        self._process = StandIn(self._installation.command, settings)

    def _open(self, action: str, **more: str) -> AppWindow:
        self._begin(action, **more)
        self._frame = self._pc.window(viewport=SIZE)
        while not self._waiting:
            self.take_note(self.process.wait())
        return self._waiting.pop(0)
