"""Dates as the portals count them: calendar days in Tokyo."""

from __future__ import annotations

from datetime import datetime

from sekisho.japan import in_tokyo


def tokyo_date(moment: datetime) -> str:
    """The date of a moment in Tokyo, as the portals print it: YYYY/MM/DD."""
    return in_tokyo(moment).strftime("%Y/%m/%d")


def months_later(moment: datetime, months: int) -> datetime:
    """The same day of a month some months later; the first of the next month where there is no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    try:
        return moment.replace(year=moment.year + years, month=month + 1)
    except ValueError:
        return months_later(moment.replace(day=1), months + 1)


def years_later(moment: datetime, years: int) -> list[str]:
    """The day in Tokyo that is so many years later; after a leap day, those on both sides of the gap."""
    day = in_tokyo(moment)
    try:
        return [tokyo_date(day.replace(year=day.year + years))]
    except ValueError:
        return [
            tokyo_date(day.replace(year=day.year + years, month=month, day=last)) for month, last in ((2, 28), (3, 1))
        ]
