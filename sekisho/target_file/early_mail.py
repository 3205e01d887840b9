"""Mail of days to which an earlier scenario has moved the portal's clock: it says nothing of what is asked now.

It goes to everybody whose day that was. Some portals date it by the clock that was moved, some by the real one; and one
that has reminded somebody need not do so again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sekisho.mail.mailbox import Mailbox
from sekisho.results import Mail

AHEAD = timedelta(hours=1)  # by which no server's clock is wrong


class EarlyMail:
    """Such mail to the users of the scenario under way."""

    def __init__(self) -> None:
        """No clock has been moved."""
        self._moved: datetime | None = None
        self.begin()

    def begin(self) -> None:
        """A scenario begins."""
        self._began = datetime.now(UTC)
        self.found: tuple[Mail, ...] = ()

    def put_away(self, mailbox: Mailbox, recipients: Iterable[str]) -> None:
        """Look no longer at such mail that is there, and keep it in mind; to be called while the clock is right."""
        now = datetime.now(UTC)
        since = self._moved or now
        for one in recipients:
            self.found += tuple(
                mailbox.put_away(one, lambda mail: since <= mail.date < self._began or mail.date > now + AHEAD)
            )

    def moved(self) -> None:
        """The clock is about to be moved."""
        self._moved = self._moved or datetime.now(UTC)
