"""The gate, as only this manual has one."""

from __future__ import annotations

from pages.screen import Screen


class Gate:
    """The first page."""

    def __init__(self, screen: Screen) -> None:
        """Look at what the browser shows."""
        self._screen = screen

    def seen(self) -> bool:
        """Whether it is there."""
        return self._screen.has("buttons", "knock")

    def knock(self) -> None:
        """Press the one button."""
        self._screen.press("knock")
