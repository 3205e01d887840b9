"""Days as the portals count them."""

from __future__ import annotations

from datetime import UTC, datetime

from reports.text import moment
from steps.times import tokyo_date, years_later


def test_years_are_counted_in_tokyo() -> None:
    """Late in the evening of London it is the next day there."""
    assert years_later(datetime(2026, 1, 2, 12, tzinfo=UTC), 2) == ["2028/01/02"]
    assert years_later(datetime(2026, 1, 2, 15, tzinfo=UTC), 2) == ["2028/01/03"]


def test_a_leap_day_has_no_anniversary() -> None:
    """A portal may take the day before or after."""
    assert years_later(datetime(2028, 2, 29, 3, tzinfo=UTC), 2) == ["2030/02/28", "2030/03/01"]


def test_a_certificate_without_an_end_ends_in_9999_in_tokyo_too() -> None:
    """RFC 5280 gives it the last second of UTC, nine hours before which Tokyo's calendar is over."""
    end = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert tokyo_date(end) == "9999/12/31"
    assert moment(end) == "9999-12-31 23:59:59 JST"
