"""A run beside the earlier runs of its series: which verdicts changed, and which change time and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import AwareDatetime, Field

from sekisho.results import Record, Scenario
from sekisho.run.stability import UNDECIDED, Unsteady, count
from sekisho.verdict import Verdict, worst

LOOKED_BACK = 10  # runs in which a scenario that wavers is looked for
WAVERING = 2  # turns of the verdict: once is a regression or a repair
# What decides nothing, and trouble on the testing side, is no change of the portal's.
IGNORED = UNDECIDED | {Verdict.ERROR}


class Opening(Record):
    """The first line of a file: which run it was."""

    run: str = Field(description="Name of the run")
    started: AwareDatetime
    target: str
    browser: str
    certs: str
    version: str = Field(description="Version of sekisho")
    product_version: str = ""

    @property
    def series(self) -> tuple[str, ...]:
        """What runs that are compared with each other have in common."""
        return self.target, self.browser.partition(" ")[0], self.certs


@dataclass(frozen=True)
class Past:
    """One earlier run."""

    opening: Opening
    verdicts: dict[str, Verdict]
    """The worst that each scenario came to, by its id; undecided ones are left out."""


class Change(Record):
    """A scenario that came to something else than in the last run in which it was decided."""

    scenario: str
    manual: str
    procedure: str
    name: str
    example: dict[str, str] = Field(default_factory=dict)
    before: Verdict
    now: Verdict
    since: AwareDatetime = Field(description="When the run began in which it still was as before")


class Trend(Record):
    """A run beside the earlier ones; written into its folder as trend.json."""

    earlier: int = Field(description="How many earlier runs of the series there were")
    unreadable: list[str] = Field(default_factory=list, description="Files of the history that could not be read")
    changed: list[Change] = Field(default_factory=list)
    unsteady: list[Unsteady] = Field(
        default_factory=list,
        description=f"Scenarios whose verdict turned more than once in the last {LOOKED_BACK} runs",
    )


def trend(past: Sequence[Past], scenarios: Sequence[Scenario], now: Opening) -> Trend:
    """A run beside earlier ones of its series, the oldest first."""
    current = {name: worst(list(verdicts)) for name, verdicts in decided(scenarios).items()}
    known = {one.base_id: one for one in scenarios}
    changes = [_change(known[name], verdict, past) for name, verdict in current.items()]
    wavering = [_wavering(known[name], [*past, Past(now, current)]) for name in current]
    return Trend(
        earlier=len(past),
        changed=sorted((one for one in changes if one), key=lambda one: -one.now.severity),
        unsteady=[one for one in wavering if one],
    )


def _change(scenario: Scenario, now: Verdict, past: Sequence[Past]) -> Change | None:
    last = next((one for one in reversed(past) if scenario.base_id in one.verdicts), None)
    if last is None or last.verdicts[scenario.base_id] is now:
        return None
    before = last.verdicts[scenario.base_id]
    return Change(**_who(scenario), before=before, now=now, since=last.opening.started)


def _wavering(scenario: Scenario, runs: Sequence[Past]) -> Unsteady | None:
    """A scenario whose verdict went one way and back again."""
    verdicts = [one.verdicts[scenario.base_id] for one in runs if scenario.base_id in one.verdicts][-LOOKED_BACK:]
    if sum(one is not other for one, other in pairwise(verdicts)) < WAVERING:
        return None
    return Unsteady(**_who(scenario), verdicts=count(verdicts))


def _who(scenario: Scenario) -> dict[str, Any]:
    facts: dict[str, Any] = scenario.model_dump(include={"manual", "procedure", "name", "example"})
    return {"scenario": scenario.base_id, **facts}


def decided(scenarios: Sequence[Scenario]) -> dict[str, dict[Verdict, int]]:
    """How often each scenario got which verdict that says something about the portal, by its id."""
    groups = defaultdict(list)
    for one in scenarios:
        if one.verdict not in IGNORED:
            groups[one.base_id].append(one.verdict)
    return {name: count(verdicts) for name, verdicts in groups.items()}
