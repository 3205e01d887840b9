"""The business clock: what time the portals' rules believe it is, in Asia/Tokyo.

It moves forward on request and never stops. Certificates are dated by the real clock, so that TLS accepts them, unless
the calendar was set to a day: then it is their dates that are looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mock_ca.registry import Registry

TOKYO = ZoneInfo("Asia/Tokyo")
MARGIN = timedelta(minutes=10)
OFFSET = "clock_offset_seconds"
SET = "calendar_was_set"
NOON = time(12)


def real_now() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)


def end_of_day(day: date) -> datetime:
    """The last second of a calendar day in Tokyo: when a certificate that ends on that day ends."""
    return datetime.combine(day, time(23, 59, 59), TOKYO)


class Clock:
    """Business time, kept in the registry so that a restart does not turn it back."""

    def __init__(self, registry: Registry, real: Callable[[], datetime] = real_now) -> None:
        """Take up the offset that the registry remembers."""
        self._registry = registry
        self._real = real
        self._offset = timedelta(seconds=float(registry.setting(OFFSET, "0")))

    def now(self) -> datetime:
        """Business time, in Tokyo."""
        return (self._real() + self._offset).astimezone(TOKYO)

    def today(self) -> date:
        """The business day, in Tokyo."""
        return self.now().date()

    def real(self) -> datetime:
        """Real time in whole seconds (as certificates have it): no certificate may begin later."""
        return self._real().replace(microsecond=0)

    def begins(self) -> datetime:
        """From when a certificate that is issued now is valid, in whole seconds."""
        return self.now().replace(microsecond=0) if self._registry.setting(SET, "") else self.real()

    def set_day(self, day: date) -> None:
        """Let it be noon of a day. What happens by itself on the days in between does not happen."""
        self._keep(datetime.combine(day, NOON, TOKYO) - self._real())
        with self._registry.transaction():
            self._registry.set_setting(SET, day.isoformat())

    def advance(self, by: timedelta) -> list[date]:
        """Move forward and return the days that began on the way."""
        first = self.today()
        self._keep(self._offset + by)
        return [first + timedelta(days=n) for n in range(1, (self.today() - first).days + 1)]

    def reset(self) -> None:
        """Go back to real time; shortly before midnight to just after it, so that no scenario straddles a day."""
        now = self._real().astimezone(TOKYO)
        straddles = (now + MARGIN).date() != now.date()
        self._keep(MARGIN if straddles else timedelta())
        with self._registry.transaction():
            self._registry.set_setting(SET, "")

    def _keep(self, offset: timedelta) -> None:
        self._offset = offset
        with self._registry.transaction():
            self._registry.set_setting(OFFSET, str(offset.total_seconds()))
