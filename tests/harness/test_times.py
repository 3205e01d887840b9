"""Days as the portals count them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest

from reports.text import moment
from sekisho.verdict import DeviationError
from steps.certificates import check_length
from steps.times import days, says, tokyo_date, years_later
from tests.reports.samples import certificate


def test_years_are_counted_in_tokyo() -> None:
    """Late in the evening of London it is the next day there."""
    assert years_later(datetime(2026, 1, 2, 12, tzinfo=UTC), 2) == ["2028/01/02"]
    assert years_later(datetime(2026, 1, 2, 15, tzinfo=UTC), 2) == ["2028/01/03"]


def test_a_leap_day_has_no_anniversary() -> None:
    """A portal may take the day before or after."""
    assert years_later(datetime(2028, 2, 29, 3, tzinfo=UTC), 2) == ["2030/02/28", "2030/03/01"]


@pytest.mark.parametrize(
    ("start", "end", "months", "right"),
    [
        ("2026-11-28T03:00", "2027-11-27T23:59", 12, True),
        ("2026-11-28T03:00", "2027-11-25T23:59", 12, False),
        ("2026-11-28T03:00", "2028-11-27T23:59", 12, False),
        ("2027-02-28T15:00", "2028-02-29T23:59", 12, True),
        ("2027-02-28T14:59", "2028-02-27T23:59", 12, True),
        ("2028-02-29T14:59", "2029-02-27T23:59", 12, True),
        ("2028-02-29T14:59", "2029-03-01T14:59", 12, True),
        ("2028-02-29T14:59", "2029-02-26T14:58", 12, False),
        ("2026-11-30T14:59", "2030-02-27T23:59", 39, True),
        ("9998-11-30T14:59", "9999-12-31T23:59", 39, False),
    ],
)
def test_a_certificate_lasts_its_months_by_the_calendar_of_tokyo_or_of_utc(
    start: str,
    end: str,
    months: int,
    right: bool,  # noqa: FBT001 - a value of the table
) -> None:
    """On the last of February it is March in Tokyo already; and a leap day has no anniversary."""
    begins, ends = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (start, end))
    shown = certificate(not_before=begins, not_after=ends)
    with nullcontext() if right else pytest.raises(DeviationError):
        check_length(shown, months)


def test_a_certificate_without_an_end_ends_in_9999_in_tokyo_too() -> None:
    """RFC 5280 gives it the last second of UTC, nine hours before which Tokyo's calendar is over."""
    end = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert tokyo_date(end) == "9999/12/31"
    assert moment(end) == "9999-12-31 23:59:59 JST"


@pytest.mark.parametrize(
    "written",
    [
        "2026/11/27 23:59:59",
        "2026年11月27日（金曜日）23時59分",
        "2026/11/27(金) 23:59",
        "令和 8年11月27日 午後11時59分",
        "R.8.11.27 23:59",
        "令8.11.27 23:59",
        "2026/11/27 11:59 PM",
        "27 Nov 2026 23:59",
        "Nov. 27, 2026 11:59 p.m.",
        "2026-11-27T14:59:59Z",
        "2026-11-27T14:59:59.000+00:00",
        "2026-11-27T23:59:59+0900",
        "2026-11-27 14:59:59 UTC",
        "Fri, 27 Nov 2026 14:59:59 GMT",
        "Nov 27 14:59:59 2026 GMT",
        "Fri Nov 27 23:59:59 JST 2026",
        "27-Nov-2026 23:59",
        "2026/11/27 PM 11:59",
        "2026/11/27, 11:59 PM",
        "2026/11/27 (Fri) 23:59",
        "2026年11月27日（金・祝）23:59",
    ],
)
def test_a_moment_is_read_however_it_is_written(written: str) -> None:
    """By the calendar of the era, in twelve hours, in English, on the clock of UTC."""
    moment = datetime(2026, 11, 27, 14, 59, tzinfo=UTC)
    assert days(written) == [date(2026, 11, 27)]
    assert says(written, moment)
    assert not says(written, moment - timedelta(hours=12))


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    """Its date is that of the day that ends."""
    assert says("2026/11/27 24:00", datetime(2026, 11, 27, 15, tzinfo=UTC))
    assert not says("2026/11/27 24:00", datetime(2026, 11, 26, 15, tzinfo=UTC))
    assert days("2026年11月27日24時00分") == [date(2026, 11, 27)]
    for written in ("2026年11月27日24時", "令和8年11月27日（金）24時まで", "2026年11月27日 ２４時"):
        assert says(written, datetime(2026, 11, 27, 15, tzinfo=UTC)), written
        assert days(written) == [date(2026, 11, 27)]
    for written in ("2026年11月27日24時まで", "2026年11月27日の24時", "2026/11/27 24:00"):
        assert says(written, datetime(2026, 11, 27, 14, 59, 59, tzinfo=UTC))
        assert not says(written, datetime(2026, 11, 27, 14, 58, 59, tzinfo=UTC))
    assert not says("2026年11月27日 24時間以内", datetime(2026, 11, 27, 15, tzinfo=UTC))


@pytest.mark.parametrize("written", ["20261127", "申請番号2026-1234-5", "2026/13/01", "ver8.11.27", "7 decided 2026"])
def test_digits_that_are_no_date_are_none(written: str) -> None:
    """Numbers of requests above all."""
    assert days(written) == []


def test_a_span_of_hours_is_no_zone() -> None:
    """What stands behind a time after a dash is another time, or another day."""
    assert says("2026/11/27 10:00-12:00", datetime(2026, 11, 27, 1, tzinfo=UTC))
    assert days("2026/11/27 00:00-2027/11/26 23:59") == [date(2026, 11, 27), date(2027, 11, 26)]
