"""A service that lets only PCs with a certificate in: 団信ネット and its sisters."""

from __future__ import annotations

from pages.screen import Screen

LOGIN = ("fields", "service_user_id")


class ServicePage:
    """The login form at the service's door, and behind it the menu."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def log_in(self, user_id: str, password: str) -> None:
        """Enter user ID and login password."""
        self._screen.fill("service_user_id", user_id)
        self._screen.fill("service_password", password)
        self._screen.press("service_login")
