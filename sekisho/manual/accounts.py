"""Which users each scenario asks for, and what it asks of the portal's people: a manual's accounts.csv.

The table is derived from a run on the mock by `python -m tests.target.derive`. A line is one user; a state `operator`
is something that only the portal's people can do; a scenario that needs neither has a line without a state.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

COLUMNS = ("id", "scenario", "state", "traits", "consumed")
OPERATOR = "operator"


@dataclass(frozen=True)
class Need:
    """One user that a scenario asks for.

    `scenario` is its id in a run and `title` its name. A trait's value `#1` means the user ID of the first user that
    the same scenario asks for. `consumed`: the scenario leaves the user in another state.
    """

    manual: str
    scenario: str
    title: str
    state: str
    traits: tuple[tuple[str, str], ...]
    consumed: bool
    reissue: bool = False
    """Whether the scenario has the support desk reissue this user."""

    @property
    def by_people(self) -> str:
        """What the portal's people must do (reissue, pass_days, …); empty for a user."""
        return dict(self.traits)["do"] if self.state == OPERATOR else ""


def everything() -> tuple[Need, ...]:
    """What the scenarios of all manuals ask for."""
    return tuple(one for manual in folders.known().values() for one in of(manual))


@cache
def of(manual: Manual) -> tuple[Need, ...]:
    """What the scenarios of one ask for, in the order of its feature files and, in each scenario, of asking.

    Raises ConfigurationProblemError naming the file and the line.
    """
    found = [_need(line, manual.id) for line in lines(manual) if line["state"]]
    return tuple(one for _, asked in groupby(found, key=lambda one: one.scenario) for one in _marked(list(asked)))


def lines(manual: Manual) -> list[dict[str, str]]:
    """The lines of a manual's table. Raises ConfigurationProblemError."""
    path = manual / folders.ACCOUNTS
    reader = csv.DictReader(io.StringIO(folders.text_of(path), newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ConfigurationProblemError(f"{path}: 見出しは {','.join(COLUMNS)} です（実際: {reader.fieldnames}）")
    found = []
    for line in reader:
        if None in line or None in line.values():
            raise ConfigurationProblemError(
                f"{path}:{reader.line_num}: 列は {','.join(COLUMNS)} の {len(COLUMNS)} 列です。"
            )
        found.append(line)
    return found


def _marked(asked: list[Need]) -> list[Need]:
    """What one scenario asks for; it is its first user whom the desk reissues."""
    if not any(one.by_people == "reissue" for one in asked):
        return asked
    first = next(one for one in asked if not one.by_people)
    return [replace(one, reissue=one is first) for one in asked]


def _need(line: dict[str, str], manual: str) -> Need:
    traits = tuple((name, value) for name, _, value in (one.partition("=") for one in line["traits"].split()))
    return Need(manual, line["id"], line["scenario"], line["state"], traits, consumed=line["consumed"] == "yes")


def told(traits: Mapping[str, str | int] | Iterable[tuple[str, str | int]]) -> str:
    """Traits as the table and our sentences write them: 'days_left=30 role=general'."""
    return " ".join(f"{name}={value}" for name, value in dict(traits).items())


def write(path: Path, lines: Iterable[list[str]]) -> None:
    """Write a table of these lines, in the order of COLUMNS."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines)
