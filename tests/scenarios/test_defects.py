"""Every rule can be broken by a defect of the mock, and then exactly the scenarios of that rule go red, and say why.

The mock notes which of its defects a scenario could have noticed at all: where a decision's right and wrong outcome are
the same, the scenario cannot change. So each defect is tried on the scenarios that touch it, and on no others.
Some defects are touched by nearly every scenario. Of those, a sample is tried here; `SEKISHO_EVERY_PAIR=1` tries all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict

ROOT = Path(__file__).parent.parent.parent
SAMPLE = 3  # scenarios of each defect that must stay green, tried beside those that must go red
EVERY_PAIR = bool(os.environ.get("SEKISHO_EVERY_PAIR"))


@dataclass(frozen=True)
class Expected:
    """What a defect must do: the scenarios that go red, and parts of what they say, one of which each must say.

    `blocks` is for a defect that breaks a step which other scenarios pass through: those that cannot go on are red too,
    but for the same reason.
    """

    red: tuple[str, ...]
    because: tuple[str, ...]
    blocks: bool = False


@cache
def expectations() -> dict[str, Expected]:
    """Every defect's expectation, from defects.toml."""
    read = tomllib.loads(Path(__file__).with_name("defects.toml").read_text(encoding="utf-8"))
    return {name: Expected(**one) for name, one in read.items()}


def run_scenarios(folder: Path, *options: str) -> list[Scenario]:
    """A run of the scenarios, as `sekisho run` starts it; its results."""
    command = [sys.executable, "-m", "pytest", "features", "-q", "-n", "2", "--run-dir", str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return read_scenarios(folder)


FINE = {Verdict.PASS, Verdict.NOT_APPLICABLE}
EDGE = "danshin/certificates_edge.feature"


@dataclass(frozen=True)
class Green:
    """A run without a defect, and which defects each of its scenarios touched."""

    folder: Path
    scenarios: list[Scenario]
    touched: dict[str, set[str]]

    def named(self, name: str) -> list[Scenario]:
        """The scenario of a name, or all examples of an outline, or `outline [example]`."""
        return [one for one in self.scenarios if name in {one.name, label(one)}]


def label(one: Scenario) -> str:
    """A scenario's name, with the example's values where it is an outline's."""
    values = [value for key, value in one.example.items() if key != "defect"]
    return f"{one.name} [{' '.join(values)}]" if values else one.name


@pytest.fixture(scope="session")
def green(tmp_path_factory: pytest.TempPathFactory) -> Green:
    """One whole run, in which every scenario passes."""
    folder = tmp_path_factory.mktemp("green")
    scenarios = run_scenarios(folder / "run", "--touched", str(folder / "touched"))
    touched = {path.stem: set(json.loads(path.read_text())) for path in (folder / "touched").glob("*.json")}
    return Green(folder / "run", scenarios, touched)


@pytest.fixture(scope="session")
def broken(green: Green, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Scenario]]:
    """The planned scenarios with each defect on, by defect."""
    folder = tmp_path_factory.mktemp("broken")
    plan = {name: planned(green, name) for name in expectations()}
    (folder / "plan.json").write_text(json.dumps(plan))
    results = run_scenarios(folder / "run", "--defects", str(folder / "plan.json"))
    return {name: [one for one in results if one.example["defect"] == name] for name in expectations()}


def planned(green: Green, defect: str) -> list[str]:
    """The ids of the scenarios to try with a defect: all that must go red, and of the other touched ones a sample."""
    red = [one.id for name in expectations()[defect].red for one in green.named(name)]
    others = sorted(
        one.id for one in green.scenarios if defect in green.touched.get(one.id, set()) and one.id not in red
    )
    return red + (others if EVERY_PAIR else others[:: max(1, len(others) // SAMPLE)][:SAMPLE])


def test_without_a_defect_nothing_is_red(green: Green) -> None:
    """The mock keeps every promise of the manual; NOT APPLICABLE is only what this browser cannot show."""
    assert [
        (one.name, one.failure and one.failure.portal_did) for one in green.scenarios if one.verdict not in FINE
    ] == []
    assert {one.feature for one in green.scenarios if one.verdict is Verdict.NOT_APPLICABLE} <= {EDGE}


def test_every_scenario_that_must_go_red_exists_and_touches_its_defect(green: Green) -> None:
    """A defect that a scenario never meets could not turn it red."""
    for defect, expected in expectations().items():
        for name in expected.red:
            assert green.named(name), f"{defect}: no scenario {name!r}"
            assert all(defect in green.touched[one.id] for one in green.named(name)), f"{name} does not touch {defect}"


def test_every_defect_of_the_mock_is_expected(mock: dict[str, Any]) -> None:
    """No defect without a scenario that notices it."""
    request = Request(f"{mock['control']}/defects", headers={"Authorization": f"Bearer {mock['token']}"})
    with urlopen(request) as answer:
        catalogue = {one["name"] for one in json.load(answer)["catalogue"]}
    assert set(expectations()) == catalogue


@pytest.mark.parametrize("defect", sorted(expectations()))
def test_a_defect_turns_exactly_its_scenarios_red(defect: str, broken: dict[str, list[Scenario]]) -> None:
    """And each says what the portal did, not something else that happened to go wrong on the way."""
    expected = expectations()[defect]
    red = [one for one in broken[defect] if one.verdict is not Verdict.PASS]
    for name in expected.red:
        assert [one for one in broken[defect] if name in {one.name, label(one)}], f"{name} was not tried"
        green = [one for one in broken[defect] if name in {one.name, label(one)} and one.verdict is Verdict.PASS]
        assert green == [], f"{name} stays green"
    for one in red:
        assert one.failure
        assert expected.blocks or {one.name, label(one)} & set(expected.red), f"{label(one)}: {one.failure.portal_did}"
        assert one.verdict is Verdict.FAIL, f"{label(one)}: {one.failure.detail}"
        assert any(part in one.failure.portal_did for part in expected.because), one.failure.portal_did
