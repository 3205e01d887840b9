"""The defects that a scenario notices, and the rows of the manuals that each breaks.

Those that only an exploration comes to are tests/explore's.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from sekisho.manual.mocks import catalogue
from sekisho.manual.rows import members, rows

from .expectations import Pair

Catalogue = dict[str, frozenset[str]]  # single ids of rows by defect, in the mock's order


def told(ready: dict[str, Any]) -> Catalogue:
    """What a running mock answers; `ready` is what it printed when it was."""
    request = Request(f"{ready['control']}/defects", headers={"Authorization": f"Bearer {ready['token']}"})
    with urlopen(request, timeout=10) as answer:
        listed = json.load(answer)["catalogue"]
    found = [one for one in listed if not one["explored"]]
    return {one["name"]: frozenset(row for each in one["ids"] for row in members(each)) for one in found}


def asked() -> Catalogue:
    """The same from the mock's program, without starting a mock."""
    return {one.name: one.rows for one in catalogue() if not one.explored}


def due(catalogue: Catalogue) -> set[Pair]:
    """Each defect in each manual whose rows it breaks."""
    manual_of = {member: row.manual for row in rows() for member in row.members}
    return {Pair(manual_of[row], defect) for defect, broken in catalogue.items() for row in broken}
