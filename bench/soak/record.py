"""What a soak has found so far, on disk after each round: one that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sekisho.machine import files


@dataclass(frozen=True)
class Wrong:
    """Something that should not have been: which scenario, process, folder or request, and what was seen."""

    what: str
    seen: str
    why: str = ""


@dataclass(frozen=True)
class Round:
    """One round: its number, what was done, in how many seconds, and what was wrong."""

    number: int
    done: str
    seconds: float
    wrong: tuple[Wrong, ...] = ()
    counted: dict[str, int] = field(default_factory=dict)


class Record:
    """The rounds of one part of a soak, in a file of its own."""

    def __init__(self, folder: Path, part: str) -> None:
        """Read what is there already. Raises ValueError where the file is something else."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{part}.json"
        told = json.loads(self._file.read_bytes()) if self._file.exists() else []
        self.rounds = [_round(one) for one in told]

    def carry_out(self, count: int, work: Callable[[int], Round]) -> Iterator[Round]:
        """Do what is missing of so many rounds, and give each as it ends."""
        known = {one.number for one in self.rounds}
        for number in range(1, count + 1):
            if number not in known:
                self._add(found := work(number))
                yield found

    def _add(self, found: Round) -> None:
        self.rounds.append(found)
        files.write(self._file, json.dumps([asdict(one) for one in self.rounds], ensure_ascii=False, indent=1))


def _round(told: dict[str, Any]) -> Round:
    return Round(**{**told, "wrong": tuple(Wrong(**one) for one in told["wrong"])})
