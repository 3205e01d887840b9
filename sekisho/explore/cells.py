"""Cells: a procedure, and one thing that is tried in it. Each is to a run what an example is to an outline."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import Cell

C = TypeVar("C", bound="Case")


@dataclass(frozen=True)
class Case(ABC):
    """One cell, of whatever kind. Its id stays the same for as long as the procedure and its values do."""

    procedure: CitedScenario

    @property
    @abstractmethod
    def values(self) -> dict[str, str]:
        """What it is, for a person: what a report shows beside the procedure's name."""

    @property
    @abstractmethod
    def record(self) -> Cell:
        """As results have it."""

    @property
    @abstractmethod
    def rank(self) -> tuple[int, ...]:
        """Among the cells of its kind the lowest is the most telling one."""

    @property
    def first(self) -> Case | None:
        """The cell that must be carried out before this one is known: one in which less is tried."""
        return None

    @property
    def aspect(self) -> str:
        """What a sample holds some of each: here the kind."""
        return self.record.kind

    @property
    def id(self) -> str:
        """Under which its result stands in a run."""
        return scenario_id(self.procedure, self.values)


def each(found: Sequence[C], count: int) -> list[C]:
    """So many cells of every aspect, not all from the same place: each aspect's are taken from further behind.

    `found` is in order; so is what is left of it.
    """
    taken: list[C] = []
    for place, aspect in enumerate(dict.fromkeys(one.aspect for one in found)):
        those = [one for one in found if one.aspect == aspect]
        first = place * count % len(those)
        taken += [*those[first:], *those[:first]][:count]
    return [one for one in found if one in taken]


def with_cells(procedure: CitedScenario, found: Iterable[Case]) -> CitedScenario:
    """A procedure as an outline whose examples are cells."""
    return replace(procedure, values=tuple(one.values for one in found))


def in_order(found: Iterable[C]) -> list[C]:
    """The most telling first, and the kinds in turn, so that a small budget holds some of each.

    Of equals, in the order of the procedures.
    """
    places: Counter[str] = Counter()
    turns = []
    for one in sorted(found, key=lambda one: one.rank):
        places[one.record.kind] += 1
        turns.append((places[one.record.kind], one))
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]
