"""Cells in which nothing is to be looked at, each folded to a line: what stands in them is carried compressed.

An exploration has hundreds of them, which say nearly the same: written out, they were nine tenths of a report that no
browser opened quickly. The page's script takes out what somebody opens or looks for.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping

from reports.coverage import Citation, Given
from sekisho.results import Scenario
from sekisho.verdict import Verdict

FEW = 2
QUIET = frozenset({Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.BLOCKED})


def is_folded(scenario: Scenario) -> bool:
    """Whether a scenario stands as a line until it is opened."""
    return scenario.cell is not None and scenario.verdict in QUIET


def parted(citation: Citation, by_id: Mapping[str, Scenario]) -> tuple[list[Given], list[Given]]:
    """What a scenario gave for a row: the results that stand by themselves, and those of folded cells, as one line."""
    cells = [one for one in citation.results if one.verdict in QUIET and is_folded(by_id[one.scenario_id])]
    if len(cells) < FEW:
        return citation.results, []
    return [one for one in citation.results if one not in cells], cells


class Fold:
    """What stands in the folded cells of a procedure."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._bodies: list[str] = []

    def put(self, body: str) -> int:
        """Put the HTML of one into it; gives its place, from 0."""
        self._bodies.append(body)
        return len(self._bodies) - 1

    @property
    def packed(self) -> str:
        """All of them, a JSON array in a zlib stream (RFC 1950) in base64; empty where there are none."""
        if not self._bodies:
            return ""
        return base64.b64encode(zlib.compress(json.dumps(self._bodies, ensure_ascii=False).encode(), 9)).decode("ascii")
