"""The mailbox that a portal writes to: a Maildir, read message by message."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from sekisho.results import Mail
from sekisho.verdict import EnvironmentProblemError

LOOK_AGAIN = 0.02  # seconds; a Maildir announces nothing portably, and a look costs one directory listing


class Mailbox:
    """A Maildir. Messages are read once and kept, as nothing in a Maildir changes after delivery."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is read when asked for."""
        self.folder = folder
        self._read: dict[str, Mail] = {}

    def to(self, recipient: str) -> list[Mail]:
        """Every message to a recipient, oldest first. Raises EnvironmentProblemError when the folder is unreadable."""
        self._look()
        return sorted((mail for mail in self._read.values() if mail.recipient == recipient), key=lambda mail: mail.date)

    def wait_for(self, recipient: str, subject: str, *, after: int = 0, seconds: float = 5) -> Mail | None:
        """The newest message to a recipient whose subject contains some words, skipping the first `after` of them.

        None when it has not come within the given number of seconds.
        """
        end = time.monotonic() + seconds
        while True:
            found = [mail for mail in self.to(recipient) if subject in mail.subject]
            if len(found) > after:
                return found[-1]
            if time.monotonic() >= end:
                return None
            time.sleep(LOOK_AGAIN)

    def _look(self) -> None:
        try:
            paths = [path for part in ("new", "cur") for path in (self.folder / part).iterdir()]
        except OSError as error:
            raise EnvironmentProblemError(f"メールボックス {self.folder} を読めません: {error.strerror}") from error
        for path in sorted(paths, key=lambda path: path.name):
            key = path.name.partition(":")[0]
            if key not in self._read:
                self._read[key] = parse(path.read_bytes())


def parse(raw: bytes) -> Mail:
    """One RFC 5322 message as evidence; a missing header is an empty string."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    part = message.get_body(("plain", "html"))
    date = message["Date"]
    return Mail(
        sender=_address(message, "From"),
        recipient=_address(message, "To"),
        subject=str(message["Subject"] or ""),
        date=date.datetime if date and date.datetime else datetime.fromtimestamp(0, UTC),
        body=part.get_content() if part else "",
    )


def _address(message: EmailMessage, header: str) -> str:
    value = message[header]
    return value.addresses[0].addr_spec if value and value.addresses else ""
