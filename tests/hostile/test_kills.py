"""kill -9 in the middle: nothing that was answered for is lost, and after the next start nothing is left.

A few moments; `make soak` tries fifty.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.soak import kills, mocks
from bench.soak.record import Record, Round, Wrong

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
SEED = 12
TIMES = int(os.environ.get("SEKISHO_TRIES", "1"))


@pytest.mark.parametrize("number", range(1, 2 * TIMES + 1))
def test_a_killed_run_loses_and_leaves_nothing(tmp_path: Path, number: int) -> None:
    """The first alone, the second with all that it has started."""
    found = kills.killed(number, tmp_path, kills.Asked(jobs=1, seed=SEED, moments=(1.0, 6.0)))
    assert found.wrong == (), found


@pytest.mark.parametrize("number", range(1, TIMES + 1))
def test_a_killed_mock_has_everything_that_it_answered_for(tmp_path: Path, number: int) -> None:
    """Subscribers, requests, certificates, revocations; and what it had accepted it finishes."""
    found = mocks.killed(number, tmp_path, SEED, moments=(0.5, 1.5))
    assert found.wrong == (), found
    assert sum(found.counted.values()) > 0


def test_a_soak_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """Rounds that were carried out are not carried out again, and what was wrong in them is still told."""
    done: list[int] = []

    def work(number: int) -> Round:
        done.append(number)
        return Round(number, "work", 0.1, (Wrong("one", "FAIL", "why"),) if number == 2 else (), {"things": 3})

    first = Record(tmp_path, "runs")
    assert [one.number for one in first.carry_out(2, work)] == [1, 2]
    second = Record(tmp_path, "runs")
    assert [one.number for one in second.carry_out(3, work)] == [3]
    assert done == [1, 2, 3]
    assert [len(one.wrong) for one in Record(tmp_path, "runs").rounds] == [0, 1, 0]
