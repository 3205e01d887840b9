"""What scenarios have a user note, and where they read what was never noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sekisho.manual import citations, folders
from sekisho.manual.citations import CitedScenario
from sekisho.manual.folders import Manual

NOTES = re.compile("「([^「」]+)」を控える")
READS = re.compile("控えた「([^「」]+)」")


@dataclass(frozen=True)
class Unnoted:
    """A line that reads something, and what had been noted before it."""

    feature: str
    line: int
    called: str
    noted: tuple[str, ...]


def unnoted(manual: Manual) -> Iterator[Unnoted]:
    """Every such line; none where the manual's own functions may note things, by whatever sentences."""
    if any("note" in folders.text_of(path) for path in manual.folder.rglob("*.py")):
        return
    for scenario in citations.of(manual):
        yield from _in(scenario)


def _in(scenario: CitedScenario) -> Iterator[Unnoted]:
    noted: list[str] = []
    for step in (*scenario.background, *scenario.steps):
        said = "\n".join([step.text, *(cell for row in step.table for cell in row)])
        missing = (one for one in READS.findall(said) if one not in noted and "<" not in one)
        yield from (Unnoted(scenario.feature, step.line, one, tuple(noted)) for one in missing)
        noted += NOTES.findall(step.text)
