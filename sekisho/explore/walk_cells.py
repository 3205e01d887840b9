"""Walk cells: many walks from one beginning, of which the most telling is shown."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.explore.cells import Case
from sekisho.explore.moves import begins
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import WalkCell

# What a report shows of a cell beside the procedure's name; from them its id is made.
WALK, ON = "歩き", "行える順に続ける"


@dataclass(frozen=True)
class WalkCase(Case):
    """One of them."""

    @property
    def values(self) -> dict[str, str]:
        """What is common to all of them."""
        return {WALK: ON}

    @property
    def record(self) -> WalkCell:
        """As results have it."""
        return WalkCell(procedure=scenario_id(self.procedure, {}))

    @property
    def rank(self) -> tuple[int, ...]:
        """All alike."""
        return ()


def cases(procedure: CitedScenario) -> list[WalkCase]:
    """One for each beginning; moves have none of their own."""
    return [WalkCase(procedure)] if begins(procedure) else []
