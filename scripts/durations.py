"""Record how long each scenario takes: `.venv/bin/python scripts/durations.py reports/out/latest […]`.

Writes the durations.csv of each manual, by which `--shard` evens out its parts. Of several runs the median counts, and
so it does of several attempts (--repeat). What did not pass says nothing about how long a scenario takes. What these
runs did not carry out stays as it is, unless its scenario is gone.
"""

from __future__ import annotations

import argparse
import csv
import statistics
from collections import defaultdict
from pathlib import Path

from sekisho.manual import folders
from sekisho.manual.citations import of
from sekisho.manual.folders import Manual
from sekisho.manual.shards import recorded
from sekisho.results import read_scenarios


def taken(runs: list[Path]) -> dict[str, float]:
    """The median of what each scenario took in these runs, by its id."""
    found = defaultdict(list)
    for run in runs:
        for one in read_scenarios(run):
            if one.verdict.passed:
                found[one.base_id].append(one.seconds)
    return {one: round(statistics.median(seconds), 2) for one, seconds in found.items()}


def table(manual: Manual, took: dict[str, float]) -> dict[str, float]:
    """What each scenario of a manual that still exists took now, or else what was known of it."""
    there = {one for each in of(manual) for one in each.results}
    found = recorded(manual) | took
    return {one: found[one] for one in sorted(there & found.keys())}


def main(runs: list[Path]) -> None:
    """Write the tables."""
    took = taken(runs)
    for manual in folders.known().values():
        seconds = table(manual, took)
        with (manual / folders.DURATIONS).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("id", "seconds"), *seconds.items()])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    main(parser.parse_args().runs)
