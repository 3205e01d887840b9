"""Moments on Japan's clock: portals count calendar days in Tokyo, and their users read its time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def in_tokyo(moment: datetime) -> datetime:
    """A moment on Tokyo's clock.

    The end of year 9999 stays what it is: a certificate without an end has it (RFC 5280 section 4.1.2.5).
    """
    try:
        return moment.astimezone(TOKYO)
    except OverflowError:
        return moment.replace(tzinfo=TOKYO)
