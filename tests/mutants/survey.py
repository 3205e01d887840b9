"""All that is known about the mutants: which there are, who touches them, what came of them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .equivalents import equivalents, unmatched
from .making import ROOT, Key, Mutant, mutants
from .outcomes import Outcomes, Status, status, table
from .recording import Recording

SHOWN = (Status.SURVIVED, Status.ERROR)


@dataclass
class Survey:
    """The mutants that were asked for, and what is known about them."""

    mutants: list[Mutant]
    recording: Recording
    outcomes: Outcomes
    listed: dict[Key, Status]
    wrong: list[str]
    """What is wrong with the list of equivalents."""

    @classmethod
    def of(cls, recording: Recording, paths: Sequence[Path], file: Path) -> Survey:
        """Of all mutants, or those below these paths. Raises ValueError for a path without any."""
        made, listed = mutants(), equivalents()
        wrong = [f"listed, but not there any more: {key}" for key in unmatched(listed, made)]
        return cls([one for one in made if _below(one, paths)], recording, Outcomes(file), listed, wrong)

    def __post_init__(self) -> None:
        """Nothing to survey is a mistake of whoever asked."""
        if not self.mutants:
            raise ValueError("there is no mutant below these paths: they are relative to the project, such as mock_ca")

    def status(self, one: Mutant) -> Status:
        """What came of a mutant."""
        touched = bool(self.recording.touching(one))
        return status(one, self.outcomes, touched=touched, listed=self.listed.get(one.key))

    def chosen(self, due: list[Mutant], *, sample: int | None, seed: int, shard: tuple[int, int]) -> list[Mutant]:
        """Of those that are due, this part; at most so many, drawn at random. File by file, what is unknown first."""
        number, of = shard
        part = [one for one in due if int(one.key.id, 16) % of == number - 1]
        if sample is not None and sample < len(part):
            part = random.Random(seed).sample(part, sample)  # noqa: S311 - no secret
        return sorted(part, key=lambda one: (one.key.id in self.outcomes.known, one.key.file, one.line))

    @property
    def settled(self) -> bool:
        """Whether nothing survived that is not listed as equivalent, and the list is right."""
        return not self.wrong and not any(self.status(one) in SHOWN for one in self.mutants) and not self._killed()

    def report(self) -> Iterator[str]:
        """Every survivor in full, and the table."""
        for one in self.mutants:
            if (found := self.status(one)) in SHOWN:
                yield from self._survivor(one, found)
        yield from self.wrong
        yield from (f"listed as {self.listed[one.key]}, but killed: {one.key}" for one in self._killed())
        counts: dict[str, Counter[Status]] = defaultdict(Counter)
        for one in self.mutants:
            counts[_package(one)][self.status(one)] += 1
        yield from table(counts)

    def _killed(self) -> list[Mutant]:
        return [one for one in self.mutants if one.key in self.listed and self.status(one) is Status.KILLED]

    def _survivor(self, one: Mutant, found: Status) -> Iterator[str]:
        known, touching = self.outcomes.known[one.key.id], self.recording.touching(one)
        yield f"{found}: {one.key.file}:{one.line} {one.key.function} ({one.key.operator}, {one.key.id})"
        yield from (f"    {line}" for line in one.diff().splitlines())
        yield f"    {len(known.tried)} tried of {len(touching)} that touch it: {' '.join(known.tried[:8])}"
        yield from [f"    {known.said}"] if known.said else []


def _below(one: Mutant, paths: Sequence[Path]) -> bool:
    file = ROOT / one.key.file
    return not paths or any(file.is_relative_to((ROOT / path).resolve()) for path in paths)


def _package(one: Mutant) -> str:
    parts = one.key.file.split("/")
    return "/".join(parts[1:3] if parts[1] == "sites" else parts[1:2])
