"""What left scenarios undecided, told once where many have it in common."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from sekisho.results import Scenario
from sekisho.verdict import Verdict

# What differs from scenario to scenario though the cause is one: ports, process numbers, user ids, names of files.
_PARTICULAR = re.compile(r"[0-9a-z_-]*[0-9][0-9a-z_-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Cause:
    """One cause: what happened, as the first of its scenarios tells it."""

    verdict: Verdict
    said: str
    scenarios: list[Scenario]

    @property
    def count(self) -> int:
        """How many scenarios it left undecided."""
        return len(self.scenarios)


def causes(scenarios: list[Scenario]) -> list[Cause]:
    """The causes behind scenarios that were left undecided, the one with most of them first."""
    groups: dict[tuple[object, ...], list[Scenario]] = defaultdict(list)
    for one in scenarios:
        groups[one.verdict, *_breached(one), _PARTICULAR.sub("#", said(one))].append(one)
    found = [Cause(group[0].verdict, said(group[0]), group) for group in groups.values()]
    return sorted(found, key=lambda one: -one.count)


def _breached(scenario: Scenario) -> list[str]:
    """The rows that speak against it: what two rows forbid is two findings. Our own trouble is of no row."""
    return scenario.failure.requirement if scenario.failure and scenario.verdict is Verdict.FAIL else []


def said(scenario: Scenario) -> str:
    """What happened in it, in its own words."""
    return scenario.failure.portal_did if scenario.failure else ""
