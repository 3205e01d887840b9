"""Which scenarios are tried with which defects on.

Whatever must go red is tried with its defect alone. What must stay green is tried with all the defects at once that it
touches and must not notice: if it is green with all of them, it is green with each. Those that another one hid, and all
if it was red, are then tried alone. A defect that breaks a step on the way of other scenarios cannot be put together
with others; of those scenarios a sample is tried, of each procedure the quickest, and one only where the same defect
has its sample in a sister's manual. `SEKISHO_EVERY_PAIR=1` tries every defect alone, on every scenario that touches it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

from fixtures.defects import TOGETHER
from sekisho.results import Scenario

from .expectations import Pair, expectations, label
from .runs import Noted, Plan, defects_of

SAMPLE = 3
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
    yield from (one for one in touching if expected.names(one))
    others = [one for one in touching if not expected.names(one)]
    if EVERY_PAIR:
        yield from others
    elif expected.blocks:
        first = min(other.manual for other in expectations() if other.defect == pair.defect) == pair.manual
        yield from sample(others, SAMPLE if first else 1)


def sample(scenarios: list[Scenario], most: int) -> list[Scenario]:
    """Some of these, from as many procedures as possible: the first of each, then the others."""
    firsts = {one.feature: one for one in reversed(scenarios)}
    return sorted(scenarios, key=lambda one: firsts[one.feature] is not one)[:most]


def harmless(green: Noted, one: Scenario) -> list[str]:
    """The defects that a scenario touches, must not notice, and is not stopped by."""
    pairs = [Pair(one.manual, defect) for defect in sorted(green.touches(one))]
    known = [(pair, expectations()[pair]) for pair in pairs if pair in expectations()]
    return [pair.defect for pair, expected in known if not expected.blocks and not expected.names(one)]
