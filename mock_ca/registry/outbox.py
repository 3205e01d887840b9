"""Mail on its way: recorded in the transaction of the event it tells of, delivered after the commit.

A process killed between the two delivers at its next start, and never twice: a message's file name is its number.
"""

from __future__ import annotations

import os
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from pathlib import Path

from mock_ca.registry.database import Registry

DOMAIN = "mock-ca.invalid"  # of the numbers that messages have


class Outbox:
    """The table of outgoing mail and the Maildir it goes to."""

    def __init__(self, registry: Registry, maildir: Path) -> None:
        """Make the Maildir where there is none, and deliver what an earlier process left behind."""
        self._registry = registry
        self._maildir = maildir
        for part in ("tmp", "new", "cur"):
            (maildir / part).mkdir(parents=True, exist_ok=True)
        self.flush()

    def put(self, message: EmailMessage) -> None:
        """Record a message. Part of the caller's transaction."""
        raw = message.as_bytes(policy=SMTP)
        self._registry.connection.execute("INSERT INTO outbox (message) VALUES (?)", (raw,))

    def repeat(self, recipient: str) -> None:
        """Record the newest message to an address once more, as another one. Part of the caller's transaction."""
        newest = "SELECT message FROM outbox WHERE instr(CAST(message AS TEXT), ?) ORDER BY number DESC LIMIT 1"
        for row in self._registry.connection.execute(newest, (recipient,)).fetchall():
            message = message_from_bytes(row["message"], EmailMessage, policy=SMTP)
            message.replace_header("Message-ID", make_msgid(domain=DOMAIN))
            self.put(message)

    def flush(self) -> None:
        """Deliver what is recorded and not delivered yet."""
        waiting = self._registry.connection.execute("SELECT * FROM outbox WHERE NOT delivered").fetchall()
        if not waiting:
            return
        for row in waiting:
            self._deliver(f"{row['number']:08d}.mock_ca", row["message"])
        with self._registry.transaction():
            done = [(row["number"],) for row in waiting]
            self._registry.connection.executemany("UPDATE outbox SET delivered = 1 WHERE number = ?", done)

    def messages(self) -> list[bytes]:
        """Every message ever sent, the newest first."""
        found = self._registry.connection.execute("SELECT message FROM outbox ORDER BY number DESC")
        return [bytes(row["message"]) for row in found]

    def _deliver(self, name: str, raw: bytes) -> None:
        if any((self._maildir / "cur").glob(f"{name}*")):
            return
        draft = self._maildir / "tmp" / name
        draft.write_bytes(raw)
        os.replace(draft, self._maildir / "new" / name)  # noqa: PTH105 - Path.replace hides that it overwrites
