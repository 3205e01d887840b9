"""Moments and durations as reports write them."""

from __future__ import annotations

from datetime import datetime

from sekisho.japan import in_tokyo

MINUTE = 60


def moment(when: datetime) -> str:
    """A point in time as people in Japan read it: date, time and zone."""
    return f"{in_tokyo(when):%Y-%m-%d %H:%M:%S} JST"


def clock(when: datetime) -> str:
    """The time of day in Japan."""
    return f"{in_tokyo(when):%H:%M:%S}"


def duration(seconds: float) -> str:
    """A length of time: 0.8 s, 12.3 s, 2 min 05 s."""
    if round(seconds) < MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes} min {rest:02} s"
