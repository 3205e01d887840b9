"""Dates as the portals count them: calendar days in Tokyo."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta, timezone

from sekisho.japan import in_tokyo

JUST_NOW = timedelta(minutes=15)  # no scenario takes longer
REIWA = 2018  # the year before its first
CENTURY = 2000  # of a year of two digits
WEEKDAY = re.compile(r"\((?:[日月火水木金土]|[A-Z][a-z]{2})[^()\d]{0,6}\)").pattern
HALF = re.compile(r"午[前後]|[AaPp]\.?[Mm]\b\.?").pattern
AFTERNOON = re.compile("午後|[Pp]")
# A minus would as well be the end of a span of hours, as 10:00-12:00, and Japan lies east.
ZONE = r"Z\b|(?:UTC|GMT)\b|\+(?:0\d|1[0-4]):?[0-5]\d\b"
# 2027/03/31, 2027-3-31, 2027.03.31, 2027年3月31日, 令和9年3月31日, R9.3.31, 27/03/31; and the time of day behind it, if
# one is.
DATE = re.compile(
    r"(?:(?P<era>令和?|(?<![A-Za-z])R)\.?\s*(?P<short>\d{1,2}|元)"
    r"|(?<!\d)(?P<year>\d{4})|(?<![\d/.-])(?P<two>\d\d)(?=/\s?\d{1,2}/\s?\d{1,2}(?![\d/])))"
    r"\s*[年/.-]\s*(?P<month>\d{1,2})\s*[月/.-]\s*(?P<day>\d{1,2})\s*日?"
    rf"(?:\s*(?:{WEEKDAY})?\s*の?\s*(?P<end>24\s*時(?!\s*\d|間))"
    rf"|\s*(?:{WEEKDAY})?,?\s*T?(?P<before>{HALF}|[AaPp][Mm](?=\d))?"
    r"\s*(?P<hour>\d{1,2})\s*[時:]\s*(?P<minute>\d{1,2})"
    rf"(?:\s*[分:]\s*(?:\d{{1,2}}(?:\.\d+)?\s*秒?)?)?\s*(?P<behind>{HALF})?\s*(?P<zone>{ZONE})?)?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REST = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember"
NAMED = rf"(?P<name>{'|'.join(MONTHS)})(?:{REST})?\b\.?"
ENGLISH = (
    re.compile(rf"\b(?P<day>\d{{1,2}})[\s-]+{NAMED},?[\s-]+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"\b{NAMED}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    # as Java and OpenSSL print a moment when nobody tells them how: Fri Nov 27 23:59:59 JST 2026
    re.compile(
        rf"\b{NAMED}\s+(?P<day>\d{{1,2}})\s+(?P<time>\d\d:\d\d:\d\d(?:\s+[A-Z]{{3}})?)\s+(?P<year>\d{{4}})",
        re.IGNORECASE,
    ),
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
    return [day for day, _ in moments(text)]


def says(text: str, moment: datetime) -> bool:
    """Whether a text says a moment: its day in Tokyo, and where it says a time of day with it, that too."""
    wanted = in_tokyo(moment)
    told = {(wanted.date(), None), (wanted.date(), (wanted.hour, wanted.minute))}
    if (wanted.hour, wanted.minute) == (0, 0):
        told.add((wanted.date() - timedelta(days=1), (24, 0)))
    if (wanted.hour, wanted.minute) == (23, 59):  # the last second of a day is its end
        told.add((wanted.date(), (24, 0)))
    return any(one in told for one in moments(text))


def moments(text: str) -> Iterator[tuple[date, tuple[int, int] | None]]:
    """The dates in a text, each with the hour and minute that are said with it."""
    said = unicodedata.normalize("NFKC", text)
    for written in ENGLISH:
        said = written.sub(_in_numbers, said)
    for found in DATE.finditer(said):
        try:
            yield _moment(found)
        except (ValueError, OverflowError):  # digits that are no date
            continue


def _in_numbers(found: re.Match[str]) -> str:
    time = found.groupdict().get("time", "")
    return f"{found['year']}/{MONTHS.index(found['name'].lower()) + 1}/{found['day']} {time}".rstrip()


def _moment(found: re.Match[str]) -> tuple[date, tuple[int, int] | None]:
    """A day, and the time on it as it is said: 24:00 is the day's end."""
    day = date(_year(found), int(found["month"]), int(found["day"]))
    if not found["hour"]:
        return day, (24, 0) if found["end"] else None
    hour, minute = _hour(found), int(found["minute"])
    if not found["zone"]:
        return day, (hour, minute)
    local = in_tokyo(datetime(day.year, day.month, day.day, hour, minute, tzinfo=_zone(found["zone"])))
    return local.date(), (local.hour, local.minute)


def _year(found: re.Match[str]) -> int:
    if found["two"]:
        return CENTURY + int(found["two"])
    return int(found["year"] or found["short"].replace("元", "1")) + (REIWA if found["era"] else 0)


def _hour(found: re.Match[str]) -> int:
    half, hour = found["before"] or found["behind"], int(found["hour"])
    return hour % 12 + (12 if AFTERNOON.match(half) else 0) if half else hour


def _zone(said: str) -> timezone:
    """Greenwich's, or so many hours and minutes ahead of it."""
    ahead = re.sub(r"\D", "", said).ljust(4, "0")
    return timezone(timedelta(hours=int(ahead[:2]), minutes=int(ahead[2:])))
