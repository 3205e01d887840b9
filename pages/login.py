"""The enrolment site's login screen."""

from __future__ import annotations

from pages.screen import Screen


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
