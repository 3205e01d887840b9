"""The mailbox that a portal writes to, read message by message: a Maildir, a folder of files, or (imap.py) IMAP."""

from __future__ import annotations

import os
import re
import stat
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Literal

from sekisho.language import say
from sekisho.mail.message import LARGEST, Message, address, parse
from sekisho.results import Mail
from sekisho.verdict import EnvironmentProblemError
from sekisho.visible import visible

Wanted = Callable[[Mail], bool]
DIGITS = re.compile(r"([0-9]{1,30})")


class Mailbox(ABC):
    """Where messages arrive. `patience` is how many seconds one that must come may take.

    A message is read once and kept: nothing in it changes after its delivery. What is wrong with one message is said of
    that message, and stops nobody from reading the others.
    """

    lateness: float = 0
    """Seconds that one which must not come is waited for: 0 where mail arrives before the portal answers."""

    look_again: ClassVar[float] = 0.02
    """Seconds between looks: a folder announces nothing portably, and a look costs one listing."""

    def __init__(self, patience: float = 5) -> None:
        """Nothing is read before it is asked for."""
        self.patience = patience
        self._read: dict[str, Message] = {}
        self._aside: set[str] = set()

    @abstractmethod
    def _look(self, recipient: str) -> None:
        """Read what is new, at least to one recipient. Raises EnvironmentProblemError when that cannot be done."""

    def check(self) -> list[str]:
        """What is wrong with single messages, each with its place: the rest of the mailbox can be read.

        Raises EnvironmentProblemError, with the key of the target file, where the mailbox itself cannot be.
        """
        self._look("")
        return [_said(key, message) for key, message in self._read.items() if message.problem]

    def close(self) -> None:  # noqa: B027 - a folder holds nothing open
        """Let go of what reading needs."""

    def take_up(self) -> None:
        """Every message counts again: another scenario begins."""
        self._aside.clear()

    def keep(self) -> dict[str, Any]:
        """Which messages the scenario no longer looks at."""
        return {"aside": sorted(self._aside)}

    def recall(self, kept: dict[str, Any]) -> None:
        """Look no longer at these."""
        self._aside = set(kept["aside"])

    def set_aside(self, *recipients: str, before: datetime | None = None) -> None:
        """Look no longer at what these have got so far, or at what is dated before a moment.

        A mailbox has a history: what is asked of the portal now is answered by messages that are not there yet.
        """
        for recipient in recipients:
            self._look(recipient)
            found = self._addressed(recipient)
            self._aside |= {key for key, message in found if before is None or message.mail.date < before}
            self._aside |= {key for key, message in self._read.items() if message.problem and not message.to}

    def put_away(self, recipient: str, wanted: Wanted) -> list[Mail]:
        """Look no longer at what a recipient has got so far and is wanted; gives it."""
        self._look(recipient)
        found = {key: one.mail for key, one in self._addressed(recipient) if wanted(one.mail)}
        new = [mail for key, mail in found.items() if key not in self._aside]
        self._aside |= found.keys()
        return new

    def to(self, recipient: str, what: Literal["mails", "replies"] = "mails") -> list[Mail]:
        """Every mail to a recipient, oldest first, and one that came by two ways once.

        Or what machines replied to him: that he is out of office, or his mail was not delivered. No portal sent that.
        Raises EnvironmentProblemError when the box is unreadable.
        """
        self._look(recipient)
        found = {key: one for key, one in self._addressed(recipient) if one.reply == (what == "replies")}
        aside = {_identity(key, message) for key, message in found.items() if key in self._aside}
        each = {_identity(key, message): message.mail for key, message in found.items()}
        mails = [mail for identity, mail in each.items() if identity not in aside]
        return sorted((mail.model_copy(update={"recipient": recipient}) for mail in mails), key=lambda mail: mail.date)

    def message(self, mail: Mail) -> Message:
        """The message that a mail of this box was read from; the one that was read last where several say the same."""
        found = [one for _, one in self._addressed(mail.recipient) if _same(one.mail, mail)]
        return found[-1]

    def _addressed(self, recipient: str) -> list[tuple[str, Message]]:
        wanted = address(recipient)
        return [(key, message) for key, message in self._read.items() if wanted in message.to]

    def unread(self, recipient: str, wanted: Wanted | None = None) -> list[str]:
        """What cannot be read of what is to a recipient, each with its place; a message that names nobody is to all.

        `wanted` looks at what could be read of it.
        """
        found = {**dict(self._addressed(recipient)), **{key: one for key, one in self._read.items() if not one.to}}
        return [
            _said(key, message)
            for key, message in found.items()
            if message.problem and key not in self._aside and (wanted is None or wanted(message.mail))
        ]

    def wait_for(self, recipient: str, wanted: Wanted, *, after: int = 0, seconds: float | None = None) -> list[Mail]:
        """Every message to a recipient that is wanted, oldest first, once there are more than `after` of them.

        There are fewer when one more has not come within the given number of seconds.
        """
        end = time.monotonic() + (self.patience if seconds is None else seconds)
        while True:
            found = [mail for mail in self.to(recipient) if wanted(mail)]
            if len(found) > after or time.monotonic() >= end:
                return found
            time.sleep(self.look_again)

    def settled(self, recipient: str) -> list[Mail]:
        """Every message to a recipient, oldest first, once one that must not come had its time."""
        return self.wait_for(recipient, lambda _: True, after=len(self.to(recipient)), seconds=self.lateness)

    def count(self, recipient: str, wanted: Wanted, expected: int) -> int:
        """How many messages to a recipient are wanted, once those expected and one too many had their time."""
        if expected:
            self.wait_for(recipient, wanted, after=expected - 1)
        return len(self.wait_for(recipient, wanted, after=expected, seconds=self.lateness))


