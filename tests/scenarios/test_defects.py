"""Every rule can be broken by a defect of the mock, and then exactly the scenarios of that rule go red, and say why.

The mock notes which of its defects a scenario could have noticed at all: where a decision's right and wrong outcome are
the same, the scenario cannot change. So each defect is tried on the scenarios that touch it, and on no others.
"""

from __future__ import annotations

import fnmatch
import shutil
from typing import Any

import pytest

from sekisho.manual.citations import CitedScenario, scenarios
from sekisho.results import Scenario
from sekisho.verdict import Verdict

from .catalogue import due, told
from .expectations import Pair, expectations, label, noticed, said
from .plan import alone, company, planned, proven, unproven
from .runs import Noted, both, defects_of, run_green, run_planned

ELSEWHERE = {"msedge"}  # tags of what needs a browser that is not here
PIN = (
    "OBN-IMPORT-KEY-*",
    "NEC-ISSUE-3[1-4]",
    "NEC-RULE-02",
)  # rows about the browser's own prompt, which appears only in a window
WINDOWS = all(map(shutil.which, ("Xvfb", "xdotool")))

pytestmark = pytest.mark.xdist_group("scenarios")  # one whole run, and one with defects, for all of them


@pytest.fixture(scope="session")
def green(tmp_path_factory: pytest.TempPathFactory) -> Noted:
    """One whole run, in which every scenario passes."""
    return run_green(tmp_path_factory.mktemp("green"))


@pytest.fixture(scope="session")
def broken(green: Noted, tmp_path_factory: pytest.TempPathFactory) -> Noted:
    """Every planned scenario with its defects on."""
    first = run_planned(tmp_path_factory.mktemp("broken"), planned(green))
    return both(first, run_planned(tmp_path_factory.mktemp("again"), unproven(green, first)))


def named(green: Noted, pair: Pair, name: str) -> list[Scenario]:
    """The manual's scenario of a name, or all examples of an outline, or `outline [example]`."""
    return [one for one in green.scenarios if one.manual == pair.manual and name in {one.name, label(one)}]


def test_without_a_defect_nothing_is_red(green: Noted) -> None:
    """The mock keeps every promise of the manuals; NOT APPLICABLE is only what this browser cannot show."""
    fine = {Verdict.PASS, Verdict.WARNING, Verdict.NOT_APPLICABLE}
    assert [(label(one), one.failure) for one in green.scenarios if one.verdict not in fine] == []
    left_out = {(one.manual, one.name) for one in green.scenarios if one.verdict is Verdict.NOT_APPLICABLE}
    assert left_out <= {(one.manual, one.name) for one in scenarios() if shown_elsewhere(one)}


def shown_elsewhere(one: CitedScenario) -> bool:
    """Whether a scenario needs a browser or a machine that is not here."""
    return bool(ELSEWHERE & set(one.tags)) or (not WINDOWS and any(fnmatch.filter(one.ids, rows) for rows in PIN))


def test_every_scenario_that_must_go_red_exists_and_touches_its_defect(green: Noted) -> None:
    """A defect that a scenario never meets could not turn it red."""
    for pair, expected in expectations().items():
        for name in expected.red:
            found = named(green, pair, name)
            assert found, f"{pair}: no scenario {name!r}"
            assert all(pair.defect in green.touches(one) for one in found), f"{name} does not touch {pair.defect}"


def test_every_defect_of_the_mock_is_expected_in_every_manual_it_breaks(mock: dict[str, Any]) -> None:
    """No defect without a scenario that notices it; a manual counts once it has scenarios."""
    catalogue, tested = told(mock), {one.manual for one in scenarios()}
    assert sorted(pair for pair in due(catalogue) - expectations().keys() if pair.manual in tested) == []
    assert sorted(pair for pair in expectations() if pair.defect not in catalogue) == []


@pytest.mark.parametrize("pair", sorted(expectations()), ids="/".join)
def test_a_defect_turns_its_scenarios_red(pair: Pair, green: Noted, broken: Noted) -> None:
    """All of those that must notice it, and each says what the portal did, not something else on the way."""
    expected = expectations()[pair]
    tried = [one for one in broken.scenarios if one.manual == pair.manual and defects_of(one) == [pair.defect]]
    assert {label(one) for one in tried} >= {label(one) for one in alone(green, pair)}
    assert any(map(expected.names, tried))
    assert [label(one) for one in tried if expected.names(one) and not noticed(one)] == []
    for one in filter(noticed, tried):
        assert expected.blocks or expected.names(one), f"{label(one)}: {said(one)}"
        assert one.verdict in {Verdict.FAIL, Verdict.WARNING}, f"{label(one)}: {one.failure and one.failure.detail}"
        assert any(part in said(one) for part in expected.because), said(one)


def test_every_defect_is_met_by_a_scenario_of_another_rule_that_stays_green(green: Noted, broken: Noted) -> None:
    """Where some pass by it. Not by each that did so in the green run: what answers a double press is a race."""
    met = {Pair(one.manual, defect) for one in broken.scenarios for defect in proven(broken, one)}
    due = {Pair(one.manual, defect) for one, defects in company(green) for defect in defects}
    assert sorted(due - met) == []
