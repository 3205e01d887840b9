"""The mailbox that a portal writes to, read message by message: a Maildir, a folder of files, or (imapbox.py) IMAP."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from pathlib import Path
from typing import Any, ClassVar

from sekisho.results import Mail
from sekisho.verdict import EnvironmentProblemError

LARGEST = 10_000_000  # bytes of a message that are read; a portal's notices are a few thousand


class Mailbox(ABC):
    """Where messages arrive. `patience` is how many seconds one that must come may take.

    A message is read once and kept: nothing in it changes after its delivery.
    """

    lateness: float = 0
    """Seconds that one which must not come is waited for: 0 where mail arrives before the portal answers."""

    look_again: ClassVar[float] = 0.02
    """Seconds between looks: a folder announces nothing portably, and a look costs one listing."""

    def __init__(self, patience: float = 5) -> None:
        """Nothing is read before it is asked for."""
        self.patience = patience
        self._read: dict[str, Mail] = {}
        self._aside: set[str] = set()

    @abstractmethod
    def _look(self, recipient: str) -> None:
        """Read what is new, at least to one recipient. Raises EnvironmentProblemError when that cannot be done."""

    def check(self) -> None:
        """Raise EnvironmentProblemError, with the key of the target file, where the mailbox cannot be read."""
        self._look("")

    def close(self) -> None:  # noqa: B027 - a folder holds nothing open
        """Let go of what reading needs."""

    def take_up(self) -> None:
        """Every message counts again: another scenario begins."""
        self._aside.clear()

    def set_aside(self, *recipients: str, before: datetime | None = None) -> None:
        """Look no longer at what these have got so far, or at what is dated before a moment.

        A mailbox has a history: what is asked of the portal now is answered by messages that are not there yet.
        """
        for recipient in recipients:
            self._look(recipient)
            self._aside |= {key for key, mail in self._addressed(recipient) if before is None or mail.date < before}

    def to(self, recipient: str) -> list[Mail]:
        """Every message to a recipient, oldest first. Raises EnvironmentProblemError when the box is unreadable."""
        self._look(recipient)
        found = (mail for key, mail in self._addressed(recipient) if key not in self._aside)
        return sorted(found, key=lambda mail: mail.date)

    def _addressed(self, recipient: str) -> list[tuple[str, Mail]]:
        wanted = recipient.lower()
        return [(key, mail) for key, mail in self._read.items() if mail.recipient.lower() == wanted]

    def wait_for(self, recipient: str, subject: str, *, after: int = 0, seconds: float | None = None) -> Mail | None:
        """The newest message to a recipient whose subject contains some words, skipping the first `after` of them.

        None when it has not come within the given number of seconds.
        """
        end = time.monotonic() + (self.patience if seconds is None else seconds)
        while True:
            found = [mail for mail in self.to(recipient) if subject in mail.subject]
            if len(found) > after:
                return found[-1]
            if time.monotonic() >= end:
                return None
            time.sleep(self.look_again)

    def settled(self, recipient: str) -> list[Mail]:
        """Every message to a recipient, oldest first, once one that must not come had its time."""
        self.wait_for(recipient, "", after=len(self.to(recipient)), seconds=self.lateness)
        return self.to(recipient)

    def count(self, recipient: str, subject: str, expected: int) -> int:
        """How many messages to a recipient have such a subject, once those expected and one too many had their time."""
        if expected:
            self.wait_for(recipient, subject, after=expected - 1)
        self.wait_for(recipient, subject, after=expected, seconds=self.lateness)
        return sum(subject in mail.subject for mail in self.to(recipient))


class Maildir(Mailbox):
    """A Maildir: a file for each message, complete from the moment it shows."""

    def __init__(self, folder: Path, patience: float = 5) -> None:
        """Name the folder."""
        super().__init__(patience)
        self.folder = folder

    def _look(self, recipient: str) -> None:  # noqa: ARG002 - a folder is read whole
        try:
            paths = [path for part in ("new", "cur") for path in (self.folder / part).iterdir()]
        except OSError as error:
            raise EnvironmentProblemError(
                f"メールボックス {self.folder} を読めません: {error.strerror}（ターゲットファイルの mail.maildir）"
            ) from error
        for path in sorted(paths, key=lambda path: path.name):
            key = path.name.partition(":")[0]
            if key not in self._read:
                self._read[key] = parse(_start(path))


class EmlFolder(Mailbox):
    """A folder of .eml files, which may still be growing when they show: one that changes is read again."""

    def __init__(self, folder: Path, patience: float = 5) -> None:
        """Name the folder."""
        super().__init__(patience)
        self.folder = folder
        self._seen: dict[str, tuple[int, int]] = {}

    def _look(self, recipient: str) -> None:  # noqa: ARG002 - a folder is read whole
        try:
            for path in sorted(one for one in self.folder.iterdir() if one.suffix.lower() == ".eml"):
                self._take(path)
        except OSError as error:
            raise EnvironmentProblemError(
                f"メールのフォルダー {self.folder} を読めません: {error.strerror}（ターゲットファイルの mail.folder）"
            ) from error

    def _take(self, path: Path) -> None:
        facts = path.stat()
        state = (facts.st_mtime_ns, facts.st_size)
        if self._seen.get(path.name) != state:
            self._seen[path.name] = state
            self._read[path.name] = parse(_start(path))


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)


def parse(raw: bytes) -> Mail:
    """One RFC 5322 message as evidence; a missing header is an empty string."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    part = message.get_body(("plain", "html"))
    date = _header(message, "Date")
    return Mail(
        sender=_address(message, "From"),
        recipient=_address(message, "To"),
        subject=str(_header(message, "Subject") or ""),
        date=_moment(date.datetime if date else None),
        body=_text(part) if part else "",
    )


def _moment(date: datetime | None) -> datetime:
    """A date with a zone: UTC where the header has none (-0000, RFC 5322 section 3.3), and 1970 without a date."""
    if date is None:
        return datetime.fromtimestamp(0, UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _text(part: MIMEPart) -> str:
    """A part's text; what its charset does not explain shows as replacement characters."""
    try:
        return str(part.get_content())
    except LookupError:
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", errors="replace") if isinstance(payload, bytes) else str(payload)


def _address(message: EmailMessage, header: str) -> str:
    value = _header(message, header)
    return value.addresses[0].addr_spec if value and value.addresses else ""


def _header(message: EmailMessage, name: str) -> Any:  # noqa: ANN401 - each header has a type of its own
    """A header's value; None where there is none, or none that can be read: the parser then fails in many ways."""
    try:
        return message[name]
    except Exception:  # noqa: BLE001 - see above
        return None
