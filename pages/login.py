"""The enrolment site's login screen."""

from __future__ import annotations

from collections.abc import Callable

from pages.dialect import has_any
from pages.screen import Screen
from sekisho.language import say
from sekisho.verdict import BlockedError

DOOR, LOGOUT, INSIDE = ("fields", "user_id"), ("buttons", "logout"), ("menu", "key")


class LoginPage:
    """ユーザ認証."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def log_in(self, user_id: str, password: str) -> None:
        """Enter user ID and password and press Login."""
        self._screen.fill("user_id", user_id)
        self._screen.fill("login_password", password)
        self._screen.press("login")

    def log_in_beside(self, user_id: str, password: str, open_again: Callable[[], None]) -> None:
        """The same beside another tab, by which the site may be open already: for this user, or for another.

        Another is logged out first, as a person would do it. Raises BlockedError where that is not offered.
        """
        if self._screen.look_for(DOOR, INSIDE, LOGOUT) in {INSIDE, LOGOUT}:
            if has_any(self._screen.text(), [user_id]):
                return
            self._log_out()
            if self._screen.look_for(DOOR) is None:
                open_again()
        self.log_in(user_id, password)

    def _log_out(self) -> None:
        if not self._screen.dialect.has(*LOGOUT) or self._screen.look_for(LOGOUT) is None:
            key, url = self._screen.dialect.key(LOGOUT), self._screen.page.url
            raise BlockedError(
                say(
                    f"別のタブでログインした利用者のままで、「ログアウト」が無い（{url}）。{key}",
                    f"Whoever logged in in another tab still is, and there is no log-out ({url}). {key}",
                )
            )
        self._screen.press("logout")
