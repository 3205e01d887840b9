"""The site behind a one-time address: four steps in which the page itself makes the key and installs a certificate."""

from __future__ import annotations

from pathlib import Path

from pages.keys import Download, fetch
from pages.screen import Screen, Sight
from sekisho.browsing import Browsing
from sekisho.certenroll import Control

READY: Sight = ("messages", "ready")
WRONG: Sight = ("messages", "password_wrong")
CANNOT: tuple[Sight, ...] = (("messages", "control_missing"), ("messages", "cancelled"))
INSTALLABLE: Sight = ("buttons", "install_client")
INSTALLED: Sight = ("buttons", "confirmation")
NOT_INSTALLED: tuple[Sight, ...] = (
    ("messages", "not_installed"),
    ("messages", "given_up"),
    ("messages", "save_client"),
)


class LegacySite:
    """証明書発行サイト or 証明書更新サイト, in a browser that has the control."""

    def __init__(self, screen: Screen, browsing: Browsing, control: Control) -> None:
        """Look at a screen."""
        self._screen, self._browsing, self._control = screen, browsing, control

    def open(self, address: str) -> None:
        """Step 1."""
        self._browsing.open(address)

    def authenticate(self, password: str) -> Sight:
        """Step 1: enter the password and go on; what came of it."""
        self._screen.fill("authentication_password", password)
        self._screen.press("next")
        return self._outcome(READY, WRONG, *CANNOT)

    def issue(self) -> Sight:
        """Step 2: have the key made and the certificate issued; what came of it."""
        self._screen.press("issue")
        return self._outcome(INSTALLABLE, *CANNOT)

    def save_root(self, folder: Path) -> Download:
        """Step 3: the root's file."""
        return fetch(self._screen, self._screen.button("download_root"), folder)

    def install(self) -> Sight:
        """Step 3: have the certificate installed; what came of it."""
        self._screen.press("install_client")
        return self._outcome(INSTALLED, *NOT_INSTALLED)

    def install_from_file(self, folder: Path) -> Download:
        """Step 3 without the root: the certificate's file, which is offered once the warning is accepted."""
        return fetch(self._screen, self._screen.button("install_client"), folder)

    def _outcome(self, *sights: Sight) -> Sight:
        try:
            return self._screen.wait_for(*sights)
        finally:
            self._control.check()
