"""The language in which a run's reports are written."""

from __future__ import annotations

from sekisho.language import Language, asked_for
from sekisho.results import Run

EARLIER: Language = "ja"
"""That of runs, and of packages, from before one could choose."""


def spoken(run: Run) -> Language:
    """The one that was asked for; else the run's own, in which its reasons are told."""
    return asked_for() or run.language or EARLIER
