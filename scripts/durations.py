"""Record how long each scenario takes: `.venv/bin/python scripts/durations.py reports/out/latest […]`.

Writes features/durations.csv, by which `--shard` evens out its parts. Of several runs the median counts, and so it does
of several attempts (--repeat). What did not pass says nothing about how long a scenario takes. What these runs did not
carry out stays as it is, unless its scenario is gone.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from sekisho.manual.citations import scenarios
from sekisho.manual.shards import DURATIONS, durations
from sekisho.results import read_scenarios


def recorded(runs: list[Path]) -> dict[str, float]:
    """The median of what each scenario that still exists took in these runs, by its id; else what was known of it."""
    there = {one for each in scenarios() for one in each.results}
    found = defaultdict(list)
    for run in runs:
        for one in read_scenarios(run):
            if one.verdict.passed:
                found[one.base_id].append(one.seconds)
    before = durations(DURATIONS) if DURATIONS.exists() else {}
    took = before | {one: round(statistics.median(seconds), 2) for one, seconds in found.items()}
    return {one: took[one] for one in sorted(there & took.keys())}


def main(runs: list[Path]) -> None:
    """Write the table."""
    took = recorded(runs)
    with DURATIONS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("id", "seconds"), *took.items()])


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
