"""Which users each scenario asks for, and what it asks of the portal's people: a manual's accounts.csv.

The table is derived from a run on the mock by `python -m tests.target_file.derive`. A line is one user; `operator`
as a state is something that only the portal's people can do; a scenario that needs neither has a line without a state.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from sekisho.language import say
from sekisho.manual import folders, tables
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

COLUMNS = ("id", "scenario", "state", "traits", "consumed")
OPERATOR = "operator"
STATES = ("invited", "active", "renewable", "renewing", "expired", "revoked")


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
    found = []
    for number, line in tables.lines(folders.text_of(path), path, COLUMNS):
        for what in _wrong(line):
            raise ConfigurationProblemError(f"{path}:{number}: {what}")
        found.append(line)
    return found


def _wrong(line: dict[str, str]) -> Iterator[str]:
    """What a line says that nobody could make true."""
    if line["state"] not in ("", OPERATOR, *STATES):
        yield say(
            f"state = {line['state']!r}: 使えるのは {', '.join([*STATES, OPERATOR])} です（なければ空）。",
            f"state = {line['state']!r}: must be one of {', '.join([*STATES, OPERATOR])}, or empty.",
        )
    if line["consumed"] not in ("", "yes", "no"):
        yield say(
            f"consumed = {line['consumed']!r}: yes か no を書いてください。",
            f"consumed = {line['consumed']!r}: must be yes or no.",
        )
    if line["state"] == OPERATOR and "do" not in dict(_traits(line)):
        yield say(
            f"traits = {line['traits']!r}: {OPERATOR} には do=reissue のように、することを書いてください。",
            f"traits = {line['traits']!r}: for {OPERATOR}, write what to do, such as do=reissue.",
        )


def _marked(asked: list[Need]) -> list[Need]:
    """What one scenario asks for; it is its first user whom the desk reissues."""
    if not any(one.by_people == "reissue" for one in asked):
        return asked
    first = next(one for one in asked if not one.by_people)
    return [replace(one, reissue=one is first) for one in asked]


def _need(line: dict[str, str], manual: str) -> Need:
    consumed = line["consumed"] == "yes"
    return Need(manual, line["id"], line["scenario"], line["state"], _traits(line), consumed=consumed)


def _traits(line: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return read_traits(line["traits"])


def read_traits(text: str) -> tuple[tuple[str, str], ...]:
    """Traits as `told` writes them."""
    return tuple((name, value) for name, _, value in (one.partition("=") for one in text.split()))


def told(traits: Mapping[str, str | int] | Iterable[tuple[str, str | int]]) -> str:
    """Traits as the table and our sentences write them: 'days_left=30 role=general'."""
    return " ".join(f"{name}={value}" for name, value in dict(traits).items())


def write(path: Path, lines: Iterable[list[str]]) -> None:
    """Write a table of these lines, in the order of COLUMNS."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines)
