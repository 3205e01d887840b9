"""Parts of a run for several machines: which scenarios belong to which shard.

Every machine works this out for itself, from the same table of durations, and comes to the same answer.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekisho.language import say
from sekisho.manual import folders, tables
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

FORM = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


@dataclass(frozen=True)
class Shard:
    """The second of eight, say: `Shard(2, 8)`."""

    number: int
    of: int

    def __str__(self) -> str:
        """As on the command line: 2/8."""
        return f"{self.number}/{self.of}"


def parse(text: str) -> Shard:
    """The shard that `2/8` means. Raises ConfigurationProblemError for anything that names no part of a whole."""
    found = FORM.fullmatch(text)
    if found and int(found[1]) <= int(found[2]):
        return Shard(int(found[1]), int(found[2]))
    raise ConfigurationProblemError(
        say(
            f"--shard {text}: 「何番目/全体の数」を 1/8 から 8/8 のように指定してください（全体は 9999 まで）。",
            f"--shard {text}: must be NUMBER/TOTAL, such as 1/8 to 8/8 (a total of at most 9999).",
        )
    )


def split(scenarios: Collection[str], seconds: Mapping[str, float], of: int) -> list[list[str]]:
    """Deal scenario ids to `of` shards: the longest first, each to the shard that has least to do so far.

    A scenario without a recorded duration counts as the mean of those that have one. Of equal scenarios the one whose
    id sorts first is dealt first, and of equal shards the first one gets it.
    """
    usual = statistics.fmean(seconds.values()) if seconds else 1.0
    lengths = {one: seconds.get(one, usual) for one in scenarios}
    shards: list[list[str]] = [[] for _ in range(of)]
    loads = [0.0] * of
    for one in sorted(lengths, key=lambda one: (-lengths[one], one)):
        least = loads.index(min(loads))
        shards[least].append(one)
        loads[least] += lengths[one]
    return shards


def members(scenarios: Collection[str], shard: Shard) -> frozenset[str]:
    """The scenario ids among these that belong to a shard, by the recorded durations."""
    return frozenset(split(scenarios, durations(), shard.of)[shard.number - 1])


def durations() -> dict[str, float]:
    """How long each scenario took when it was last recorded (`scripts/durations.py`), in seconds, by its id."""
    return {one: seconds for manual in folders.known().values() for one, seconds in recorded(manual).items()}


@cache
def recorded(manual: Manual) -> dict[str, float]:
    """The same of one manual; empty for one whose durations nobody has recorded.

    Raises ConfigurationProblemError naming the line that is no duration.
    """
    path = manual / folders.DURATIONS
    if not path.is_file():
        return {}
    return {cells["id"]: _seconds(cells, f"{path}:{line}") for line, cells in _lines(path)}


def _seconds(cells: dict[str, str], place: str) -> float:
    with suppress(ValueError):
        if 0 <= (seconds := float(cells["seconds"])) < math.inf:
            return seconds
    raise ConfigurationProblemError(
        say(
            f"{place}: 秒数を書いてください（scripts/durations.py が作ります）。",
            f"{place}: must be a number of seconds (scripts/durations.py writes them).",
        )
    )


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    return tables.lines(folders.text_of(path), path, ("id", "seconds"))
