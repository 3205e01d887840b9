"""Which scenario touches which line of the mock: a run of them all on the mock as it is, watched."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coverage import CoverageData

from .making import ROOT, Mutant
from .noticing import Heard

AT_START = ""  # the context before the first scenario
PASSED = {"PASS", "WARNING"}


@dataclass(frozen=True)
class Recorded:
    """A scenario as it was on the mock as it is."""

    id: str
    feature: str
    seconds: float
    heard: Heard


@dataclass
class Recording:
    """The scenarios that can judge, by id, and the contexts of each line by file."""

    scenarios: dict[str, Recorded] = field(default_factory=dict)
    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    _weights: dict[str, Counter[str]] = field(default_factory=dict)

    def touching(self, one: Mutant) -> list[str]:
        """The scenarios that could notice a mutant, of each procedure that one first which does most of its file.

        What is done once, when the mock starts, could be noticed by every scenario: of the manual, if it is a site's.
        """
        contexts = self._contexts(one)
        found = contexts - {AT_START} or (self._all(one.key.file) if contexts else set())
        return spread([self.scenarios[each] for each in found & self.scenarios.keys()], self._weight(one.key.file))

    def _weight(self, file: str) -> Counter[str]:
        """How many lines of a file each scenario carries out."""
        if file not in self._weights:
            self._weights[file] = Counter(each for contexts in self.lines.get(file, {}).values() for each in contexts)
        return self._weights[file]

    def at_start(self, one: Mutant) -> bool:
        """Whether a mutant changes what is done when the mock starts."""
        return AT_START in self._contexts(one)

    def _contexts(self, one: Mutant) -> set[str]:
        lines = self.lines.get(one.key.file, {})
        return {context for line in range(one.line, one.last + 1) for context in lines.get(line, ())}

    def _all(self, file: str) -> set[str]:
        site = file.removeprefix("mock_ca/sites/").partition("/")[0] if file.startswith("mock_ca/sites/") else ""
        return {each for each, one in self.scenarios.items() if one.feature.startswith(site)}


def spread(scenarios: list[Recorded], weights: Mapping[str, int]) -> list[str]:
    """The weightiest of each procedure, then the second of each, and so on: other procedures see other things.

    Of the same weight the quicker one comes first.
    """
    place: Counter[str] = Counter()
    ranked = []
    for rank in sorted((-weights.get(one.id, 0), one.seconds, one.id, one.feature) for one in scenarios):
        ranked.append((place[rank[3]], *rank))
        place[rank[3]] += 1
    return [rank[3] for rank in sorted(ranked)]


def read(folders: list[Path], root: Path = ROOT) -> Recording:
    """What was recorded of each manual. A file that has changed since has no lines: see `stale`."""
    found = Recording()
    for folder in folders:
        for line in (folder / "scenarios.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            one = Recorded(told["scenario"], told["feature"], told["seconds"], _heard(told))
            if one.heard.verdict in PASSED:
                found.scenarios[one.id] = one
        _add_lines(found, folder, root)
    return found


def _heard(told: dict[str, object]) -> Heard:
    return Heard(**{name: told[name] for name in Heard._fields})  # type: ignore[arg-type] # as it was written


def _add_lines(found: Recording, folder: Path, root: Path) -> None:
    data, old = CoverageData(str(folder / "coverage")), set(stale(folder, root))
    data.read()
    for measured in data.measured_files():
        file = Path(measured).relative_to(root).as_posix()
        lines = found.lines.setdefault(file, {})
        for line, contexts in data.contexts_by_lineno(measured).items():
            if file not in old:
                lines.setdefault(line, set()).update(contexts)


def fingerprints(root: Path = ROOT) -> dict[str, str]:
    """What each file of the mock holds, in short."""
    files = sorted((root / "mock_ca").rglob("*.py"))
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def stale(folder: Path, root: Path = ROOT) -> list[str]:
    """The files that are not as they were when they were recorded."""
    then: dict[str, str] = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    return [file for file, now in fingerprints(root).items() if then.get(file) != now]
