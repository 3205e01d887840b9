"""The numbers in which the manuals of the family differ."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mock_ca.clock import TOKYO, end_of_day


def months_later(day: date, months: int) -> date:
    """The same day of the month some months on; the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def leap_days(first: date, last: date) -> int:
    """How many 29 February lie behind a day and not behind another."""
    return sum(isleap(year) and first < date(year, 2, 29) <= last for year in range(first.year, last.year + 1))


@dataclass(frozen=True)
class Life:
    """How long a certificate is valid: until the end of its last day in Tokyo, or to the second."""

    months: int
    to_the_second: bool = False

    def ends(self, begins: datetime) -> datetime:
        """The last moment of a certificate that begins at a moment."""
        begins = begins.astimezone(TOKYO)
        last_day = months_later(begins.date(), self.months)
        return datetime.combine(last_day, begins.time(), TOKYO) if self.to_the_second else end_of_day(last_day)

    def begins(self, last_day: date) -> datetime:
        """When a certificate began that ends with a day."""
        began = time(23, 59, 59) if self.to_the_second else time(10)
        return datetime.combine(months_later(last_day, -self.months), began, TOKYO)


@dataclass(frozen=True)
class Figures:
    """One manual's numbers. Days are calendar days in Tokyo.

    `renewal_days`: so many days are left when the renewal opens. `extra_notice_days` are those on which only a defect
    sends a reminder. `finish_today` names the kinds of requests whose key must be fetched on the day its page was
    opened. `wrong_life` is what the defect `wrong_life_defect` issues. Without `reference_length` there are no
    reference ids.
    """

    life: Life
    wrong_life: Life
    wrong_life_defect: str
    invitation_days: int
    renewal_days: int
    notice_days: tuple[int, ...]
    extra_notice_days: tuple[int, ...]
    finish_today: tuple[str, ...]
    reference_length: int = 0
    fetch: timedelta = timedelta(days=31)
    idle_limit: timedelta = timedelta(minutes=15)
    password_limit: int = 64
    any_browser: bool = False

    @property
    def longest(self) -> int:
        """How many days a certificate is valid, or somewhat fewer."""
        return self.life.months * 365 // 12

    @property
    def early(self) -> int:
        """Days left of a certificate of which no mail and no page speaks yet."""
        return min(400, (self.longest + max(self.renewal_days, *self.notice_days, 0)) // 2)

    @property
    def late(self) -> int:
        """Days left of a certificate that can be renewed, and whose user was reminded if anybody is."""
        return min(20, self.renewal_days, max(self.notice_days, default=self.renewal_days))
