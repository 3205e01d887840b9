"""How many workers a run gets."""

from __future__ import annotations

import pytest

from sekisho.cli.jobs import EXPLORING, automatic, workers


@pytest.mark.parametrize(("cores", "scenarios", "expected"), [(1, 60, 1), (2, 60, 2), (2, 1, 1), (8, 9, 2), (2, 0, 1)])
def test_auto_gives_each_core_a_worker_if_it_has_enough_to_do(cores: int, scenarios: int, expected: int) -> None:
    """A worker costs the start of a mock and a browser, which a few scenarios do not repay."""
    assert automatic(cores, scenarios) == expected


@pytest.mark.parametrize(("cores", "cells", "expected"), [(1, 60, 2), (2, 60, 3), (2, 8, 2), (2, 3, 1), (8, 60, 12)])
def test_auto_gives_a_core_more_workers_where_they_wait_more(cores: int, cells: int, expected: int) -> None:
    """Cells of an exploration: two workers on two cores take a fifth longer than three."""
    assert automatic(cores, cells, EXPLORING) == expected


def test_a_number_is_taken_at_its_word() -> None:
    """Whoever says 3 gets 3."""
    assert workers("3", 1, shared_accounts=False) == 3


def test_one_worker_uses_up_a_targets_accounts() -> None:
    """`auto` with a target file is 1."""
    assert workers("auto", 1000, shared_accounts=True) == 1
