"""The figures of a manual: how long things last, on which days they happen, and the figures just inside and beyond."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from sekisho.manual import family_checks
from sekisho.manual.family import Family

A_WHILE = "12時間"  # by then every portal has logged a user out, where its manual gives no number
A_WEEK_OR_TWO = 13  # days before the last reminder on which somebody renews
HOUR = 60  # minutes
LATE = 10  # minutes by which somebody is late after midnight


@dataclass(frozen=True)
class Figures:
    """What templates call `d.figures`."""

    family: Family

    @property
    def life(self) -> str:
        """How long certificates are valid."""
        years, months = divmod(self.family.months, 12)
        return f"{self.family.months}か月" if months else f"{years}年"

    @property
    def some_days_left(self) -> int:
        """How many days a certificate has left that is neither new nor near its end."""
        return min(200, self.family.months * family_checks.SHORTEST_MONTH // 2)

    @property
    def waited(self) -> int:
        """For how many days an invitation has lain about that is still open."""
        return min(10, self.family.invitation_days)

    @property
    def invited_still(self) -> list[list[str]]:
        """The last days of an invitation."""
        last = self.family.invitation_days
        return [[str(day)] for day in (last - 1, last) if day > 0]

    @property
    def renewable_still(self) -> list[list[str]]:
        """Days left on which renewal is open, its first and its last among them."""
        first = self.family.renewal_days
        return [[str(day)] for day in sorted({first, first - 1, 1, 0}, reverse=True)]

    @cached_property
    def reminder_days(self) -> list[int]:
        """The days left on which reminders come, the first of them first."""
        opens = self.family.renewal_days
        given = self.family.reminder_days
        return sorted({opens, min(7, opens)} if given is None else given, reverse=True)

    @property
    def reminders(self) -> list[list[str]]:
        """How many have come by which day, at the days where that changes."""
        days = {one + by for one in self.reminder_days for by in (1, 0, -1)} | {1, 0}
        shown = sorted((day for day in days if day >= 0), reverse=True)
        return [[str(day), str(sum(one >= day for one in self.reminder_days))] for day in shown]

    @property
    def renewed_with(self) -> int | None:
        """With how many days left somebody renews before the last reminder; None where there is no such day."""
        last, opens = self.reminder_days[-1], self.family.renewal_days
        return min(opens, last + A_WEEK_OR_TWO) if last < opens else None

    @property
    def finish_today(self) -> tuple[str, ...]:
        """Which keys must be fetched on the day their page was opened."""
        return tuple(one for one in self.family.finish_today if one != "reissue" or self.family.reissue)

    @property
    def late(self) -> int:
        """By how many minutes a page is carried over midnight: fewer than log somebody out."""
        return min(LATE, self.family.idle_minutes - 1)

    @property
    def before_midnight(self) -> str:
        """The time of day at which that begins."""
        return f"23時{HOUR - math.ceil(self.late / 2)}分"

    @property
    def idle_rule(self) -> str:
        """After what time without action a session ends, as the manual says it."""
        return _time(self.family.idle_minutes).replace("分", "分間") if self._idle_known else "一定時間"

    @property
    def idle(self) -> str:
        """A time after which it has ended."""
        return _time(self.family.idle_minutes) if self._idle_known else A_WHILE

    @property
    def awake(self) -> str:
        """A time after which it has not."""
        return f"{self.family.idle_minutes - 1}分" if self._idle_known else "1分"

    @property
    def _idle_known(self) -> bool:
        return "idle_minutes" in self.family.model_fields_set


def _time(minutes: int) -> str:
    return f"{minutes // HOUR}時間" if minutes % HOUR == 0 else f"{minutes}分"
