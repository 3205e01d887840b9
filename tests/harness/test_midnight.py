"""What a scenario that midnight in Japan fell into is worth, and what counts as today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sekisho.network.hosts import ElsewhereError
from sekisho.run.midnight import undecided
from sekisho.run.scenario_verdict import verdict_of
from sekisho.verdict import BlockedError, DeviationError, Verdict
from steps.times import is_today

MIDNIGHT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def verdict(error: Exception, began: datetime, now: datetime) -> Verdict:
    """Of a scenario that began then and was stopped now."""
    return verdict_of(undecided(error, began, now))


def test_a_deviation_after_midnight_is_undecided() -> None:
    """Renewal on the 31st day before the end was the 30th when the portal was asked."""
    error = DeviationError("申請できる")
    assert verdict(error, MIDNIGHT - SECOND, MIDNIGHT + SECOND) is Verdict.ERROR
    told = str(undecided(error, MIDNIGHT - SECOND, MIDNIGHT + SECOND))
    for words in ("日付が変わった", "11-26 23:59", "11-27 00:00", "もう一度", "申請できる"):
        assert words in told


@pytest.mark.parametrize("began", [MIDNIGHT, MIDNIGHT - timedelta(hours=12)])
def test_a_deviation_on_one_day_stays_one(began: datetime) -> None:
    """Midnight elsewhere is none in Japan."""
    assert verdict(DeviationError("申請できる"), began, began + timedelta(minutes=5)) is Verdict.FAIL


def test_what_depends_on_no_day_stays_what_it_is() -> None:
    """A password that was sent elsewhere, and what was never judged."""
    elsewhere = ElsewhereError("画面が秘密を送った", "https://cdn.example")
    assert verdict(elsewhere, MIDNIGHT - SECOND, MIDNIGHT + SECOND) is Verdict.FAIL
    assert verdict(BlockedError("いない"), MIDNIGHT - SECOND, MIDNIGHT + SECOND) is Verdict.BLOCKED
    assert undecided(None, MIDNIGHT - SECOND, MIDNIGHT + SECOND) is None


def test_what_was_made_a_moment_before_midnight_is_of_today() -> None:
    """A minute later it still is; in the morning it is not."""
    assert is_today(MIDNIGHT - SECOND, MIDNIGHT + SECOND)
    assert is_today(MIDNIGHT, MIDNIGHT)
    assert not is_today(MIDNIGHT - SECOND, MIDNIGHT + timedelta(hours=1))
    assert not is_today(MIDNIGHT, MIDNIGHT - timedelta(days=1))
