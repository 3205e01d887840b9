"""What cells of an exploration cost beside their procedure undisturbed, in one run: `python -m bench.exploring [RUN]`.

Without a run one is made: a sample of every fault in one procedure, with a second fault behind it. Seconds depend on
the machine; the ratio does not, and says what a cell adds: doing it over, and looking at what came of it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sekisho.results import FaultCell, Scenario, read_run, read_scenarios

SAMPLE = ("--kind", "faults", "--manual", "kihonet", "--each", "2", "--depth", "2")


def figures(folder: Path) -> Iterator[str]:
    """A line for each procedure, and one for the whole."""
    found = read_scenarios(folder)
    for undisturbed in (one for one in found if one.cell is None and one.exchanges):
        cells = [one for one in found if isinstance(one.cell, FaultCell) and one.cell.procedure == undisturbed.id]
        if cells:
            yield _line(undisturbed, cells)
    cells = [one for one in found if isinstance(one.cell, FaultCell)]
    first, last = min(one.started for one in cells), max(one.started for one in cells)
    minutes = (last - first).total_seconds() / 60
    rate, jobs = len(cells) / max(minutes, 1 / 60), read_run(folder).jobs
    yield f"{len(cells)} cells in {minutes:.1f} minutes with {jobs} workers: {rate:.1f} a minute"


def _line(undisturbed: Scenario, cells: list[Scenario]) -> str:
    kept = sum(not one.left_out for one in undisturbed.exchanges)
    words = [f"{undisturbed.manual} {undisturbed.procedure}: {kept} exchanges, undisturbed {undisturbed.seconds:.1f} s"]
    for depth in (1, 2):
        costs = [one.seconds for one in cells if isinstance(one.cell, FaultCell) and _depth(one.cell) == depth]
        if costs:
            ratio = median(costs) / undisturbed.seconds
            words.append(f"{len(costs)} cells of depth {depth}, median {median(costs):.1f} s, {ratio:.2f} times")
    return "; ".join(words)


def _depth(cell: FaultCell) -> int:
    return 2 if cell.second else 1


def made(folder: Path) -> None:
    """Make a run. Raises CalledProcessError."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *SAMPLE, "--out", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print what a run shows."""
    with TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "run"
        if len(sys.argv) == 1:
            made(folder)
        for line in figures(folder):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
