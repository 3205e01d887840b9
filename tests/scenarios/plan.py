"""Which scenarios are tried with which defects on.

Each defect is tried alone on the quickest scenario that must go red. What must stay green is tried with all the defects
at once that it touches and must not notice: if it is green with all of them, it is green with each. Those that another
one hid, and all if it was red, are then tried alone. A defect that breaks a step on the way of other scenarios cannot
be put together with others; of those scenarios the quickest is tried.

`SEKISHO_EVERY_PAIR=1` tries every defect alone, on every scenario that touches it, which takes more than half an hour.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

from fixtures.defects import TOGETHER
from sekisho.results import Scenario

from .expectations import Pair, expectations, label
from .runs import Noted, Plan, defects_of

EVERY_PAIR = bool(os.environ.get("SEKISHO_EVERY_PAIR"))


def planned(green: Noted) -> Plan:
    """The plan for all expectations at once."""
    plan: Plan = defaultdict(list)
    for pair in expectations():
        for one in alone(green, pair):
            plan[one.id].append(pair.defect)
    for one in () if EVERY_PAIR else green.scenarios:
        if unnoticed := harmless(green, one):
            plan[one.id].append(TOGETHER.join(unnoticed))
    return plan


def unproven(green: Noted, broken: Noted) -> Plan:
    """What was tried together and proved nothing of each: all if it went red, else what another defect hid."""
    ids = {(one.manual, label(one)): one.id for one in green.scenarios}
    together = [one for one in broken.scenarios if len(defects_of(one)) > 1]
    left = {ids[one.manual, label(one)]: sorted(set(defects_of(one)) - proven(broken, one)) for one in together}
    return {each: defects for each, defects in left.items() if defects}


def proven(broken: Noted, one: Scenario) -> set[str]:
    """The defects that a scenario met and did not notice."""
    return broken.touches(one) & set(defects_of(one)) if one.verdict.passed else set()


def alone(green: Noted, pair: Pair) -> Iterator[Scenario]:
    """The scenarios that are tried with this defect alone."""
    touching, expected = green.touching(pair), expectations()[pair]
    if EVERY_PAIR:
        yield from touching
        return
    yield from [one for one in touching if expected.names(one)][:1]
    if expected.blocks:
        yield from [one for one in touching if not expected.names(one)][:1]


def harmless(green: Noted, one: Scenario) -> list[str]:
    """The defects that a scenario touches, must not notice, and is not stopped by."""
    pairs = [Pair(one.manual, defect) for defect in sorted(green.touches(one))]
    known = [(pair, expectations()[pair]) for pair in pairs if pair in expectations()]
    return [pair.defect for pair, expected in known if not expected.blocks and not expected.names(one)]
