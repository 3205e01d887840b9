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
SKEW = timedelta(minutes=2)  # by which one may be; and mail is dated by whole seconds


class EarlyMail:
    """Such mail to the users of the scenario under way."""

    def __init__(self) -> None:
        """No clock has been moved."""
        self.since: datetime | None = None
        """When a clock was moved first, from when on there may be such mail under a right date."""
        self.begin()

    def begin(self) -> None:
        """A scenario begins."""
        self._began = datetime.now(UTC)
        self.found: tuple[Mail, ...] = ()

    def put_away(self, mailbox: Mailbox, recipients: Iterable[str], *, untouched: bool = False) -> None:
        """Look no longer at such mail that is there, and keep it in mind; to be called while the clock is right.

        Where the scenario has left its users `untouched` so far, that is all that came since a clock was moved.
        """
        ahead = datetime.now(UTC) + AHEAD
        since, until = self.since or ahead, ahead if untouched else self._began - SKEW
        for one in recipients:
            found = mailbox.put_away(one, lambda mail: since <= mail.date < until or mail.date > ahead)
            self.found += tuple(found)

    def moved(self) -> None:
        """The clock is about to be moved."""
        self.since = self.since or datetime.now(UTC).replace(microsecond=0)
