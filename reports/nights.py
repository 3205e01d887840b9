"""The runs of a series as bars: a height for each verdict, for the report to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sekisho.run.trend import DRAWN, Night
from sekisho.verdict import Verdict

HEIGHT, WIDTH, GAP = 120.0, 14.0, 4.0  # of the drawing and of a bar in it, in its own units
ORDER = (Verdict.PASS, Verdict.WARNING, Verdict.KNOWN_GAP, Verdict.UNEXPECTED_PASS, Verdict.FAIL)  # from below


@dataclass(frozen=True)
class Piece:
    """A part of a bar: so many scenarios with one verdict."""

    verdict: Verdict
    count: int
    top: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One run."""

    night: Night
    left: float
    pieces: list[Piece]


def bars(nights: Sequence[Night]) -> list[Bar]:
    """A bar for each of the last runs, the oldest first; the one with the most scenarios is as high as the drawing."""
    nights = nights[-DRAWN:]  # whoever wrote trend.json, a page stays a page
    most = max((sum(one.verdicts.values()) for one in nights), default=0) or 1
    return [Bar(one, place * (WIDTH + GAP), _pieces(one, HEIGHT / most)) for place, one in enumerate(nights)]


def _pieces(night: Night, unit: float) -> list[Piece]:
    found, top = [], HEIGHT
    for verdict in ORDER:
        if count := night.verdicts.get(verdict, 0):
            top -= count * unit
            found.append(Piece(verdict, count, round(top, 2), round(count * unit, 2)))
    return found
