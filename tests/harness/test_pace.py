"""The pause between actions lasts from one to the next, and not longer."""

from __future__ import annotations

import pytest

from sekisho.person import throttle
from sekisho.person.throttle import Pace


class Hours:
    """A clock that only sleep and work move."""

    def __init__(self) -> None:
        """Begin at a moment after zero."""
        self.now, self.slept = 100.0, 0.0

    def monotonic(self) -> float:
        """What it shows."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let it go on."""
        self.now += seconds
        self.slept += seconds


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    """The clock of the pause."""
    made = Hours()
    monkeypatch.setattr(throttle, "time", made)
    return made


def test_the_first_action_does_not_wait_and_the_next_one_does(hours: Hours) -> None:
    """What the portal took in between counts."""
    pace = Pace(0.5)
    pace.keep()
    assert hours.slept == 0
    hours.now += 0.2
    pace.keep()
    assert hours.slept == pytest.approx(0.3)


def test_without_a_pause_nothing_waits(hours: Hours) -> None:
    """As on the mock."""
    pace = Pace()
    for _ in range(1000):
        pace.keep()
    assert hours.slept == 0
