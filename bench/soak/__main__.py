"""Soak: `python -m bench.soak [--runs 50] [--kills 50] …`, or `make soak ARGS="--runs 5"`.

Whole runs beside busy loops, then kill -9 of runs and of the mock at random moments. Goes on where it was stopped; the
same --seed kills at the same moments. Ends with 1 when anything was wrong.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from bench.soak import kills, mocks, runs
from bench.soak.record import Record, Round

OUT = Path(__file__).parents[1] / "out" / "soak"


def main() -> int:
    """Do what is missing, then say what was found in all rounds so far."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that nothing is left running
    given = _parser().parse_args()
    folder: Path = given.out.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    work = {
        "runs": (given.runs, partial(runs.run, folder=folder, manual=given.manual, jobs=given.jobs)),
        "run-kills": (
            given.kills,
            partial(kills.killed, folder=folder, asked=kills.Asked(given.manual, given.jobs, given.seed)),
        ),
        "mock-kills": (given.kills, partial(mocks.killed, folder=folder, seed=given.seed)),
    }
    records = {part: Record(folder, part) for part in work}
    for part, (count, one_round) in work.items():
        for found in records[part].carry_out(count, one_round):
            counted = " ".join(f"{name} {number}" for name, number in found.counted.items())
            print(f"{part} {found.number}/{count}: {found.done}, {found.seconds} s, {counted or 'verdicts'},"
                  f" wrong: {len(found.wrong)}", flush=True)  # fmt: skip
    for part, record in records.items():
        _tell(part, record.rounds)
    return any(found.wrong for record in records.values() for found in record.rounds)


def _tell(part: str, rounds: Iterable[Round]) -> None:
    """A line for each part, and one for everything that was wrong in it."""
    done = sorted(rounds, key=lambda one: one.number)
    sums: dict[str, int] = {}
    for found in done:
        for name, number in found.counted.items():
            sums[name] = sums.get(name, 0) + number
    counted = "".join(f", {number} {name}" for name, number in sums.items())
    print(f"\n{part}: {len(done)} rounds, {sum(one.seconds for one in done):.0f} s{counted},"
          f" {sum(len(one.wrong) for one in done)} wrong")  # fmt: skip
    for found in done:
        for one in found.wrong:
            print(f"  {found.number:>3}  {one.what}  {one.seen}  {one.why}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--runs", type=int, default=50, help="whole runs beside two busy loops (50)")
    parser.add_argument("--kills", type=int, default=50, help="kill -9 of a run, and of the mock (50 each)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    parser.add_argument("--manual", default="danshin")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=OUT, help="where rounds are kept (bench/out/soak)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
