"""Boundary cells: the last moment at which a rule holds, or the first at which it does not, on some day."""

from __future__ import annotations

from dataclasses import dataclass, field

from sekisho.explore.calendar import PLACES, Place
from sekisho.explore.cells import Case
from sekisho.language import say
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import BoundaryCell, Rule
from sekisho.verdict import ConfigurationProblemError

SIDE, MOMENT, PLACE = "側", "時刻", "暦"
"""What a rule's outline calls the columns of its sides and of their times, and the place that no column fills."""


@dataclass(frozen=True)
class BoundaryCase(Case):
    """One of them."""

    place: Place
    side: dict[str, str] = field(hash=False)
    """An example of the outline."""

    @property
    def values(self) -> dict[str, str]:
        """The example's, and the day."""
        return self.side | {PLACE: self.place.name}

    @property
    def record(self) -> BoundaryCell:
        """As results have it."""
        return BoundaryCell(procedure=scenario_id(self.procedure, {}), side=self.side[SIDE], place=self.place.name)

    @property
    def rank(self) -> tuple[int, ...]:
        """Day by day, as they stand in the calendar of explorations."""
        return (PLACES.index(self.place),)


def rule(procedure: CitedScenario) -> Rule:
    """A rule as a run's record has it."""
    return Rule(
        id=scenario_id(procedure, {}),
        manual=procedure.manual,
        name=procedure.name,
        ids=list(procedure.ids),
        sides={one[SIDE]: one.get(MOMENT, "") for one in procedure.values},
    )


def cases(procedure: CitedScenario) -> list[BoundaryCase]:
    """Every side of a rule on every day. Raises ConfigurationProblemError for an outline that has no sides or day."""
    if not all(SIDE in one for one in procedure.values) or not any(f"<{PLACE}>" in one.text for one in procedure.steps):
        raise ConfigurationProblemError(
            say(
                f"{procedure.feature}: 「{procedure.name}」: "
                f"境目の探索には、例の列「{SIDE}」と、「前提 今日は<{PLACE}>である」が要ります。",
                f'{procedure.feature}: "{procedure.name}": to explore boundaries there must be a column '
                f'"{SIDE}" of examples, and "前提 今日は<{PLACE}>である".',
            )
        )
    return [BoundaryCase(procedure, place, side) for place in PLACES for side in procedure.values]
