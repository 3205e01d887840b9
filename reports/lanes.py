"""What an exploration of two tabs found: each order of their steps as two lanes, with what each step exchanged."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.explore import kinds
from sekisho.manual.citations import is_explored
from sekisho.manual.lanes import BEGINNING
from sekisho.results import Exchange, Scenario, Step, TabsCell
from sekisho.verdict import Verdict, worst


@dataclass(frozen=True)
class Taken:
    """One sentence, in the lane and at the time at which it was taken."""

    number: int
    lane: str
    copied: bool
    text: str
    step: Step
    exchanges: list[Exchange]


@dataclass(frozen=True)
class Orders:
    """One procedure in two lanes, with the orders that were carried out."""

    procedure: str
    manual: str
    undisturbed: Scenario | None
    cells: list[tuple[Scenario, TabsCell]]
    """The plainest first."""

    @property
    def counts(self) -> TabsCell | None:
        """Any of its cells: each knows how many orders there are, and why not all are cells; nothing without any."""
        return self.cells[0][1] if self.cells else None

    @property
    def red(self) -> list[Scenario]:
        """Those that found something wrong, or could not be carried out."""
        return [one for one, _ in self.cells if not one.verdict.passed]

    @property
    def verdict(self) -> Verdict:
        """The worst of its cells and of the procedure undisturbed."""
        own = [self.undisturbed.verdict] if self.undisturbed else []
        return worst([*own, *(scenario.verdict for scenario, _ in self.cells)])


def orders(scenarios: list[Scenario]) -> list[Orders]:
    """The procedures in two lanes, in the order of the scenarios; also those of which no order was carried out."""
    found: dict[str, list[tuple[Scenario, TabsCell]]] = {}
    explored = [one for one in scenarios if not one.cell and is_explored(one.feature)]
    alone = {one.id: one for one in explored if kinds.kind_of(one.feature) is kinds.TABS}
    for one in scenarios:
        if isinstance(one.cell, TabsCell):
            found.setdefault(one.cell.procedure, []).append((one, one.cell))
        elif one.id in alone:
            found.setdefault(one.id, [])
    return [_orders(cells, alone.get(procedure)) for procedure, cells in found.items()]


def _orders(cells: list[tuple[Scenario, TabsCell]], undisturbed: Scenario | None) -> Orders:
    first = cells[0][0] if cells else undisturbed
    assert first
    return Orders(first.name, first.manual, undisturbed, sorted(cells, key=lambda one: plainness(one[1])))


def plainness(cell: TabsCell) -> tuple[int, int, str, int]:
    """The lower, the less there is in it: fewest turns from tab to tab, and nothing besides."""
    switches = sum(one != other for one, other in zip(cell.order, cell.order[1:], strict=False))
    return switches + bool(cell.letter), bool(cell.letter), cell.order, cell.at


def taken(scenario: Scenario) -> list[Taken]:
    """The sentences of both lanes in the order in which they were taken."""
    said = [(step, found) for step in scenario.steps if (found := BEGINNING.match(step.text))]
    return [
        Taken(
            number,
            found["lane"],
            bool(found["copy"]),
            step.text[found.end() :],
            step,
            [one for one in scenario.exchanges if one.press == number],
        )
        for number, (step, found) in enumerate(said, start=1)
    ]
