"""Fault cells: one of a procedure's exchanges, and a fault in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sekisho.explore.cells import Case
from sekisho.explore.faults import FAULTS, Fault
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import Exchange, FaultCell, Scenario, SecondFault

# What a report shows of a cell beside the procedure's name; from them its id is made.
CAUSE, EXCHANGE, FAULT = "操作", "通信", "障害"
AGAIN = "やり直しの"
UNSEEN = frozenset({"refused", "unavailable"})
"""The faults of which the portal sees nothing."""
READING = frozenset({"GET", "HEAD"})
PLACES = {fault: place for place, fault in enumerate(FAULTS)}


@dataclass(frozen=True)
class Second:
    """A second fault, in an exchange of doing a procedure over."""

    exchange: Exchange
    fault: Fault
    method: str


@dataclass(frozen=True)
class FaultCase(Case):
    """One of them."""

    exchange: Exchange
    fault: Fault
    method: str
    """That of the exchange; empty where it is the only one at its address, and so may be another the next time."""
    second: Second | None = None

    @property
    def values(self) -> dict[str, str]:
        """Press, exchange and fault; and the same of the second one."""
        found = _values(self.exchange, self.fault)
        if self.second:
            again = _values(self.second.exchange, self.second.fault)
            found |= {f"{AGAIN}{name}": value for name, value in again.items()}
        return found

    @property
    def first(self) -> FaultCase | None:
        """With the first fault alone."""
        return replace(self, second=None) if self.second else None

    @property
    def aspect(self) -> str:
        """The last fault."""
        return (self.second or self).fault.name

    @property
    def record(self) -> FaultCell:
        """As results have it."""
        return FaultCell(
            procedure=scenario_id(self.procedure, {}),
            press=self.exchange.press,
            method=self.exchange.method,
            address=self.exchange.address,
            fault=self.fault.name,
            second=_second(self.second) if self.second else None,
        )

    @property
    def rank(self) -> tuple[int, ...]:
        """One fault before two; what changes something before what only reads; then fault by fault."""
        first = self.exchange.method in READING, PLACES[self.fault]
        if self.second is None:
            return 0, *first
        return 1, self.second.exchange.method in READING, *first, PLACES[self.second.fault]


def _values(exchange: Exchange, fault: Fault) -> dict[str, str]:
    return {
        CAUSE: f"{exchange.press}. {exchange.cause}",
        EXCHANGE: f"{exchange.method} {exchange.address}",
        FAULT: fault.told(program=exchange.program),
    }


def _second(one: Second) -> SecondFault:
    at = one.exchange
    return SecondFault(press=at.press, method=at.method, address=at.address, fault=one.fault.name)


def cases(procedure: CitedScenario, undisturbed: Scenario) -> list[FaultCase]:
    """The cells of a procedure that was carried out: every fault in each of its exchanges that is not left out."""
    return [FaultCase(procedure, *place) for place in _places(undisturbed.exchanges)]


def _places(exchanges: Sequence[Exchange]) -> list[tuple[Exchange, Fault, str]]:
    return [
        (exchange, fault, _method(exchange, exchanges))
        for exchange in exchanges
        if not exchange.left_out
        for fault in FAULTS
        if not fault.why_not(exchange.size, exchange.status)
    ]


def _method(exchange: Exchange, exchanges: Sequence[Exchange]) -> str:
    at = exchange.press, exchange.address
    return exchange.method if len({one.method for one in exchanges if (one.press, one.address) == at}) > 1 else ""


def deeper(procedure: CitedScenario, undisturbed: Scenario, done: Mapping[str, Scenario]) -> list[FaultCase]:
    """The cells with a second fault: of every way in which a procedure was done over, every fault in each exchange.

    `done` are the cells that were carried out, by their ids, with the exchanges of doing it over. Where the portal had
    got the same requests before, and got the same ones then, only the first of such cells counts: a portal cannot know
    why its answer did not arrive.
    """
    ways: dict[tuple[object, ...], FaultCase] = {}
    for case in sorted(cases(procedure, undisturbed), key=lambda one: one.rank):
        if again := done[case.id].exchanges if case.id in done else []:
            way = tuple((one.press, one.method, one.address, one.status) for one in again)
            ways.setdefault((*_reached(case, undisturbed.exchanges), way), case)
    return [
        replace(case, second=Second(*place)) for case in ways.values() for place in _places(done[case.id].exchanges)
    ]


def _reached(case: FaultCase, exchanges: Sequence[Exchange]) -> tuple[int, bool]:
    """How many of the exchanges the portal saw before a procedure was done over, and whether time passed after."""
    places = [(one.press, one.method, one.address) for one in exchanges]
    before = places.index((case.exchange.press, case.exchange.method, case.exchange.address))
    return before + (case.fault.name not in UNSEEN), case.fault.name == "asleep"
