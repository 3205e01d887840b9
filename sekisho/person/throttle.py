"""The pause that a portal's owner asks for between what a test does to the portal."""

from __future__ import annotations

import time


class Pace:
    """At least so many seconds from one action to the next; with 0 nothing waits."""

    def __init__(self, seconds: float = 0) -> None:
        """The first action need not wait."""
        self._seconds, self._next = seconds, 0.0

    def keep(self) -> None:
        """Wait until the pause since the last action is over: another one is about to happen."""
        left = self._next - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._next = time.monotonic() + self._seconds
