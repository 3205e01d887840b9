"""The pause between actions lasts from one to the next, and not longer."""

from __future__ import annotations

import time

from sekisho.person.throttle import Pace


def test_the_first_action_does_not_wait_and_the_next_one_does() -> None:
    """What the portal took in between counts."""
    pace, begun = Pace(0.5), time.monotonic()
    pace.keep()
    assert time.monotonic() - begun < 0.4
    time.sleep(0.2)
    pace.keep()
    assert time.monotonic() - begun > 0.49


def test_without_a_pause_nothing_waits() -> None:
    """As on the mock."""
    pace, begun = Pace(), time.monotonic()
    for _ in range(1000):
        pace.keep()
    assert time.monotonic() - begun < 0.1
