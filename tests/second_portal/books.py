"""What the portal knows: members, their certificates, what they have applied for, and what day it is."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.second_portal.authority import Authority, Credential

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = time(12)


class Clock:
    """The business clock: it starts at noon of the day, so that no run crosses midnight by itself."""

    def __init__(self) -> None:
        """Start it."""
        self._started = datetime.now(UTC)
        self._first = datetime.combine(self._started.astimezone(TOKYO).date(), NOON, TOKYO)
        self._moved = timedelta()

    @property
    def now(self) -> datetime:
        """The moment, in Tokyo."""
        return self._first + (datetime.now(UTC) - self._started) + self._moved

    @property
    def today(self) -> date:
        """The day, in Tokyo."""
        return self.now.date()

    @property
    def moved(self) -> bool:
        """Whether it is ahead."""
        return bool(self._moved)

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._moved += by

    def until(self, moment: time) -> timedelta:
        """How long it is until a time of day."""
        goal = datetime.combine(self.now.date(), moment, TOKYO)
        return (goal if goal >= self.now else goal + timedelta(days=1)) - self.now

    def back(self) -> None:
        """Return to the real pace."""
        self._moved = timedelta()


@dataclass
class Paper:
    """A certificate that was issued."""

    which: str
    authority: Authority
    credential: Credential
    revoked: datetime | None = None
    renewal: bool = False
    """Whether it was made by a renewal."""

    @property
    def serial(self) -> int:
        """Its serial number."""
        return self.credential.certificate.serial_number

    @property
    def last_day(self) -> date:
        """The last day on which it is valid, in Tokyo."""
        return self.credential.certificate.not_valid_after_utc.astimezone(TOKYO).date()

    @property
    def first_day(self) -> date:
        """The first one."""
        return self.credential.certificate.not_valid_before_utc.astimezone(TOKYO).date()


@dataclass
class Application:
    """Something applied for, under its request ID."""

    number: str
    made: datetime
    paper: Paper | None = None
    ready_at: float = 0
    """When it has gone through the works, on the process's own clock."""


@dataclass
class Member:
    """Someone who uses the portal."""

    user_id: str
    units: tuple[str, ...]
    password: str = field(default_factory=lambda: secrets.token_hex(8))
    papers: list[Paper] = field(default_factory=list)
    invited: date | None = None
    invitation: str = ""
    """Request ID of the invitation that is open."""
    enrolments: list[Application] = field(default_factory=list)
    renewals: list[Application] = field(default_factory=list)
    faults: frozenset[str] = frozenset()
    """What the portal gets wrong for this member."""

    @property
    def mail(self) -> str:
        """Where this member's mails go."""
        return f"{self.user_id}@bank.example"

    @property
    def admin_mail(self) -> str:
        """Where those to this member's administrator go: one for all."""
        return "kanri@bank.example"


class Books:
    """All members. Request IDs are the day and a running number: 15 digits."""

    def __init__(self, clock: Clock) -> None:
        """Begin without any."""
        self.clock = clock
        self.members: dict[str, Member] = {}
        self._numbers = itertools.count(1)

    def number(self) -> str:
        """A new request ID."""
        return f"{self.clock.today:%Y%m%d}{next(self._numbers):07d}"

    def add(self, user_id: str, faults: Iterable[str] = ()) -> Member:
        """A new member."""
        units = "Danshin", "Kikan-01", f"Tantou-{len(self.members) % 9 + 1}"
        self.members[user_id] = Member(user_id, units, faults=frozenset(faults))
        return self.members[user_id]

    def holder(self, serial: int) -> tuple[Member, Paper] | None:
        """Whose certificate a serial number is of."""
        found = ((one, paper) for one in self.members.values() for paper in one.papers if paper.serial == serial)
        return next(found, None)
