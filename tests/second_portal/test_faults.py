"""Each fault of a portal turns exactly the right rows red, for the right reason, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.second_portal.expected import expectations, judged, planned
from tests.second_portal.faults import FAULTS, FOR_ANYBODY
from tests.second_portal.habits import Habits
from tests.second_portal.trials import carry_out, ids
from tests.second_portal.trying import DOCS, tabled

ROUNDS = planned()
TOGETHER = [pytest.mark.xdist_group(f"second portal, faults {number}") for number, _ in enumerate(ROUNDS)]


@pytest.mark.parametrize("number", [pytest.param(n, marks=mark) for n, mark in enumerate(TOGETHER)])
def test_exactly_the_right_rows_are_red_for_the_right_reason(number: int, tmp_path: Path) -> None:
    """Of many faults in one run, each is noticed by its scenario, and others that meet it pass."""
    round_, habits = ROUNDS[number], Habits(own_words=number == 1)
    tried = carry_out(tmp_path, round_, habits=habits)
    wrong = [text for name, faults in round_.items() if (text := judged(faults, name, tried.scenarios[name]))]
    assert wrong == []
    passed_by = [name for name, faults in round_.items() if set(faults) - FOR_ANYBODY - tried.met.get(name, set())]
    assert passed_by == [], "a scenario that does not meet a fault says nothing of it"


def test_every_fault_is_expected_to_be_noticed() -> None:
    """None is there that no scenario finds."""
    assert list(expectations()) == list(FAULTS)
    assert all(expected.red and expected.because for expected in expectations().values())
    named = {name for one in expectations().values() for name in (*one.red, *one.green)}
    assert named <= set(ids())


def test_the_table_in_the_docs_says_what_is_expected() -> None:
    """`python -m tests.second_portal.trying --table` writes it."""
    text = DOCS.read_text(encoding="utf-8")
    assert tabled(text) == text
