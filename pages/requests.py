"""The list of what a user has applied for at the enrolment site."""

from __future__ import annotations

from pages.screen import Screen


class RequestList:
    """申請情報一覧."""

    def __init__(self, screen: Screen) -> None:
        """Look at a screen."""
        self._screen = screen

    def request_ids(self) -> list[str]:
        """The request IDs listed, in the portal's order."""
        return [row["request_id"] for row in self._screen.table("request_id", "status")]
