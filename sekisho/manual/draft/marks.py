"""What templates say of scenarios beside their sentences: `#= 2.6 uses 1 2`, which no scenario of a manual has.

The number is how long the scenario takes on the mock, in seconds; then come those of its users who are in another state
afterwards, in the order of asking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile(r"^[ ]*#= (?P<seconds>[\d.]+)(?: uses(?P<uses>(?: \d)+))?\n", re.MULTILINE)


@dataclass(frozen=True)
class Mark:
    """What is said of one scenario."""

    seconds: str
    uses: frozenset[int]


def marks(text: str) -> list[Mark]:
    """Those of a feature, in its order."""
    return [Mark(one["seconds"], frozenset(map(int, (one["uses"] or "").split()))) for one in MARK.finditer(text)]


def without(text: str) -> str:
    """The feature as people get it."""
    return MARK.sub("", text)
