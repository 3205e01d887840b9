"""Dates as the portals count them: calendar days in Tokyo."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta

from sekisho.japan import in_tokyo

JUST_NOW = timedelta(minutes=15)  # no scenario takes longer
REIWA = 2018  # the year before its first
# 2027/03/31, 2027-3-31, 2027.03.31, 2027年3月31日, 令和9年3月31日, R9.3.31; and the time of day behind it, if one is.
DATE = re.compile(
    r"(?:(?P<era>令和?|(?<![A-Za-z])R)\.?\s*(?P<short>\d{1,2}|元)|(?<!\d)(?P<year>\d{4}))"
    r"\s*[年/.-]\s*(?P<month>\d{1,2})\s*[月/.-]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*(?:\([日月火水木金土](?:曜日?)?\))?\s*T?(?P<before>午(?:前|(?P<later>後)))?"
    r"\s*(?P<hour>\d{1,2})\s*[時:]\s*(?P<minute>\d{1,2})"
    r"(?:\s*[分:]\s*(?:\d{1,2}(?:\.\d+)?\s*秒?)?)?\s*(?P<behind>[AaPp]\.?[Mm]\b)?(?P<utc>Z\b)?)?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
ENGLISH = (
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+{NAMED},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"\b{NAMED}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})", re.IGNORECASE),
)


def tokyo_date(moment: datetime) -> str:
    """The date of a moment in Tokyo, as the portals print it: YYYY/MM/DD."""
    return in_tokyo(moment).strftime("%Y/%m/%d")


def is_today(moment: datetime, now: datetime) -> bool:
    """Whether a moment is of this day in Tokyo, or of the last minutes before it: what is looked at took some."""
    return in_tokyo(moment).date() in {in_tokyo(now).date(), in_tokyo(now - JUST_NOW).date()}


def months_later(moment: datetime, months: int) -> list[datetime]:
    """So many months later by the calendar of Tokyo, and by that of UTC, in which certificates are written."""
    return [*_months_later(in_tokyo(moment), months), *_months_later(moment.astimezone(UTC), months)]


def _months_later(moment: datetime, months: int) -> list[datetime]:
    """The same day some months later; where that month has none, its last one and the first behind it."""
    years, month = divmod(moment.month - 1 + months, 12)
    if moment.year + years >= MAXYEAR:
        return []
    first = moment.replace(year=moment.year + years, month=month + 1, day=1)
    last = monthrange(first.year, first.month)[1]
    return [first + timedelta(days=day - 1) for day in ([moment.day] if moment.day <= last else [last, last + 1])]


def years_later(moment: datetime, years: int) -> list[str]:
    """The day in Tokyo that is so many years later; after a leap day, those on both sides of the gap."""
    day = in_tokyo(moment)
    try:
        return [tokyo_date(day.replace(year=day.year + years))]
    except ValueError:
        return [
            tokyo_date(day.replace(year=day.year + years, month=month, day=last)) for month, last in ((2, 28), (3, 1))
        ]


def days(text: str) -> list[date]:
    """The dates in a text, however they are written."""
    return [day for day, _ in _moments(text)]


def says(text: str, moment: datetime) -> bool:
    """Whether a text says a moment: its day in Tokyo, and where it says a time of day with it, that too."""
    wanted = in_tokyo(moment)
    told = {(wanted.date(), None), (wanted.date(), (wanted.hour, wanted.minute))}
    if (wanted.hour, wanted.minute) == (0, 0):
        told.add((wanted.date() - timedelta(days=1), (24, 0)))
    return any(one in told for one in _moments(text))


def _moments(text: str) -> Iterator[tuple[date, tuple[int, int] | None]]:
    said = unicodedata.normalize("NFKC", text)
    for written in ENGLISH:
        said = written.sub(_in_numbers, said)
    for found in DATE.finditer(said):
        try:
            yield _moment(found)
        except (ValueError, OverflowError):  # digits that are no date
            continue


def _in_numbers(found: re.Match[str]) -> str:
    return f"{found['year']}/{MONTHS.index(found['name'].lower()) + 1}/{found['day']}"


def _moment(found: re.Match[str]) -> tuple[date, tuple[int, int] | None]:
    """A day, and the time on it as it is said: 24:00 is the day's end."""
    year = int(found["year"] or found["short"].replace("元", "1")) + (REIWA if found["era"] else 0)
    day = date(year, int(found["month"]), int(found["day"]))
    if not found["hour"]:
        return day, None
    hour, behind = int(found["hour"]), (found["behind"] or "").lower()
    if found["before"] or behind:
        hour = hour % 12 + (12 if found["later"] or behind.startswith("p") else 0)
    minute = int(found["minute"])
    if not found["utc"]:
        return day, (hour, minute)
    local = in_tokyo(datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC))
    return local.date(), (local.hour, local.minute)
