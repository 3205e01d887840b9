"""What a look at a target file and its portal found, before anything is carried out. Nothing of it is a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from sekisho.language import say
from sekisho.machine.explaining import without_password
from sekisho.manual.model import Accounts
from sekisho.target_file.model import AccountEntry, Target
from sekisho.target_file.needs import about
from sekisho.target_file.reading import Examined, Mistake

ACCOUNT = re.compile(r"accounts\[(?P<number>\d+)\](?:\.(?P<what>\w+))?")
SERVING = {"state", "traits", "scenarios"}  # what says which scenarios an account can serve


class Doubt(StrEnum):
    """What kept OpenSSL, or this machine's own way to a site, from reaching it."""

    TRUST = "trust"
    TLS = "tls"
    NAME = "name"
    WAY = "way"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or (a hint) may surprise: where in the file it stands, and what to do about it."""

    file: Path
    key: str
    value: str
    what: str
    remedy: str
    hint: bool = False
    line: int = 0
    """Where in the file the key stands, or what it would be in; 0 for none."""
    user_id: str = ""
    """Whose account it is about."""
    doubt: Doubt | None = None
    """Why the browser, which has not been asked yet, may see it otherwise."""

    def __str__(self) -> str:
        """One line: file, line, key, value, user, what, what to do."""
        return say(
            f"{self.place}: {self.about}: {self.what}{'。' if self.remedy else ''}{self.remedy}",
            f"{self.place}: {self.about}: {self.what}{'. ' if self.remedy else ''}{self.remedy}",
        )

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else str(self.file)

    @property
    def about(self) -> str:
        """Key, value and user."""
        user = say(f"（{self.user_id}）", f" ({self.user_id})") if self.user_id and self.user_id != self.value else ""
        return f"{self.key} = {self.value!r}{user}" if self.value else f"{self.key}{user}"

    def record(self) -> dict[str, object]:
        """The same for JSON."""
        return {name: value for name, value in asdict(self).items() if name != "doubt"} | {"file": str(self.file)}


@dataclass(frozen=True)
class Place:
    """A target file, and what is needed to speak of a place in it."""

    file: Path
    examined: Examined | None = None

    @property
    def folder(self) -> Path:
        """Where its relative paths start."""
        return self.file.parent

    def problem(self, key: str, value: object, what: str, remedy: str = "") -> Finding:
        """What must be put right before a run."""
        return self._finding(key, value, what, remedy, hint=False)

    def hint(self, key: str, value: object, what: str, remedy: str = "") -> Finding:
        """What a run can live with."""
        return self._finding(key, value, what, remedy, hint=True)

    def mistaken(self, mistake: Mistake) -> Finding:
        """What is wrong with the file itself."""
        key, _, what = mistake.text.partition(": ")
        key, _, value = key.partition(" = ")
        return Finding(self.file, key, value.strip("'"), what, "", line=mistake.line, user_id=self._user(key))

    @property
    def lacks_accounts(self) -> bool:
        """Whether an account of the file serves no scenario, because of what is wrong with it."""
        if self.examined is None:
            return False
        named = (ACCOUNT.match(one.text) for one in self.examined.mistakes)
        return any(one and (one["what"] in SERVING or int(one["number"]) not in self.examined.numbers) for one in named)

    @property
    def ending_days(self) -> int:
        """With how many days left a certificate of its manual's is near its end."""
        target = self.examined.target if self.examined else None
        return about(target).ending_days if target else Accounts().ending_days

    def numbered(self, target: Target) -> Iterator[tuple[str, AccountEntry]]:
        """The accounts, each with its key in the file."""
        numbers = self.examined.numbers if self.examined else range(len(target.accounts))
        return ((f"accounts[{number}]", one) for number, one in zip(numbers, target.accounts, strict=True))

    def _finding(self, key: str, value: object, what: str, remedy: str, *, hint: bool) -> Finding:
        line = self.examined.lines.of(key) if self.examined else 0
        shown, said = without_password(str(value)), without_password(what)
        return Finding(self.file, key, shown, said, remedy, hint, line, self._user(key))

    def _user(self, key: str) -> str:
        target = self.examined.target if self.examined else None
        accounts = self.numbered(target) if target else ()
        return next((one.user_id for own, one in accounts if key.startswith(f"{own}.") or key == own), "")
