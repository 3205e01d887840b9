"""Count the cells of each procedure, from a run on the mock: `python -m tests.explore.derive RUN`.

Such a run is `bin/sekisho explore --budget 1`: every procedure undisturbed, and hardly a cell. What it did not carry
out keeps its line.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from sekisho.explore import choosing
from sekisho.explore.demand import CELLS, COLUMNS, demands
from sekisho.explore.kinds import FAULTS, kind_of
from sekisho.manual import citations, folders
from sekisho.manual.citations import scenario_id
from sekisho.manual.folders import Manual


def lines(run: Path, manual: Manual) -> list[list[str]]:
    """One for each procedure whose cells are known."""
    before = {scenario_id(one.procedure, {}): one.cells for one in demands(manual)}
    found = []
    for one in (each for each in citations.procedures(manual) if kind_of(each.feature) is FAULTS):
        cells = len(choosing.cells(run, one)) if choosing.recorded(run, one) else before.get(scenario_id(one, {}))
        if cells is not None:
            found.append([scenario_id(one, {}), one.procedure, str(cells)])
    return found


def main(run: Path) -> None:
    """Write the tables."""
    for manual in folders.known().values():
        if found := lines(run, manual):
            with (manual / folders.EXPLORE / CELLS).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([COLUMNS, *found])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        "python -m tests.explore.derive", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    main(parser.parse_args().run)
