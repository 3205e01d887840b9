"""A program on the user's desktop, as its user sees it: windows with words, fields and buttons.

Whoever drives a program implements these: a stand-in on loopback, or the real program of a Windows PC. Controls are
named as in the manual's dialect, so that the driver knows their words. `docs/programs.md` says more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from sekisho.portal.view import Showing, Term
from sekisho.verdict import DeviationError


class NoProgramError(DeviationError):
    """The program does not start, or does not do what must come next."""


@dataclass(frozen=True)
class Machine:
    """What a program may need of a PC: Windows, its width in bits and language, and .NET Framework ("" for none)."""

    system: str = "Windows 11"
    bits: Literal[32, 64] = 64
    framework: str = "4.8"
    language: Literal["ja", "en"] = "ja"


class Window(Showing, Protocol):
    """One window. What does not come in time is a DeviationError."""

    @property
    def title(self) -> str:
        """The words in its title bar."""

    @property
    def closed(self) -> bool:
        """Whether it has gone."""

    @property
    def complaint(self) -> str:
        """What it says is wrong with what was entered; empty when nothing is."""

    def reads(self, name: str) -> bool:
        """Whether a message stands in it, new or not."""

    def wait_for(self, *terms: Term) -> Term:
        """Wait until one of several things shows, and say which."""

    def wait_until_closed(self) -> None:
        """Wait until it has gone."""

    def press(self, button: str) -> None:
        """Press a button, and wait for what it does."""

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""

    def value_in(self, field: str) -> str:
        """What stands in a field."""

    def lines(self) -> list[str]:
        """The lines of its list."""

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The lines of its list, by column."""

    def choose_row(self, words: str) -> None:
        """Choose the line of its list that has these words."""


class Program(Protocol):
    """One program on one PC, for one scenario."""

    presses: Callable[[str], None]
    """Told before each press in one of its windows, with the window's title."""

    @property
    def installed(self) -> bool:
        """Whether it is on the PC."""

    @property
    def version(self) -> str:
        """The version that the list of installed programs shows; empty when it is not on the PC."""

    @property
    def start_menu(self) -> Sequence[str]:
        """What setting up programs has put into the start menu."""

    def be_on(self, machine: Machine) -> None:
        """Let the PC be of a kind. Raises NotApplicableError where it is not and cannot be."""

    def use_proxy(self, address: str) -> None:
        """Put a proxy into the PC's settings; an empty address takes it out again."""

    def trust_root(self, file: Path) -> None:
        """Let the PC trust one more root (PEM) for the servers that programs ask."""

    def hold_registry(self, *, held: bool) -> None:
        """Let another program hold what the set-up must write, or let go of it."""

    def install(self, file: Path) -> Window:
        """Open a set-up file, and give the wizard's first window."""

    def uninstall(self) -> Window:
        """Choose it in the list of installed programs, and there to uninstall it; the first window."""

    def ensure_installed(self, version: str = "") -> None:
        """Let the PC be one on which the program was set up before, in a version."""

    def sign_in(self) -> Sequence[str]:
        """Sign in to the PC, as every morning; what the program then shows beside the task tray."""

    def start(self, address: str = "") -> Window:
        """Start it, as the user does or (with an address) as the system does for a page; its first window."""

    def wait_for_window(self, title: str) -> Window:
        """The next window with a title of the dialect's section `windows`; where none has it, the next of all."""

    def stop(self) -> None:
        """End it, whatever it is doing."""

    def kill(self) -> None:
        """Kill its process, from any thread: it is ended as by a power cut, and its windows stay without one."""
