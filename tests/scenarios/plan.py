"""Which scenarios are tried with which defects on.

Each defect is tried alone on the quickest scenario that must go red. Of those that must stay green, as few and as quick
ones as it takes for two to meet each defect are tried with all the defects at once that they touch and must not
notice: what is green with all of them is green with each. What another one hid, and all if it was red, is then tried
alone. A defect that breaks a step on the way of other scenarios cannot be put together with others; of those scenarios
the quickest is tried.

`SEKISHO_EVERY_PAIR=1` tries every defect alone, on every scenario that touches it, which takes more than half an hour.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator

from fixtures.defects import TOGETHER
from sekisho.results import Scenario

from .expectations import Pair, expectations, label, noticed
from .runs import Noted, Plan, defects_of, usual

ENOUGH = 2
EVERY_PAIR = bool(os.environ.get("SEKISHO_EVERY_PAIR"))


def planned(green: Noted) -> Plan:
    """The plan for all expectations at once."""
    plan: Plan = defaultdict(list)
    for pair in expectations():
        for one in alone(green, pair):
            plan[one.id].append(pair.defect)
    for one, unnoticed in () if EVERY_PAIR else company(green):
        plan[one.id].append(TOGETHER.join(unnoticed))
    return plan


def company(green: Noted) -> Iterator[tuple[Scenario, list[str]]]:
    """Scenarios and the defects that must change nothing in them: all but the slowest that are not needed for that."""
    unnoticed = {one.id: [Pair(one.manual, defect) for defect in harmless(green, one)] for one in green.scenarios}
    met = Counter(pair for pairs in unnoticed.values() for pair in pairs)
    for one in sorted(green.scenarios, key=usual, reverse=True):
        pairs = unnoticed[one.id]
        if EVERY_PAIR or any(met[pair] <= ENOUGH for pair in pairs):
            yield one, [pair.defect for pair in pairs]
        else:
            met.subtract(pairs)


def unproven(green: Noted, broken: Noted) -> Plan:
    """What was tried together and proved nothing of each: all if it went red, else what another defect hid."""
    ids = {(one.manual, label(one)): one.id for one in green.scenarios}
    together = [one for one in broken.scenarios if len(defects_of(one)) > 1]
    left = {ids[one.manual, label(one)]: sorted(set(defects_of(one)) - proven(broken, one)) for one in together}
    return {each: defects for each, defects in left.items() if defects}


def proven(broken: Noted, one: Scenario) -> set[str]:
    """The defects that a scenario met and did not notice."""
    return broken.touches(one) & set(defects_of(one)) if not noticed(one) else set()


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
