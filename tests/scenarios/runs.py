"""Runs of the scenarios: one without a defect, and what its scenarios touched; others with defects on."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fixtures.defects import TOGETHER
from sekisho.manual.shards import durations
from sekisho.results import Scenario, read_scenarios

from .expectations import Pair

ROOT = Path(__file__).parent.parent.parent
BESIDE_OTHERS = "PYTEST_XDIST_WORKER" in os.environ  # tests, which keep the other core busy meanwhile
WORKERS = 1 if BESIDE_OTHERS else 2
# and one more where much is red: a scenario that fails has mostly waited for what never comes

Plan = dict[str, list[str]]  # by scenario id: the defects, or several together, to try it with


@dataclass(frozen=True)
class Noted:
    """A run's scenarios, and which defects each of them touched, by scenario id."""

    scenarios: list[Scenario]
    touched: dict[str, set[str]]

    def touching(self, pair: Pair) -> list[Scenario]:
        """The manual's scenarios that could notice the defect, the quickest first."""
        able = [one for one in self.scenarios if one.manual == pair.manual and one.verdict.passed]
        return sorted((one for one in able if pair.defect in self.touches(one)), key=usual)

    def touches(self, one: Scenario) -> set[str]:
        """The defects that a scenario could notice."""
        return self.touched.get(one.id, set())


def usual(one: Scenario) -> tuple[float, str]:
    """Sorts the quickest first, by the recorded durations: by this run's own, each run would try others."""
    return durations().get(one.base_id, math.inf), one.id


def run_scenarios(folder: Path, *options: str) -> None:
    """A run of the scenarios, as `sekisho run` starts it."""
    command = [sys.executable, "-m", "pytest", "features", "-q", "-n", str(WORKERS), "--run-dir", str(folder)]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stdout + done.stderr


def run_green(folder: Path, *options: str) -> Noted:
    """A run in which every scenario is expected to pass."""
    run_scenarios(folder / "run", "--touched", str(folder / "touched"), *options)
    return noted(folder)


def noted(folder: Path) -> Noted:
    """What a run left in its folder."""
    touched = {path.stem: set(json.loads(path.read_text())) for path in folder.glob("touched/*.json")}
    return Noted(read_scenarios(folder / "run"), touched)


def run_planned(folder: Path, plan: Plan, *options: str) -> Noted:
    """The planned scenarios with their defects on, and what they then touched."""
    if not plan:
        return Noted([], {})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    workers = min(WORKERS + 1, sum(map(len, plan.values())))
    return run_green(folder, "--defects", str(folder / "plan.json"), "-n", str(workers), *options)


def both(one: Noted, other: Noted) -> Noted:
    """The results of two runs as one."""
    return Noted(one.scenarios + other.scenarios, one.touched | other.touched)


def defects_of(one: Scenario) -> list[str]:
    """The defects that a scenario was tried with."""
    return one.example["defect"].split(TOGETHER)
