"""What each defect of the mock must turn red in each manual: `defects/<manual>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sekisho.results import Scenario
from sekisho.verdict import Verdict

FOLDER = Path(__file__).with_name("defects")


class Pair(NamedTuple):
    """A defect in the scenarios of one manual. Systems of one family share defects, and each manual notices its own."""

    manual: str
    defect: str


@dataclass(frozen=True)
class Expected:
    """What a defect must do: the scenarios that go red, and parts of what they say, one of which each must say.

    `blocks` is for a defect that breaks a step which other scenarios pass through: those that cannot go on are red too,
    but for the same reason.
    """

    red: tuple[str, ...]
    because: tuple[str, ...]
    blocks: bool = False

    def names(self, one: Scenario) -> bool:
        """Whether a scenario must go red: by its name, or by `outline [example]`."""
        return bool({one.name, label(one)} & set(self.red))


@cache
def expectations() -> dict[Pair, Expected]:
    """The expectation of every defect in every manual that notices it."""
    return {
        Pair(file.stem, defect): Expected(**one)
        for file in sorted(FOLDER.glob("*.toml"))
        for defect, one in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def noticed(one: Scenario) -> bool:
    """Whether a scenario says that something is wrong: red, or a warning where it asks for more than the manual."""
    return not one.verdict.passed or bool(_warnings(one))


def said(one: Scenario) -> str:
    """What a scenario says that the portal did, in one line."""
    return " ".join((one.failure.portal_did if one.failure else " ".join(_warnings(one))).split())


def _warnings(one: Scenario) -> list[str]:
    return [step.reason for step in one.steps if step.beyond and step.verdict is Verdict.WARNING]


def label(one: Scenario) -> str:
    """A scenario's name, with the example's values where it is an outline's."""
    values = [value for key, value in one.example.items() if key != "defect"]
    return f"{one.name} [{' '.join(values)}]" if values else one.name
