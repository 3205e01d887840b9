"""Cells: a procedure, one of its exchanges, and a fault. Each is to a run what an example is to an outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sekisho.explore.faults import FAULTS, Fault
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import Cell, Exchange

# What a report shows of a cell beside the procedure's name; from them its id is made.
CAUSE, EXCHANGE, FAULT = "操作", "通信", "障害"
READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Case:
    """One cell. Its id stays the same for as long as the procedure, the exchange's address and the fault do."""

    procedure: CitedScenario
    exchange: Exchange
    fault: Fault

    @property
    def values(self) -> dict[str, str]:
        """What it is, for a person."""
        return {
            CAUSE: f"{self.exchange.press}. {self.exchange.cause}",
            EXCHANGE: f"{self.exchange.method} {self.exchange.address}",
            FAULT: self.fault.title,
        }

    @property
    def id(self) -> str:
        """Under which its result stands in a run."""
        return scenario_id(self.procedure, self.values)

    @property
    def record(self) -> Cell:
        """As results have it."""
        return Cell(
            procedure=scenario_id(self.procedure, {}),
            press=self.exchange.press,
            method=self.exchange.method,
            address=self.exchange.address,
            fault=self.fault.name,
        )


def cases(procedure: CitedScenario, exchanges: Sequence[Exchange]) -> list[Case]:
    """The cells of a procedure whose exchanges are known: every fault in each that is not left out."""
    return [
        Case(procedure, exchange, fault)
        for exchange in exchanges
        if not exchange.left_out
        for fault in FAULTS
        if not fault.why_not(exchange.size)
    ]


def with_cells(procedure: CitedScenario, found: Iterable[Case]) -> CitedScenario:
    """A procedure as an outline whose examples are cells."""
    return replace(procedure, values=tuple(one.values for one in found))


def in_order(found: Iterable[Case]) -> list[Case]:
    """The most telling first: what changes something before what only reads, then fault by fault.

    Of equals, in the order of the procedures and of their exchanges.
    """
    places = {fault: place for place, fault in enumerate(FAULTS)}
    return sorted(found, key=lambda one: (one.exchange.method in READING, places[one.fault]))
