"""A stand-in program on a PC: set up, started and followed, each of its windows opened as it announces it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as BrowserError

from pages.app_window import AppWindow
from pages.dialect import Dialect, plain
from sekisho.browser.pc import Pc
from sekisho.language import say
from sekisho.program import Machine, NoProgramError
from sekisho.program.stand_in import Announcement, StandIn
from sekisho.verdict import BlockedError

SIZE = {"width": 520, "height": 380}
REAL = (b"MZ", b"\xd0\xcf\x11\xe0", b"PK\x03\x04")
"""How programs, Windows Installer's files and archives begin."""


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


class StandInProgram:
    """A stand-in on a PC; `seen` is told of each window that is looked at."""

    def __init__(self, pc: Pc, dialect: Dialect, installation: Installation, seen: Callable[[Page], None]) -> None:
        """Begin with nothing started."""
        self.dialect, self.seen = dialect, seen
        self.presses: Callable[[str], None] = lambda _: None
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
            raise NoProgramError(say("プログラムが起動していない", "The program is not running"))
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
        """Put a proxy into the PC's settings, or none."""
        self._more["proxy"] = address

    def trust_root(self, file: Path) -> None:
        """Put a root beside those that the program trusts."""
        known = [Path(one).read_bytes() for one in (self._installation.settings["server_root"], file) if one]
        both = self._held.with_name("server_roots.pem")
        both.parent.mkdir(parents=True, exist_ok=True)
        both.write_bytes(b"\n".join(known))
        self._more["server_root"] = str(both)

    def hold_registry(self, *, held: bool) -> None:
        """Let another program hold what the set-up must write, or let go of it."""
        self._held.parent.mkdir(parents=True, exist_ok=True)
        if held:
            self._held.touch()
        else:
            self._held.unlink(missing_ok=True)

    def install(self, file: Path) -> AppWindow:
        """Open a set-up file. Raises BlockedError for one of a real program."""
        check_stand_in(file)
        return self._open("install", file=str(file))

    def uninstall(self) -> AppWindow:
        """Have it uninstalled. Raises NoProgramError when it is not installed."""
        if not self.installed:
            raise NoProgramError(
                say(
                    "プログラムがインストールされていないため、アンインストールできない",
                    "The program is not installed, so it cannot be uninstalled",
                )
            )
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
            raise NoProgramError(
                say(
                    "プログラムがインストールされていないため、起動しない",
                    "The program is not installed, so it does not start",
                )
            )
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
            with suppress(BrowserError):  # its browser was killed, and the windows with it
                self._frame.close()
        self._process = self._frame = self._notices = None
        self._resident = False
        self._windows.clear()
        self._waiting.clear()
        self._done.clear()

    def kill(self) -> None:
        """Kill its process."""
        if self._process:
            self._process.kill()

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


def check_stand_in(file: Path) -> None:
    """Raise BlockedError for the set-up of a real program: it runs on Windows only, and its portal is right."""
    if file.read_bytes().startswith(REAL):
        raise BlockedError(
            say(
                f"{file.name} は本物のプログラムのセットアップで、代わりのプログラムでは動かせない",
                f"{file.name} sets up a real program, which the stand-in cannot run",
            )
        )
