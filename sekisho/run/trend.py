"""A run beside the earlier runs of its series: which verdicts changed, and which change time and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from sekisho.results import Record, Scenario, Seconds
from sekisho.run.stability import UNDECIDED, Unsteady, count
from sekisho.verdict import Verdict, worst

LOOKED_BACK = 10  # runs in which a scenario that wavers is looked for
Count = Annotated[int, Field(ge=0, le=10**9)]
DRAWN = 30  # runs, the newest
SLOWER, SLOWER_SECONDS, KNOWN_TIMES = 2.0, 3.0, 3  # times the median, and seconds more, of so many runs at least
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
    seconds: dict[str, float] = field(default_factory=dict)


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


class Night(Record):
    """What one run of the series came to."""

    run: str
    started: AwareDatetime
    verdicts: dict[Verdict, Count] = Field(description="How many scenarios, of those that were decided")


class Slower(Record):
    """A scenario that takes much longer than it used to."""

    scenario: str
    manual: str
    procedure: str
    name: str
    example: dict[str, str] = Field(default_factory=dict)
    before: Seconds = Field(description="Median of the earlier runs")
    now: Seconds


class Trend(Record):
    """A run beside the earlier ones; written into its folder as trend.json."""

    earlier: int = Field(description="How many earlier runs of the series there were")
    unreadable: list[str] = Field(default_factory=list, description="Files of the history that could not be read")
    changed: list[Change] = Field(default_factory=list)
    unsteady: list[Unsteady] = Field(
        default_factory=list,
        description=f"Scenarios whose verdict turned more than once in the last {LOOKED_BACK} runs",
    )
    nights: list[Night] = Field(default_factory=list, description=f"The last {DRAWN} runs, this one at the end")
    slower: list[Slower] = Field(
        default_factory=list,
        description=f"Scenarios that took {SLOWER:g} times as long as before and {SLOWER_SECONDS:g} s more, or longer",
    )


def trend(past: Sequence[Past], scenarios: Sequence[Scenario], now: Opening) -> Trend:
    """A run beside earlier ones of its series, the oldest first."""
    current = {name: worst(list(verdicts)) for name, verdicts in decided(scenarios).items()}
    known = {one.base_id: one for one in scenarios}
    runs = [*past, Past(now, current, mean_seconds(scenarios))]
    changes = [_change(known[name], verdict, past) for name, verdict in current.items()]
    wavering = [_wavering(known[name], runs) for name in current]
    slower = [_slower(known[name], past, runs[-1].seconds[name]) for name in current]
    return Trend(
        earlier=len(past),
        changed=sorted((one for one in changes if one), key=lambda one: -one.now.severity),
        unsteady=[one for one in wavering if one],
        nights=[_night(one) for one in runs[-DRAWN:]],
        slower=sorted((one for one in slower if one), key=lambda one: one.before - one.now),
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


def _slower(scenario: Scenario, past: Sequence[Past], now: float) -> Slower | None:
    """A scenario that is slower than it was as a rule; one slow run among the earlier ones does not count."""
    known = [one.seconds[scenario.base_id] for one in past if scenario.base_id in one.seconds][-LOOKED_BACK:]
    if len(known) < KNOWN_TIMES or now < max(SLOWER * median(known), SLOWER_SECONDS + median(known)):
        return None
    return Slower(**_who(scenario), before=round(median(known), 2), now=now)


def _night(one: Past) -> Night:
    return Night(run=one.opening.run, started=one.opening.started, verdicts=count(one.verdicts.values()))


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


def mean_seconds(scenarios: Sequence[Scenario]) -> dict[str, float]:
    """How long each scenario took, by its id: the mean of its repetitions."""
    groups = defaultdict(list)
    for one in scenarios:
        groups[one.base_id].append(one.seconds)
    return {name: round(sum(seconds) / len(seconds), 2) for name, seconds in groups.items()}
