"""Dates as the portals count them: calendar days in Tokyo."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def in_tokyo(moment: datetime) -> datetime:
    """A moment on Tokyo's clock."""
    return moment.astimezone(TOKYO)


def tokyo_date(moment: datetime) -> str:
    """The date of a moment in Tokyo, as the portals print it: YYYY/MM/DD."""
    return in_tokyo(moment).strftime("%Y/%m/%d")


def years_later(moment: datetime, years: int) -> datetime:
    """The same date some years later; 29 February becomes 1 March, as the day does not exist."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
