"""Fault cells: one of a procedure's exchanges, and a fault in it."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.explore.cells import Case
from sekisho.explore.faults import FAULTS, Fault
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import Exchange, FaultCell, Scenario

# What a report shows of a cell beside the procedure's name; from them its id is made.
CAUSE, EXCHANGE, FAULT = "操作", "通信", "障害"
READING = frozenset({"GET", "HEAD"})
PLACES = {fault: place for place, fault in enumerate(FAULTS)}


@dataclass(frozen=True)
class FaultCase(Case):
    """One of them."""

    exchange: Exchange
    fault: Fault

    @property
    def values(self) -> dict[str, str]:
        """Press, exchange and fault."""
        return {
            CAUSE: f"{self.exchange.press}. {self.exchange.cause}",
            EXCHANGE: f"{self.exchange.method} {self.exchange.address}",
            FAULT: self.fault.title,
        }

    @property
    def record(self) -> FaultCell:
        """As results have it."""
        return FaultCell(
            procedure=scenario_id(self.procedure, {}),
            press=self.exchange.press,
            method=self.exchange.method,
            address=self.exchange.address,
            fault=self.fault.name,
        )

    @property
    def rank(self) -> tuple[int, ...]:
        """What changes something before what only reads, then fault by fault."""
        return self.exchange.method in READING, PLACES[self.fault]


def cases(procedure: CitedScenario, undisturbed: Scenario) -> list[FaultCase]:
    """The cells of a procedure that was carried out: every fault in each of its exchanges that is not left out."""
    return [
        FaultCase(procedure, exchange, fault)
        for exchange in undisturbed.exchanges
        if not exchange.left_out
        for fault in FAULTS
        if not fault.why_not(exchange.size)
    ]
