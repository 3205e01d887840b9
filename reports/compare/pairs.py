"""Which scenarios and which steps of two runs belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.requirements import step_verdicts
from sekisho.results import Scenario, Step
from sekisho.verdict import Verdict, worst

REACHED = frozenset({Verdict.PASS, Verdict.WARNING, Verdict.KNOWN_GAP, Verdict.UNEXPECTED_PASS, Verdict.FAIL})
GIVEN = frozenset({"前提", "かつ"})
WHOLE = frozenset({Verdict.PASS, Verdict.WARNING, Verdict.UNEXPECTED_PASS})


@dataclass(frozen=True)
class Repeated:
    """A scenario of one run with all its attempts; most runs have one."""

    attempts: list[Scenario]

    @property
    def first(self) -> Scenario:
        """The attempt whose evidence is compared."""
        return self.attempts[0]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of its attempts."""
        return worst([one.verdict for one in self.attempts])

    @property
    def worst(self) -> Scenario:
        """The first attempt with that verdict."""
        return next(one for one in self.attempts if one.verdict is self.verdict)


@dataclass(frozen=True)
class StepPair:
    """A step that both runs carried out; `whole` when both came to its end, so that what is missing is missing."""

    scenario: Scenario
    number: int
    before: Step
    after: Step
    whole: bool
    given: bool


def scenarios(found: list[Scenario]) -> dict[str, Repeated]:
    """The scenarios of a run by their id, without the number of the attempt."""
    groups: dict[str, list[Scenario]] = defaultdict(list)
    for one in found:
        groups[one.base_id].append(one)
    return {key: Repeated(sorted(attempts, key=lambda one: one.attempt)) for key, attempts in groups.items()}


def steps(before: Scenario, after: Scenario) -> Iterator[StepPair]:
    """The steps that say the same in both and were carried out in both."""
    was, became = ([f"{one.text} {one.table}" for one in scenario.steps] for scenario in (before, after))
    verdicts = step_verdicts(before), step_verdicts(after)
    given = _given(after)
    for block in SequenceMatcher(None, was, became, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            a, b = block.a + offset, block.b + offset
            both = {verdicts[0][a], verdicts[1][b]}
            if both <= REACHED:
                yield StepPair(after, b, before.steps[a], after.steps[b], both <= WHOLE, b < given)


def _given(scenario: Scenario) -> int:
    """How many steps at the start only say what is given (前提): what they show was there before the portal acted."""
    found = [number for number, one in enumerate(scenario.steps) if one.keyword not in GIVEN]
    return found[0] if found else len(scenario.steps)
