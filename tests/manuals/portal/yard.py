"""A back door that is opened for whoever calls."""

from __future__ import annotations

import threading

from tests.manuals.portal.premises import Answer, Asked, Premises, page


class Yard:
    """裏口."""

    def __init__(self, premises: Premises) -> None:
        """Nobody has called."""
        self._premises = premises
        self.called = threading.Event()

    def answer(self, asked: Asked) -> Answer | None:  # noqa: ARG002 - there is one page
        """The door."""
        is_open = self.called.is_set() and "deaf" not in self._premises.wrong
        return page("裏口", f"<h1>裏口</h1><p>{'お入りください。' if is_open else '閉まっています。'}</p>")
