"""What an exploration found at the boundaries of rules: each side of a rule down, days of the calendar across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sekisho import results
from sekisho.explore.calendar import PLACES, Place
from sekisho.results import BoundaryCell, Scenario
from sekisho.verdict import Verdict, worst

MOMENT = "時刻"
PLACED = "（<側>、<暦>）"  # behind the name of a rule's outline


@dataclass(frozen=True)
class Side:
    """A moment before or behind a boundary."""

    name: str
    moment: str
    """The time of day, as the rule's outline has it."""
    found: dict[str, Scenario] = field(default_factory=dict)
    """What was carried out, by the day."""

    @property
    def squares(self) -> list[tuple[Place, Scenario | None]]:
        """One for each day, also where nothing was carried out."""
        return [(one, self.found.get(one.name)) for one in PLACES]


@dataclass(frozen=True)
class Rule:
    """One rule with its sides."""

    name: str
    ids: list[str]
    manual: str
    sides: dict[str, Side] = field(default_factory=dict)

    @property
    def cells(self) -> list[Scenario]:
        """What was carried out of it."""
        return [one for side in self.sides.values() for one in side.found.values()]

    @property
    def verdict(self) -> Verdict:
        """The worst of its cells."""
        return worst([one.verdict for one in self.cells])

    @property
    def red(self) -> list[Scenario]:
        """The cells that failed."""
        return [one for one in self.cells if one.verdict in {Verdict.FAIL, Verdict.UNEXPECTED_PASS}]


def rules(scenarios: list[Scenario], known: Sequence[results.Rule] = ()) -> list[Rule]:
    """The rules that an exploration is about, with what was carried out of each, which may be nothing."""
    found = {one.id: _of(one) for one in known}
    for one in scenarios:
        if not isinstance(one.cell, BoundaryCell):
            continue
        rule = found.setdefault(one.cell.procedure, Rule(one.name.removesuffix(PLACED), list(one.ids), one.manual))
        side = rule.sides.setdefault(one.cell.side, Side(one.cell.side, one.example.get(MOMENT, "")))
        side.found[one.cell.place] = one
    return list(found.values())


def _of(known: results.Rule) -> Rule:
    sides = {name: Side(name, moment) for name, moment in known.sides.items()}
    return Rule(known.name.removesuffix(PLACED), known.ids, known.manual, sides)
