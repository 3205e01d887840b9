"""The screens of a revocation after its two numbers: where to write when it is done, and the last look."""

from __future__ import annotations

from pages.notice import Numbers, enter_numbers
from pages.screen import Screen
from sekisho.portal.view import Term

ADDRESSES = ("fields", "notify_mail_again")
CONFIRMATION = ("screens", "revocation_confirmation")
CONFIRMATION_MEANS: tuple[Term, ...] = (("buttons", "back"), ("buttons", "apply_revocation"))
ACCEPTED = ("screens", "revocation_accepted")


class RevocationPage:
    """証明書失効申請情報."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def fill_in(self, given: Numbers, address: str) -> None:
        """From the two numbers to the last look."""
        enter_numbers(self._screen, given)
        self.enter_mail(address, address)

    def enter_mail(self, address: str, again: str) -> None:
        """Fill in twice where to write to, and go on to the last look."""
        self._screen.fill("notify_mail", address)
        self._screen.fill("notify_mail_again", again)
        self._screen.press("apply_revocation")

    def facts(self, heading: str) -> list[str]:
        """What stands beside a heading on the confirmation screen."""
        return self._screen.values(heading)

    def apply(self) -> None:
        """Apply, on the confirmation screen."""
        self._screen.press("apply_revocation")

    def go_back(self) -> None:
        """Go back without applying."""
        self._screen.press("back")
