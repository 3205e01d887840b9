"""The first room: a door to knock at."""

from __future__ import annotations

from tests.manuals.portal.premises import Answer, Asked, Premises, page


class Gate:
    """蔵の入口."""

    def __init__(self, premises: Premises) -> None:
        """Nothing is kept."""

    def answer(self, asked: Asked) -> Answer | None:
        """The door, and what is behind it."""
        if asked.path == "in":
            return page("蔵", "<p>どうぞ</p>")
        return page("蔵の入口", '<h1>蔵の入口</h1><form action="/gate/in"><button>戸を叩く</button></form>')