def _identity(key: str, message: Message) -> str | tuple[str, Mail]:
    """What the copies of a message have in common: a portal may give one Message-ID to all that it sends."""
    return (message.number, message.mail.model_copy(update={"recipient": ""})) if message.number else key


def _same(one: Mail, other: Mail) -> bool:
    """Whether two are the same but for the recipient as whom somebody looked."""
    return one.model_copy(update={"recipient": other.recipient}) == other


def _said(key: str, message: Message) -> str:
    return visible(f"{key}: {message.problem}")


class Folder(Mailbox):
    """Messages that are files of a folder."""

    key: ClassVar[str]
    """Where the target file names it."""

    def __init__(self, folder: Path, patience: float = 5) -> None:
        """Name the folder."""
        super().__init__(patience)
        self.folder = folder

    def _look(self, recipient: str) -> None:  # noqa: ARG002 - a folder is read whole
        try:
            paths = sorted(self._paths(), key=lambda path: _arrival(path.name))
        except OSError as error:
            what = say(
                f"メールのフォルダー {self.folder} を読めません: {error.strerror}",
                f"the mail folder {self.folder} cannot be read: {error.strerror}",
            )
            raise EnvironmentProblemError(
                say(f"{what}（ターゲットファイルの {self.key}）", f"{what} ({self.key} in the target file)")
            ) from error
        for path in paths:
            self._consider(path)

    @abstractmethod
    def _paths(self) -> Iterable[Path]:
        """The files that are messages. Raises OSError."""

    @abstractmethod
    def _consider(self, path: Path) -> None:
        """Read a message unless it is known."""


class Maildir(Folder):
    """A Maildir: a file for each message, complete from the moment it shows."""

    key = "mail.maildir"

    def _paths(self) -> Iterable[Path]:
        return [path for part in ("new", "cur") for path in (self.folder / part).iterdir()]

    def _consider(self, path: Path) -> None:
        key = path.name.partition(":")[0]
        if key not in self._read and (message := opened(path)):
            self._read[key] = message


class EmlFolder(Folder):
    """A folder of .eml files, which may still be growing when they show: one that changes is read again."""

    key = "mail.folder"

    def __init__(self, folder: Path, patience: float = 5) -> None:
        """Name the folder."""
        super().__init__(folder, patience)
        self._seen: dict[str, tuple[int, int]] = {}

    def _paths(self) -> Iterable[Path]:
        return [one for one in self.folder.iterdir() if one.suffix.lower() == ".eml"]

    def _consider(self, path: Path) -> None:
        try:
            facts = path.stat()
        except OSError:  # somebody is tidying up
            return
        state = (facts.st_mtime_ns, facts.st_size)
        if self._seen.get(path.name) != state and (message := opened(path)):
            self._seen[path.name] = state
            self._read[path.name] = message


def _arrival(name: str) -> list[int | str]:
    """A file's name with its numbers as such: microseconds in a Maildir's names have no zeros before them."""
    return [int(part) if number % 2 else part for number, part in enumerate(DIGITS.split(name))]


def opened(path: Path) -> Message | None:
    """The message in a file; None where it has just been moved away."""
    try:
        return parse(_start(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        return _unreadable(
            say(f"ファイルを開けません（{error.strerror}）", f"the file cannot be opened ({error.strerror})")
        )
    except ValueError as error:
        return _unreadable(str(error))


def _unreadable(why: str) -> Message:
    nothing = Mail(sender="", recipient="", subject="", date=datetime.fromtimestamp(0, UTC), body="")
    return Message(nothing, frozenset(), why)


def _start(path: Path) -> bytes:
    """As much of a file as is read. Raises ValueError for what is no file: a pipe would never end."""
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError(say("メールのファイルではありません", "not a file with a mail"))
        return file.read(LARGEST + 1)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
