"""The site behind a one-time address: four steps in which the page itself makes the key and installs a certificate."""

from __future__ import annotations

from pathlib import Path

from pages.keys import Download, fetch
from pages.screen import Screen
from sekisho.certenroll import Control
from sekisho.certenroll.prompts import ROOT_LACKING, message
from sekisho.person.browsing import Browsing
from sekisho.portal.view import Term

READY: Term = ("buttons", "issue")  # once it can be pressed
WRONG: Term = ("messages", "password_wrong")
CANNOT: tuple[Term, ...] = (("messages", "control_missing"), ("messages", "cancelled"))
INSTALLABLE: Term = ("buttons", "install_client")
INSTALLED: Term = ("buttons", "confirmation")
NOT_INSTALLED: tuple[Term, ...] = (
    ("messages", "not_installed"),
    ("messages", "given_up"),
    ("messages", "save_client"),
)


class LegacySite:
    """証明書発行サイト or 証明書更新サイト, in a browser that has the control."""

    def __init__(self, screen: Screen, browsing: Browsing, control: Control) -> None:
        """Look at a screen."""
        self.screen, self._browsing, self._control = screen, browsing, control

    def open(self, address: str) -> None:
        """Step 1."""
        self._browsing.open(address)

    def open_again(self, address: str) -> None:
        """Step 1, in a new window."""
        self._browsing.close()
        self.open(address)

    def authenticate(self, password: str) -> Term | None:
        """Step 1: enter the password and go on; what came of it, None for what the dialect has no words for.

        Whose certificate has been issued and not installed may come back to step 3.
        """
        self.screen.fill("authentication_password", password)
        self.screen.press("next")
        elsewhere = (WRONG, INSTALLABLE, *CANNOT)
        self.screen.until(lambda: self._ready() or any(self.screen.has(*one) for one in elsewhere))
        if not self._ready():
            return self._outcome(*elsewhere)
        self._control.check()
        return READY

    def _ready(self) -> bool:
        return self.screen.can_press("issue")

    def issue(self) -> Term | None:
        """Step 2: have the key made and the certificate issued; what came of it, as above."""
        self.screen.press("issue")
        return self._outcome(INSTALLABLE, *CANNOT)

    def save_root(self, folder: Path) -> Download:
        """Step 3: the root's file."""
        return fetch(self.screen, lambda: self.screen.press("download_root"), folder)

    def install(self) -> Term | None:
        """Step 3: have the certificate installed; what came of it, as above.

        Some go to step 4 by themselves, others by a button: of the way there no row says anything.
        """
        before = len(self._control.computer.installed)
        self._install()
        came = self._outcome(INSTALLED, *NOT_INSTALLED)
        if came is None and len(self._control.computer.installed) > before and self.screen.can_press("step_four"):
            self.screen.press("step_four")
            came = self._outcome(INSTALLED, *NOT_INSTALLED)
        return came

    def install_from_file(self, folder: Path) -> Download:
        """Step 3 without the root: the certificate's file, which is offered once the warning is accepted."""
        return fetch(self.screen, self._install, folder)

    def _install(self) -> None:
        """Where the page warns, or says that it is done, in a layer and not in a box, the user answers that."""
        user, there = self._control.computer.user, self.screen.can_press("agree")
        self.screen.press("install_client")
        if self.screen.until(lambda: self._control.lacks_root and self._asks()):
            warning = message("\n".join(self.screen.news), question=True, about=ROOT_LACKING)
            self.screen.press("agree" if user.agrees(warning) else "decline")
        elif not there and self.screen.can_press("agree") and not self.screen.has(*INSTALLED):
            user.agrees(message("\n".join(self.screen.news), question=False))
            self.screen.press("agree")

    def _asks(self) -> bool:
        return self.screen.can_press("decline") and self.screen.can_press("agree")

    def _outcome(self, *terms: Term) -> Term | None:
        try:
            came = self.screen.look_for(*terms)
        finally:
            self._control.check()
        if came is None and not self.screen.news:
            self._control.check_came()
        return came
