"""What each fault of the portal must turn red (`expected.toml`), and how trials of many faults share a few runs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.requirements import given
from sekisho.results import Scenario
from sekisho.verdict import Verdict
from tests.scenarios.expectations import noticed, said
from tests.second_portal.faults import FAULTS, FOR_ANYBODY

FILE = Path(__file__).with_name("expected.toml")

Round = dict[str, tuple[str, ...]]
"""Scenarios of one run by name, and the faults that each meets."""


@dataclass(frozen=True)
class Expected:
    """What comes of one fault."""

    because: tuple[str, ...]
    """Each scenario that notices it says one of these of what the portal did."""
    red: Mapping[str, tuple[str, ...]]
    """Scenarios that notice it, and which rows are then 不適合: no others, and none where it is beyond the manual."""
    green: tuple[str, ...] = ()
    """Some scenarios that meet it and must not notice it."""
    own_words: bool = False
    """Whether it is noticed though the target file knows none of the portal's words."""

    @property
    def rows(self) -> list[str]:
        """All rows that are 不適合."""
        return sorted({row for rows in self.red.values() for row in rows})


@cache
def expectations() -> dict[str, Expected]:
    """Of every fault, in the order of `faults.py`."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        fault: Expected(
            tuple(told[fault]["because"]),
            {name: tuple(rows) for name, rows in told[fault]["red"].items()},
            tuple(told[fault].get("green", ())),
            own_words=told[fault].get("own_words", False),
        )
        for fault in FAULTS
        if fault in told
    }


def judged(faults: Iterable[str], name: str, one: Scenario) -> str:
    """What is wrong with how a scenario judged these faults; empty where it is as expected."""
    known = [expectations()[fault] for fault in faults if fault in expectations()]
    wanted = {row for expected in known for row in expected.red.get(name, ())}
    because = [part for expected in known if name in expected.red for part in expected.because]
    found = {row for row, verdict in given(one).items() if verdict is Verdict.FAIL}
    speaks = one.verdict in {Verdict.FAIL, Verdict.WARNING} and any(part in said(one) for part in because)
    if found == wanted and (speaks if because else one.verdict.passed and not noticed(one)):
        return ""
    return f"{name} with {' '.join(faults)}: {one.verdict} {sorted(found)}: {said(one)}"


def planned() -> list[Round]:
    """Each fault on the first scenario that notices it, and all on those that must not, in as few runs as it goes.

    In the second run the target file knows none of the portal's words: the faults that only leave out words are there.
    """
    rounds: list[Round] = [{}, {}]
    for fault, expected in expectations().items():
        place(rounds[1:] if expected.own_words else rounds, next(iter(expected.red)), (fault,))
    quiet: dict[str, list[str]] = {}
    for fault, expected in expectations().items():
        for name in expected.green:
            quiet.setdefault(name, []).append(fault)
    for name, faults in quiet.items():
        place(rounds, name, tuple(faults))
    return rounds


def together(pairs: Iterable[tuple[str, str]]) -> list[Round]:
    """Runs in which every pair of a fault and a scenario is tried."""
    rounds: list[Round] = []
    for fault, name in pairs:
        place(rounds, name, (fault,))
    return rounds


def place(rounds: list[Round], name: str, faults: tuple[str, ...]) -> None:
    """Put a trial into the first run that has room for it."""
    fitting = (one for one in rounds if name not in one and not _disturbed({**one, name: faults}))
    found = next(fitting, None)
    if found is None:
        found = {}
        rounds.append(found)
    found[name] = faults


def _disturbed(one: Round) -> bool:
    """Whether a fault that is on for all visitors meets a scenario that is there for something else."""
    on = {fault for faults in one.values() for fault in faults} & FOR_ANYBODY
    return any(
        name in expectations()[fault].red and fault not in faults for fault in on for name, faults in one.items()
    )
