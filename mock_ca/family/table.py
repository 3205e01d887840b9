"""What a manual's folder says of a portal of the family. Whoever started the mock has checked it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from mock_ca.managed_pki.figures import Figures, Life

ENROL, RENEW = "enrol", "renew"
GUIDE, PASSWORD, REMINDER = "guide", "password_notice", "renewal"
WEEK = 7
REFERENCE_LENGTH = 30
TRAIT = "certificate"  # by which users differ where there are several kinds
TOO_SHORT = "validity-too-short"
T = TypeVar("T")


class NoTableError(ValueError):
    """A folder says nothing that could be played; the text names the file and why."""


@dataclass(frozen=True)
class Mail:
    """One mail: whose address it goes to, what it tells, and whether it is sent at a reissue too.

    `certificates` are the kinds to whose users it goes; none: all.
    """

    tells: tuple[str, ...]
    to: str = "user"
    reissue: bool = False
    certificates: tuple[str, ...] = ()
    sender: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of certificates: who issues it, and what it opens."""

    issuer: str
    services: tuple[str, ...]


USUAL = {
    GUIDE: Mail(("link", "request_id", "user_id"), reissue=True),
    PASSWORD: Mail(("password",)),
}
REMINDS = Mail(("link", "user_id", "validity"))


@dataclass(frozen=True)
class Table:
    """One portal. `sites` are its titles by key, `words` its dialect, `called` the names of kinds of certificates.

    The rest is as in docs/manual.md.
    """

    id: str
    name: str
    sites: Mapping[str, str]
    words: Mapping[str, Mapping[str, list[str]]]
    kinds: Mapping[str, Kind]
    called: Mapping[str, str]
    mails: Mapping[str, Mail]
    letter: Mail | None
    reminder: Mail
    sender: str
    subject: str = ""
    organization: str = "Example Company"
    units: tuple[str, ...] = ()
    months: int = 36
    invitation_days: int = 30
    renewal_days: int = 30
    reminder_days: tuple[int, ...] | None = None
    fetch_days: int = 31
    idle_minutes: int = 15
    password_limit: int = 64
    finish_today: tuple[str, ...] = ("issue", "reissue")
    reference_ids: bool = False
    reissue: bool = True
    any_browser: bool = False
    several_each: bool = False
    support: str = ""
    prefix: str = ""
    breaks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def services(self) -> list[str]:
        """The sites that a certificate opens."""
        return [key for key in self.sites if key not in (ENROL, RENEW)]

    @property
    def stem(self) -> str:
        """How the ids of the manual's rows begin."""
        return self.prefix or re.sub("[^A-Z]+", "-", self.id.upper()).strip("-")

    @property
    def reminders(self) -> tuple[int, ...]:
        """With how many days left users are reminded, the earliest first."""
        if self.reminder_days is not None:
            return tuple(sorted(self.reminder_days, reverse=True))
        return (self.renewal_days, WEEK) if self.renewal_days > WEEK else (self.renewal_days,)

    @property
    def figures(self) -> Figures:
        """Its numbers."""
        days = self.reminders
        unasked = days[0] - 1 if days else 0
        return Figures(
            life=Life(self.months),
            wrong_life=Life(self.months // 2),
            wrong_life_defect=TOO_SHORT,
            invitation_days=self.invitation_days,
            renewal_days=self.renewal_days,
            notice_days=days,
            extra_notice_days=(unasked,) if unasked > 0 and unasked not in days else (),
            finish_today=self.finish_today,
            reference_length=REFERENCE_LENGTH if self.reference_ids else 0,
            fetch=timedelta(days=self.fetch_days),
            idle_limit=timedelta(minutes=self.idle_minutes),
            password_limit=self.password_limit,
            any_browser=self.any_browser,
        )

    def reaching(self, which: str) -> Iterator[tuple[str, Mail]]:
        """The mails that go to users of one kind of certificates."""
        return ((name, mail) for name, mail in self.mails.items() if which in (mail.certificates or (which,)))

    def word(self, section: str, name: str, default: str) -> str:
        """The first spelling of a word of its dialect."""
        return next(iter(self.words.get(section, {}).get(name, ())), default)


def read(folder: Path) -> Table:
    """The table in a manual's folder. Raises NoTableError."""
    try:
        about, words = (
            tomllib.loads((folder / name).read_text("utf-8-sig")) for name in ("manual.toml", "dialect.toml")
        )
        return _table(about, about["family"], words)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoTableError(f"{folder}: no portal can be played from this folder ({error!r})") from error


def _table(about: Mapping[str, Any], given: Mapping[str, Any], dialect: Mapping[str, Any]) -> Table:
    own = {one.name: _frozen(given[one.name]) for one in fields(Table) if one.name in given}
    mails = {name: _made(Mail, {"tells": (), "reissue": name == GUIDE, **mail}) for name, mail in _of(given, "mails")}
    letter = _made(Mail, given["letter"]) if "letter" in given else None
    reminder = mails.pop(REMINDER, REMINDS)
    reminder = reminder if reminder.tells else _made(Mail, {**vars(reminder), "tells": REMINDS.tells})
    sites = {key: str(site["title"]) for key, site in about["sites"].items()}
    accounts = about.get("accounts", {})
    own |= {
        "id": about["id"],
        "name": about["name"],
        "sites": sites,
        "words": dialect,
        "kinds": _kinds(about, given, [key for key in sites if key not in (ENROL, RENEW)]),
        "called": {traits[TRAIT]: words for words, traits in _of(accounts, "called") if set(traits) == {TRAIT}},
        "mails": mails if mails or letter else USUAL,
        "letter": letter,
        "reminder": reminder,
        "breaks": {name: tuple(ids) for name, ids in _of(given, "breaks")},
    }
    return Table(**own)


def _kinds(about: Mapping[str, Any], given: Mapping[str, Any], services: list[str]) -> dict[str, Kind]:
    names, told = about.get("accounts", {}).get("certificates", ["shared"]), dict(_of(given, "certificates"))
    usual = {"issuer": given["issuer"], "services": services}
    return {name: _made(Kind, {**usual, **told.get(name, {})}) for name in names}


def _of(given: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
    return list(given.get(key, {}).items())


def _made(kind: type[T], given: Mapping[str, Any]) -> T:
    return kind(**{name: _frozen(value) for name, value in given.items()})


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever TOML has
    return tuple(value) if isinstance(value, list) else value
