"""What cells of an exploration cost beside their procedure undisturbed, in one run: `python -m bench.exploring [RUN]`.

Without a run one is made: a sample of every fault in one procedure, with a second fault behind it. Seconds depend on
the machine; the ratio does not, and says what a cell adds: doing it over, and looking at what came of it. The growth is
what all would take with one worker: how many cells a procedure's exchanges make, with one fault and with two, each
at the median of those that were carried out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sekisho.explore import Case
from sekisho.explore.choosing import cells, offered
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.results import FaultCell, Scenario, read_run, read_scenarios

DEPTHS = 1, 2
SAMPLE = ("--kind", "faults", "--manual", "kihonet", "--each", "2", "--depth", "2")


def figures(folder: Path) -> Iterator[str]:
    """A line for each procedure, and one for the whole."""
    found = read_scenarios(folder)
    for undisturbed in (one for one in found if one.cell is None and one.exchanges):
        its = [one for one in found if isinstance(one.cell, FaultCell) and one.cell.procedure == undisturbed.id]
        if its:
            yield _line(undisturbed, its)
    done = [one for one in found if isinstance(one.cell, FaultCell)]
    first, last = min(one.started for one in done), max(one.started for one in done)
    minutes = (last - first).total_seconds() / 60
    rate, jobs = len(done) / max(minutes, 1 / 60), read_run(folder).jobs
    yield f"{len(done)} cells in {minutes:.1f} minutes with {jobs} workers: {rate:.1f} a minute"


def _line(undisturbed: Scenario, its: list[Scenario]) -> str:
    kept = sum(not one.left_out for one in undisturbed.exchanges)
    words = [f"{undisturbed.manual} {undisturbed.procedure}: {kept} exchanges, undisturbed {undisturbed.seconds:.1f} s"]
    for depth in DEPTHS:
        costs = [one.seconds for one in its if isinstance(one.cell, FaultCell) and _depth(one.cell) == depth]
        if costs:
            ratio = median(costs) / undisturbed.seconds
            words.append(f"{len(costs)} cells of depth {depth}, median {median(costs):.1f} s, {ratio:.2f} times")
    return "; ".join(words)


def growth(folder: Path) -> Iterator[str]:
    """A line for each procedure, the one with the fewest exchanges first."""
    found = {one.id: one for one in read_scenarios(folder)}
    grown = []
    for one in procedures_of(found.values()):
        undisturbed = found[scenario_id(one, {})]
        kept = sum(not exchange.left_out for exchange in undisturbed.exchanges)
        known = [cells(folder, one, depth) for depth in DEPTHS]
        grown.append((kept, f"{one.manual} {one.procedure}: {kept} exchanges, {_whole(known, found)}"))
    return (line for _, line in sorted(grown))


def procedures_of(scenarios: Iterable[Scenario]) -> list[CitedScenario]:
    """The procedures of a run that faults were laid into, and that passed undisturbed."""
    done = {one.id for one in scenarios if one.exchanges and one.cell is None and one.verdict.passed}
    return [one for one in offered([], ["faults"]) if scenario_id(one, {}) in done]


def _whole(known: list[list[Case]], found: Mapping[str, Scenario]) -> str:
    words = []
    for depth, those in zip(DEPTHS, known, strict=True):
        costs = [found[one.id].seconds for one in those if one.id in found]
        minutes = f", {median(costs) * len(those) / 60:.1f} minutes" if costs else ""
        words.append(f"depth {depth}: {len(those)} cells{minutes}")
    return "; ".join(words)


def _depth(cell: FaultCell) -> int:
    return 2 if cell.second else 1


def made(folder: Path) -> None:
    """Make a run. Raises CalledProcessError."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *SAMPLE, "--out", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print what a run shows."""
    parser = argparse.ArgumentParser(
        "python -m bench.exploring", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, nargs="?", help="its folder")
    asked = parser.parse_args().run
    if asked and not (asked / "run.json").is_file():
        parser.error(f"{asked}: no run's folder (run.json is not there)")
    with TemporaryDirectory() as scratch:
        folder = asked or Path(scratch) / "run"
        if asked is None:
            made(folder)
        for line in (*figures(folder), *growth(folder)):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
