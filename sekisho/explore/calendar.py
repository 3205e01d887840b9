"""Where in the calendar a rule's boundary is laid: days behind whose midnight something has often gone wrong."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A day in the calendar, by what it is called in a sentence: 今日は「…」である."""

    name: str
    english: str
    """What it is called in the report's English."""
    meant: Callable[[date], bool]
    """Whether a day is one of these."""
    past: date | None = None
    """The day after which there is none any more."""

    def next(self, today: date) -> date | None:
        """The first such day from today on; None where there is none."""
        if self.past and today > self.past:
            return None
        day = today
        while not self.meant(day):
            day += A_DAY
        return day


def _ends_month(day: date) -> bool:
    """The last of a month within a year, and not of February, which has a place of its own."""
    return day.month not in {2, 12} and day.day == monthrange(day.year, day.month)[1]


def _leap(month: int, number: int) -> Callable[[date], bool]:
    return lambda day: isleap(day.year) and (day.month, day.day) == (month, number)


LAST = date(2038, 1, 19)  # on which 2^31 seconds since 1970 are over
PLACES = (
    Place("ふつうの日", "ordinary day", lambda day: True),  # noqa: ARG005 - any
    Place("月末", "end of a month", _ends_month),
    Place(
        "平年の2月28日",
        "28 February of a common year",
        lambda day: not isleap(day.year) and (day.month, day.day) == (2, 28),
    ),
    Place("うるう日の前日", "day before a leap day", _leap(2, 28)),
    Place("うるう日", "leap day", _leap(2, 29)),
    Place("うるう年の3月15日", "15 March of a leap year", _leap(3, 15)),
    Place("大みそか", "31 December", lambda day: (day.month, day.day) == (12, 31)),
    Place("2038年1月19日", "19 January 2038", lambda day: day == LAST, past=LAST),
)
_BY_NAME = {one.name: one for one in PLACES}


def place(name: str) -> Place | None:
    """The place of a name; None where there is none of that name."""
    return _BY_NAME.get(name)
