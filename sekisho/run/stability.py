"""Scenarios whose verdict is not the same every time, though nothing was changed in between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pydantic import Field

from sekisho.results import Record, Scenario
from sekisho.verdict import Verdict

# Verdicts that say nothing about how the portal behaved.
UNDECIDED = frozenset({Verdict.NOT_APPLICABLE, Verdict.NOT_REACHED, Verdict.WAITING, Verdict.BLOCKED})


class Unsteady(Record):
    """A scenario with several verdicts, and how often it got each."""

    scenario: str = Field(description="Id, without the number of a repetition")
    manual: str
    procedure: str
    name: str
    example: dict[str, str] = Field(default_factory=dict)
    verdicts: dict[Verdict, int] = Field(description="How often, the most frequent first; undecided ones do not count")

    @property
    def times(self) -> int:
        """How often it was decided."""
        return sum(self.verdicts.values())


def unsteady(scenarios: Iterable[Scenario]) -> list[Unsteady]:
    """The scenarios of one run whose repetitions (--repeat) did not all come to the same verdict, worst first."""
    groups = defaultdict(list)
    for one in scenarios:
        groups[one.base_id].append(one)
    counted = {name: count(one.verdict for one in group) for name, group in groups.items()}
    found = [_of(groups[name][0], verdicts) for name, verdicts in counted.items() if len(verdicts) > 1]
    return sorted(found, key=lambda one: -max(verdict.severity for verdict in one.verdicts))


def count(verdicts: Iterable[Verdict]) -> dict[Verdict, int]:
    """How often each verdict that decides something was given, the most frequent first."""
    return dict(Counter(verdict for verdict in verdicts if verdict not in UNDECIDED).most_common())


def _of(first: Scenario, verdicts: dict[Verdict, int]) -> Unsteady:
    return Unsteady(
        scenario=first.base_id,
        manual=first.manual,
        procedure=first.procedure,
        name=first.name,
        example=first.example,
        verdicts=verdicts,
    )
