"""How things stand once a fault has struck: what the portal has got, and what the PC has kept.

Where two cells of a procedure stand the same, the portal cannot know by which fault it came to that, and the user does
the same from there on. So what comes of it is carried out once, as model checkers follow a state once that several
ways lead to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from sekisho import results
from sekisho.explore.choosing import cells
from sekisho.explore.fault_cells import FaultCase
from sekisho.manual.citations import scenario_id
from sekisho.results import Scenario, Standing
from sekisho.verdict import Verdict

DIGITS = 16


def standing(
    got: Sequence[tuple[int, str, str, bool]],
    certificates: tuple[int, int],
    window: Sequence[str],
    *,
    slept: bool,
    finished: bool,
) -> Standing:
    """How things stand, without anything that differs from user to user.

    `got`: of each request that the portal answered, after which press, method, address, and whether a cookie of it was
    kept. `certificates`: how many the PC has, the user's and roots. `window`: what the window in front keeps. `slept`:
    whether time has passed. `finished`: whether the procedure came to its end.
    """
    cookies = [kept for *_, kept in got]
    asked = [tuple(one) for *one, _ in got]
    return Standing(
        portal=_digest(asked, certificates, slept, finished),
        window=_digest(cookies, window),
    )


def _digest(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:DIGITS]


def carried_out(folder: Path, case: FaultCase, here: Standing) -> str:
    """The cell whose end is also that of `case`: it passed, stood the same, and is more telling; empty without one.

    A procedure undisturbed is the most telling. The order makes a choice the same on every machine.
    """
    return next((one.id for one in _passed(_before(folder, case)) if _same(one.standing, here)), "")


def _same(there: Standing | None, here: Standing) -> bool:
    """Whether what follows is the same. What a window keeps is of no account where none of that was gone on with."""
    return there is not None and there.portal == here.portal and (there.anew or there.window == here.window)


def _before(folder: Path, case: FaultCase) -> Iterator[Scenario]:
    known = sorted(cells(folder, case.procedure), key=lambda one: one.rank)
    names = [one.id for one in known]
    for name in (scenario_id(case.procedure, {}), *names[: names.index(case.id)]):
        if (folder / _file(name)).is_file():
            yield _read(folder, name)


def _passed(found: Iterable[Scenario]) -> Iterator[Scenario]:
    """Those that were carried out to their end, and passed."""
    return (one for one in found if one.verdict is Verdict.PASS and one.standing and not one.standing.same_as)


def _file(name: str) -> str:
    return f"scenarios/{name}.json"


@cache
def _read(folder: Path, name: str) -> Scenario:
    return results.read_scenario(folder, _file(name))
