"""How many users an exploration uses up: one for each cell, and one for each procedure undisturbed.

How many cells there are is known once a procedure was carried out. Before that it is taken from a manual's
explore/cells.csv, which says it of the mock (`python -m tests.explore.derive RUN`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sekisho.explore.beginning import User, begun, tells_of, users_of
from sekisho.explore.kinds import BOUNDARIES, WALKS, kind_of
from sekisho.explore.moves import begins
from sekisho.explore.walking import Extent
from sekisho.language import say
from sekisho.manual import citations, folders, tables
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

CELLS = "cells.csv"
COLUMNS = ("id", "procedure", "cells")


@dataclass(frozen=True)
class Demand:
    """What one procedure needs."""

    procedure: CitedScenario
    users: tuple[User, ...]
    """Each time it is carried out; of a boundary those of all its sides."""
    cells: int | None
    """None where nobody has counted them."""
    undisturbed: int = 1
    """How often it is carried out before its cells are known."""

    clear: bool = True
    """Whether these are all: not where no scenario of the manual has a premise of the procedure's."""

    @property
    def times(self) -> int:
        """How often so many users are taken."""
        return 1 if kind_of(self.procedure.feature) is BOUNDARIES else self.undisturbed + (self.cells or 0)


def demands(manual: Manual) -> list[Demand]:
    """What the procedures of a manual need, in their order."""
    counted = _counted(manual)
    found = [_demand(manual, one, counted.get(scenario_id(one, {}))) for one in citations.procedures(manual)]
    return [one for one in found if one.cells != 0]


def _demand(manual: Manual, one: CitedScenario, counted: int | None) -> Demand:
    """What one needs: of a boundary its sides on the real day, of walks as many as are chosen from a beginning."""
    kind = kind_of(one.feature)
    ways = begun(one)
    users = tuple(user for premises in ways for user in users_of(manual, premises))
    clear = all(tells_of(manual, premises) for premises in ways)
    if kind is BOUNDARIES:
        return Demand(one, users, len(one.values), undisturbed=0, clear=clear)
    if kind is WALKS:
        return Demand(one, users, Extent().walks if begins(one) else 0, undisturbed=0, clear=clear)
    return Demand(one, users, counted, clear=clear)


def whole(found: list[Demand]) -> Counter[User]:
    """How many users of each sort a full exploration of some procedures takes."""
    sums: Counter[User] = Counter()
    for one in found:
        for user in one.users:
            sums[user] += one.times
    return sums


def _counted(manual: Manual) -> dict[str, int]:
    path = manual / folders.EXPLORE / CELLS
    return dict(_lines(manual)) if path.is_file() else {}


def _lines(manual: Manual) -> Iterator[tuple[str, int]]:
    path = manual / folders.EXPLORE / CELLS
    for number, line in tables.lines(folders.text_of(path), path, COLUMNS):
        if not line["cells"].isdecimal():
            raise ConfigurationProblemError(
                say(
                    f"{path}:{number}: cells = {line['cells']!r}: 数を書いてください。",
                    f"{path}:{number}: cells = {line['cells']!r}: must be a number.",
                )
            )
        yield line["id"], int(line["cells"])
