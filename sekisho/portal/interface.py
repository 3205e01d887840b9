"""What is under test, as the steps see it: addresses, words, mail, accounts, and the people who run the portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import ConfigDict

from sekisho.language import say
from sekisho.mail.mailbox import Mailbox
from sekisho.portal.books import Books
from sekisho.results import Mail
from sekisho.verdict import BlockedError


@dataclass(frozen=True)
class Identity:
    """A certificate that a user already has: a PKCS#12 file's bytes and its password."""

    __pydantic_config__: ClassVar = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    which: str
    pkcs12: bytes = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class Account:
    """A user of the portal in a known state. Passwords are secrets and do not show in a repr."""

    state: str
    user_id: str
    login_password: str = field(repr=False)
    name: str = ""
    """The user's name, by which a mail may tell whom it is about."""
    mail: str = ""
    identities: tuple[Identity, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What only some manuals' users have, by the names that their manual declares; of a file, its path."""
    lacking: Mapping[str, str] = field(default_factory=dict)
    """What the manual declares and this user does not have: in words, with the key that would give it."""

    def fact(self, name: str) -> str:
        """One of the facts. Raises BlockedError, which names file, user and key, where the target does not give it."""
        if name not in self.facts:
            raise BlockedError(
                say(
                    f"利用者 {self.user_id} の{self.lacking.get(name, name)}が無い",
                    f"user {self.user_id} lacks {self.lacking.get(name, name)}",
                )
            )
        return self.facts[name]


class Portal(Protocol):
    """A portal under test with everything that a scenario asks of it.

    Each method that the target cannot serve raises BlockedError, which names what is missing.
    """

    @property
    def name(self) -> str:
        """What the report calls this target."""

    @property
    def sites(self) -> Mapping[str, str]:
        """Address of each site of the system, by its name (root, enrol, renew, revoke, service, …).

        Where there is a site `root`, fetching the root certificate of the servers is a procedure of the manual.
        """

    @property
    def words(self) -> Mapping[str, Mapping[str, list[str]]]:
        """The words that this portal uses where they differ from its manual's dialect."""

    @property
    def trust_root(self) -> Path | None:
        """PEM file of the root that the portal's servers chain to, where the browser does not know it."""

    @property
    def mailbox(self) -> Mailbox:
        """Where the portal's mail arrives."""

    def account(self, state: str, **traits: str | int) -> Account:
        """A user in a state (invited, active, renewable, renewing, expired, revoked), with traits: days_left=30."""

    def reissue(self, account: Account) -> Account:
        """The support desk's answer on the telephone when asked to reissue: user ID and a new enrolment password."""

    def has_reissued(self, account: Account) -> bool:
        """Whether the desk did so before the test: what it told is known, and its mail has come."""

    def today(self) -> date:
        """The day on the portal's business calendar (Asia/Tokyo)."""

    def move_to(self, day: date) -> None:
        """Let it be a later day on the portal's business calendar (Asia/Tokyo); nothing happens if it is that day."""

    def pass_days(self, days: int) -> None:
        """Let days pass on the portal's business calendar (Asia/Tokyo)."""

    def pass_minutes(self, minutes: int) -> None:
        """Let minutes pass on the portal's business clock."""

    def sit_out(self, minutes: int) -> None:
        """Let minutes pass as people have to: raises WaitingError where nobody can move the portal's clock."""

    def sit_out_the_day(self) -> None:
        """The same until the next day begins (Asia/Tokyo)."""

    @property
    def early_mail(self) -> Sequence[Mail]:
        """Mail to the scenario's users of days to which an earlier one moved the clock, as far as it was put away."""

    def put_early_mail_away(self) -> None:
        """Look no longer at such mail; once the clock was moved, nothing more is found."""

    def books(self, account: Account) -> Books | None:
        """What is on record about a user; None where the portal's books are closed to the test."""

    def strangers(self, account: Account) -> tuple[str, ...]:
        """What names other users of this portal, whom this one must not see: IDs, addresses, names, serial numbers."""

    def wait_until(self, moment: time) -> None:
        """Let time pass until the portal's business clock shows a time of day (Asia/Tokyo)."""
