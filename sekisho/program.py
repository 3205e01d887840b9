"""A program on the user's desktop, as its user sees it: windows with words, fields and buttons.

Whoever drives a program implements these: a stand-in on loopback, or the real program of a Windows PC. Controls are
named as in the manual's dialect, so that the driver knows their words. `docs/programs.md` says more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sekisho.verdict import DeviationError

Sight = tuple[str, str]  # section and name in the dialect, such as ("buttons", "issue")


class NoProgramError(DeviationError):
    """The program does not start, or does not do what must come next."""


class Window(Protocol):
    """One window. Everything is read at the moment of asking; what does not come in time is a DeviationError."""

    @property
    def title(self) -> str:
        """The words in its title bar."""

    @property
    def closed(self) -> bool:
        """Whether it has gone."""

    def text(self) -> str:
        """All words in it, in one line."""

    def has(self, section: str, name: str) -> bool:
        """Whether it shows something."""

    def wait_for(self, *sights: Sight) -> Sight:
        """Wait until one of several things shows, and say which."""

    def wait_until_closed(self) -> None:
        """Wait until it has gone."""

    def press(self, button: str) -> None:
        """Press a button, and wait for what it does."""

    def fill(self, field: str, text: str) -> None:
        """Type a text into a field."""

    def values(self, heading: str) -> list[str]:
        """What stands beside a heading."""

    def lines(self) -> list[str]:
        """The lines of its list."""

    def rows(self, *columns: str) -> list[dict[str, str]]:
        """The lines of its list, by column."""

    def choose_row(self, words: str) -> None:
        """Choose the line of its list that has these words."""


class Program(Protocol):
    """One program on one PC, for one scenario."""

    @property
    def installed(self) -> bool:
        """Whether it is on the PC."""

    def install(self, file: Path) -> Window:
        """Open a set-up file, and give the wizard's first window."""

    def ensure_installed(self) -> None:
        """Let the PC be one on which the program was set up before."""

    def start(self, address: str = "") -> Window:
        """Start it, as the user does or (with an address) as the system does for a page; its first window."""

    def wait_for_window(self, title: str) -> Window:
        """The next window with a title of the dialect's section `windows`."""

    def stop(self) -> None:
        """End it, whatever it is doing."""
