"""How many users an exploration uses up: one for each cell, and one for each procedure undisturbed.

How many cells there are is known once a procedure was carried out. Before that it is taken from a manual's
explore/cells.csv, which says it of the mock (`python -m tests.explore.derive RUN`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sekisho.explore.kinds import BOUNDARIES, WALKS, kind_of
from sekisho.explore.moves import begins
from sekisho.explore.walking import Extent
from sekisho.language import say
from sekisho.manual import accounts, citations, folders, tables
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

CELLS = "cells.csv"
COLUMNS = ("id", "procedure", "cells")
User = tuple[str, str]
"""A state, and traits as a table of accounts writes them."""


@dataclass(frozen=True)
class Demand:
    """What one procedure needs."""

    procedure: CitedScenario
    users: tuple[User, ...]
    """Each time it is carried out; none where no scenario of the manual begins as it does."""
    cells: int | None
    """None where nobody has counted them."""
    undisturbed: int = 1
    """How often it is carried out before its cells are known."""


def demands(manual: Manual) -> list[Demand]:
    """What the procedures of a manual need, in their order."""
    counted = _counted(manual)
    found = [_demand(manual, one, counted.get(scenario_id(one, {}))) for one in citations.procedures(manual)]
    return [one for one in found if one.cells != 0]


def _demand(manual: Manual, one: CitedScenario, counted: int | None) -> Demand:
    """What one needs: of a boundary its sides on the real day, of walks as many as are chosen from a beginning."""
    kind, users = kind_of(one.feature), _users(manual, one)
    if kind is BOUNDARIES:
        return Demand(one, users, len(one.values), undisturbed=0)
    if kind is WALKS:
        return Demand(one, users, Extent().walks if begins(one) else 0, undisturbed=0)
    return Demand(one, users, counted)


def whole(found: list[Demand]) -> Counter[User]:
    """How many users of each sort a full exploration of some procedures takes."""
    sums: Counter[User] = Counter()
    for one in found:
        for user in one.users:
            sums[user] += one.undisturbed + (one.cells or 0)
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


def _users(manual: Manual, procedure: CitedScenario) -> tuple[User, ...]:
    """Those with which a scenario begins that has the same premises, and therefore those of the procedure."""
    known = _known(manual)
    premises = tuple(one.text for one in procedure.steps if one.kind == "given")
    if premises in known:
        return known[premises]
    return tuple(user for one in premises for user in known.get((one,), ()))


@cache
def _known(manual: Manual) -> dict[tuple[str, ...], tuple[User, ...]]:
    asked: dict[str, list[User]] = {}
    for need in accounts.of(manual):
        if not need.by_people:
            asked.setdefault(need.scenario, []).append((need.state, accounts.told(need.traits)))
    found: dict[tuple[str, ...], tuple[User, ...]] = {}
    for scenario in citations.of(manual):
        premises = tuple(one.text for one in scenario.steps if one.kind == "given")
        if len(scenario.results) == 1 and premises and scenario.results[0] in asked:
            found.setdefault(premises, tuple(asked[scenario.results[0]]))
    return found
