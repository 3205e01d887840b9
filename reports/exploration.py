"""What an exploration found, as matrices: exchanges of a procedure down, faults across, a result in each square."""

from __future__ import annotations

from dataclasses import dataclass

from reports import lanes
from reports.causes import Cause, causes
from sekisho.explore import FAULTS, Fault, kinds
from sekisho.results import Exchange, FaultCell, Scenario, TabsCell
from sekisho.verdict import Verdict, worst

WRONG = frozenset({Verdict.FAIL, Verdict.UNEXPECTED_PASS})
PARTS = 3  # of a path that are shown in a line
RED = WRONG | {Verdict.ERROR}


@dataclass(frozen=True)
class Square:
    """Where an exchange meets a fault: the cell that was carried out there, or why there is none."""

    fault: Fault
    scenario: Scenario | None
    reason: str
    """Why there is nothing to carry out; empty where there is."""
    deeper: list[Scenario]
    """The cells in which a second fault follows this one."""

    @property
    def worst(self) -> Scenario | None:
        """Of the cells with a second fault the one with the worst verdict, the first of several."""
        verdict = worst([one.verdict for one in self.deeper]) if self.deeper else None
        return next((one for one in self.deeper if one.verdict is verdict), None)


@dataclass(frozen=True)
class Line:
    """An exchange with its squares; without any where it is left out."""

    exchange: Exchange
    squares: list[Square]

    @property
    def short(self) -> str:
        """Where the exchange went: the site, and the end of the path."""
        site, _, path = self.exchange.address.partition(" ")
        parts = path.split("/")
        return f"{site} {path}" if len(parts) <= PARTS else f"{site} …/{'/'.join(parts[1 - PARTS :])}"


@dataclass(frozen=True)
class Matrix:
    """One procedure that was explored."""

    procedure: Scenario
    lines: list[Line]

    @property
    def cells(self) -> list[Scenario]:
        """The cells that were carried out."""
        return [one.scenario for line in self.lines for one in line.squares if one.scenario]

    @property
    def same(self) -> list[Scenario]:
        """Those that came to stand as another one, which was carried out to its end for both."""
        return [one for one in self.cells if one.standing and one.standing.same_as]

    @property
    def deeper(self) -> list[Scenario]:
        """Those with a second fault."""
        return [each for line in self.lines for one in line.squares for each in one.deeper]

    @property
    def red(self) -> list[Scenario]:
        """Those of either that found something wrong, or broke. What was blocked stands with its cause, once."""
        return [one for one in [*self.cells, *self.deeper] if one.verdict in RED]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(not one.reason for line in self.lines for one in line.squares)

    @property
    def verdict(self) -> Verdict:
        """The worst of its cells and of the procedure without a fault."""
        return worst([self.procedure.verdict, *(one.verdict for one in [*self.cells, *self.deeper])])

    @property
    def explored(self) -> list[Line]:
        """The exchanges in which faults are laid."""
        return [line for line in self.lines if not line.exchange.left_out]

    @property
    def left_out(self) -> list[Line]:
        """The others."""
        return [line for line in self.lines if line.exchange.left_out]


def matrices(scenarios: list[Scenario]) -> list[Matrix]:
    """A matrix for each procedure that faults were laid into, in the order of the scenarios."""
    cells: dict[tuple[object, ...], list[Scenario]] = {}
    for one in scenarios:
        if isinstance(one.cell, FaultCell):
            cells.setdefault(_key(one.cell), []).append(one)
    undisturbed = [one for one in scenarios if one.exchanges and not one.cell]
    return [Matrix(one, _lines(one, cells)) for one in undisturbed if kinds.kind_of(one.feature) is kinds.FAULTS]


def _key(cell: FaultCell) -> tuple[object, ...]:
    return cell.procedure, cell.press, cell.method, cell.address, cell.fault


def _lines(procedure: Scenario, cells: dict[tuple[object, ...], list[Scenario]]) -> list[Line]:
    lines = []
    for one in procedure.exchanges:
        at = procedure.id, one.press, one.method, one.address
        faults = () if one.left_out else FAULTS
        lines.append(Line(one, [_square(one, fault, cells.get((*at, fault.name), [])) for fault in faults]))
    return lines


def _square(exchange: Exchange, fault: Fault, cells: list[Scenario]) -> Square:
    deeper = [one for one in cells if isinstance(one.cell, FaultCell) and one.cell.second]
    first = next((one for one in cells if one not in deeper), None)
    return Square(fault, first, fault.why_not(exchange.size, exchange.status), deeper)


def findings(scenarios: list[Scenario]) -> list[Cause]:
    """What cells found wrong: equal failures are one finding. The smallest cell, the first of each, repeats it."""
    wrong = [one for one in scenarios if one.cell and one.verdict in WRONG]
    tabs = sorted((one for one in wrong if isinstance(one.cell, TabsCell)), key=_plainness)
    return causes([*sorted((one for one in wrong if one not in tabs), key=lambda one: one.started), *tabs])


def _plainness(scenario: Scenario) -> tuple[int, int, str, int]:
    assert isinstance(scenario.cell, TabsCell)
    return lanes.plainness(scenario.cell)
