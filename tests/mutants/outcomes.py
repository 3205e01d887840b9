"""What came of each mutant: one line of JSON each, the newest counts, so that an interrupted run goes on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from .making import Mutant


class Status(StrEnum):
    """What can come of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    """Listed: nobody could see a difference."""
    NO_ROW = "no row"
    """Listed: no row of the manual says what is right."""
    ERROR = "error"
    """Noticed, but blamed on this machine and not on the portal."""
    NOT_VIABLE = "not viable"
    """The mock does not start with it, or cannot make the users that a scenario asks for."""
    UNTOUCHED = "untouched"
    """No scenario carries the line out."""
    NOT_RUN = "not run"


FINAL = {Status.KILLED, Status.NOT_VIABLE}


@dataclass(frozen=True)
class Outcome:
    """What came of one mutant. `by` is the scenario that noticed it, `said` what that one, or an error, said."""

    mutant: str
    status: Status
    tried: tuple[str, ...] = ()
    by: str = ""
    said: str = ""
    seconds: float = 0

    @classmethod
    def of(cls, told: dict[str, Any]) -> Outcome:
        """From JSON."""
        return cls(**told | {"status": Status(told["status"]), "tried": tuple(told.get("tried", ()))})


class Outcomes:
    """The outcomes so far, in a file."""

    def __init__(self, file: Path) -> None:
        """Read what is there; a last line that was cut off is nothing."""
        self._file, self.known = file, dict[str, Outcome]()
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            try:
                told = json.loads(line)
            except json.JSONDecodeError:
                continue
            self._take(Outcome.of(told))

    def add(self, outcome: Outcome) -> None:
        """Write one down."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write("\n" * self._cut() + json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
        self._take(outcome)

    def _cut(self) -> bool:
        """Whether the last line was never finished."""
        return self._file.stat().st_size > 0 and not self._file.read_bytes().endswith(b"\n")

    def _take(self, outcome: Outcome) -> None:
        """Beside what was tried before, unless that has been settled otherwise."""
        before = self.known.get(outcome.mutant)
        if before and before.status is outcome.status is Status.SURVIVED:
            tried = tuple(dict.fromkeys((*before.tried, *outcome.tried)))
            outcome = Outcome(outcome.mutant, outcome.status, tried, seconds=before.seconds + outcome.seconds)
        self.known[outcome.mutant] = outcome

    def left(self, mutant: str, touching: list[str], *, again: bool) -> list[str]:
        """The scenarios that have still to be tried; all of them `again`, if the mutant was not killed."""
        known = self.known.get(mutant)
        if known is None:
            return touching
        if known.status in FINAL:
            return []
        return [one for one in touching if again or one not in known.tried]


def status(one: Mutant, outcomes: Outcomes, *, touched: bool, listed: Status | None) -> Status:
    """What is to be said of a mutant."""
    known = outcomes.known.get(one.key.id)
    if known and known.status is Status.KILLED:
        return Status.KILLED
    if listed:
        return listed
    if known:
        return known.status
    return Status.NOT_RUN if touched else Status.UNTOUCHED


def table(counts: dict[str, Counter[Status]]) -> list[str]:
    """The counts by package, and in all."""
    total = sum(counts.values(), Counter[Status]())
    rows = [*sorted(counts.items()), ("all", total)]
    head = f"{'':26}{'mutants':>9}" + "".join(f"{each.value:>12}" for each in Status)
    return [head, *(_row(name, count) for name, count in rows)]


def _row(name: str, count: Counter[Status]) -> str:
    return f"{name:26}{count.total():>9}" + "".join(f"{count[each]:>12}" for each in Status)
