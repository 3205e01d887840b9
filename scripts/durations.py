"""Record how long each scenario takes: `.venv/bin/python scripts/durations.py reports/out/latest […]`.

Writes features/durations.csv, by which `--shard` evens out its parts. Of several runs the median counts, and so it does
of several attempts (--repeat). What did not pass says nothing about how long a scenario takes.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from sekisho.manual.citations import scenarios
from sekisho.manual.shards import DURATIONS
from sekisho.results import read_scenarios


def recorded(runs: list[Path]) -> dict[str, float]:
    """The median of what each scenario that still exists took in these runs, by its id."""
    known = {one for each in scenarios() for one in each.results}
    found = defaultdict(list)
    for run in runs:
        for one in read_scenarios(run):
            if one.verdict.passed:
                found[one.base_id].append(one.seconds)
    return {one: round(statistics.median(found[one]), 2) for one in sorted(known & found.keys())}


def main(runs: list[Path]) -> None:
    """Write the table."""
    with DURATIONS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("id", "seconds"), *recorded(runs).items()])


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
