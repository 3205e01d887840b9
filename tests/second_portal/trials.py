"""Scenarios carried out against the portal, each with an account of its own and faults of its own, in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from sekisho.japan import in_tokyo
from sekisho.manual.citations import CitedScenario, of
from sekisho.manual.folders import named
from sekisho.manual.titles import titled
from sekisho.results import Scenario, read_scenarios
from sekisho.target_file import needs
from tests.second_portal.expected import Round
from tests.second_portal.faults import FOR_ANYBODY
from tests.second_portal.habits import USUAL, Habits
from tests.second_portal.pool import Wanted
from tests.second_portal.running import ROOT, Running, running
from tests.second_portal.setup import MET, Setup

Result = TypeVar("Result")
COMMAND = [sys.executable, "-c", "from sekisho.cli import main; main()"]
PATIENCE = 10  # seconds; a page that never goes on takes them all
MINUTES = 15  # on a busy machine; a quiet one needs a third


@cache
def ids() -> Mapping[str, str]:
    """The manual's scenarios: their ids by their names."""
    return {
        titled(one.name, values): result
        for one in every()
        for values, result in zip(one.values, one.results, strict=True)
    }


def every() -> list[CitedScenario]:
    """The manual's scenarios."""
    return of(named("danshin"))


def name(one: Scenario) -> str:
    """What a scenario of a run is called here."""
    return titled(one.name, one.example)


@dataclass(frozen=True)
class Tried:
    """What came of a round."""

    round: Round
    scenarios: dict[str, Scenario]
    met: dict[str, set[str]]
    """By scenario, the faults that it could have met."""


def within_a_day(folder: Path, work: Callable[[Path], Result]) -> Result:
    """Do something in a folder; once more, in another one below, where midnight came meanwhile.

    The days that the users' certificates have left were counted before it.
    """
    day = in_tokyo(datetime.now(UTC)).date()
    done = work(folder)
    return done if in_tokyo(datetime.now(UTC)).date() == day else work(folder / "after-midnight")


def carry_out(folder: Path, round_: Round, *options: str, habits: Habits = USUAL) -> Tried:
    """Carry out a round; what is left of it stays in a folder."""
    return within_a_day(folder, lambda place: _carried_out(place, round_, *options, habits=habits))


def _carried_out(folder: Path, round_: Round, *options: str, habits: Habits) -> Tried:
    accounts = [one for name, faults in round_.items() for one in _accounts(ids()[name], faults)]
    on = {fault for faults in round_.values() for fault in faults} & FOR_ANYBODY
    with running(folder / "portal", Setup(habits, accounts, sorted(on), PATIENCE)) as portal:
        ended = run(portal, folder / "run", *(word for name in round_ for word in ("--select", ids()[name])), *options)
    found = {name(one): one for one in read_scenarios(folder / "run")}
    assert set(found) == set(round_), ended.stdout
    return Tried(round_, found, _met(folder / "portal", accounts))


def run(
    portal: Running, out: Path, *options: str, command: str = "run", minutes: float = MINUTES
) -> subprocess.CompletedProcess[str]:
    """Carry out what a vendor would: one command with the target file."""
    return subprocess.run(
        [*COMMAND, command, "--target", str(portal.target), "--allow-destructive", "--out", str(out), *options],
        cwd=ROOT,
        env={**os.environ, **portal.environment, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=minutes * 60,
    )


def _accounts(scenario: str, faults: Sequence[str]) -> Iterable[Wanted]:
    """The users that a scenario asks for, and no other gets."""
    for need in needs.of(scenario):
        if not need.by_people:
            traits = {name: int(value) if value.isdigit() else value for name, value in need.traits}
            yield Wanted(need.state, traits, scenario, tuple(faults))


def _met(folder: Path, accounts: Sequence[Wanted]) -> dict[str, set[str]]:
    """Who had which account is known: they were made in this order."""
    names = {id_: name for name, id_ in ids().items()}
    owners = {f"emp{number:05d}": names[one.scenario] for number, one in enumerate(accounts, start=1)}
    found: dict[str, set[str]] = {}
    for user_id, faults in json.loads((folder / MET).read_text(encoding="utf-8")).items():
        found.setdefault(owners.get(user_id, ""), set()).update(faults)
    return found
