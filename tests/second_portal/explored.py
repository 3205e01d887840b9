"""Explore the portal, by its target file alone: `python -m tests.second_portal.explored [OPTION ...]`.

The options are those of `sekisho explore`, such as `--each 1`. `--every-habit` before them: the portal has all its
habits. Results stand in reports/out/second-portal-explored. It has accounts for a sample of `--each 2`; with `--whole`
for every cell.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sekisho.explore.demand import demands
from sekisho.manual.folders import named
from tests.second_portal.habits import EVERY, USUAL
from tests.second_portal.pool import Wanted, usual
from tests.second_portal.running import ROOT, running
from tests.second_portal.setup import Setup
from tests.second_portal.trials import run

MOST = 30
"""Of each procedure at most so many cells are carried out with `--each 2`."""

MORE = 2  # times as many exchanges as the mock's this portal may have: its pages have frames
HOURS = 6


def accounts(most: float) -> Iterator[Wanted]:
    """Whom the procedures need, each time they are carried out, and a few with traits, for boundaries.

    Of each procedure at most so many cells are reckoned with.
    """
    yield from usual()
    for one in demands(named("danshin")):
        for _ in range(MOST if one.cells is None else int(min(MORE * one.times, most + 1))):
            for state, traits in one.users:
                told = dict(word.split("=") for word in traits.split())
                yield Wanted(state, {name: int(value) if value.isdigit() else value for name, value in told.items()})


def main(words: list[str]) -> int:
    """Explore it; gives the exit code of `sekisho explore`."""
    parser = argparse.ArgumentParser(
        "python -m tests.second_portal.explored",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--every-habit", action="store_true", help="all its habits at once")
    parser.add_argument("--whole", action="store_true", help="accounts for every cell")
    asked, rest = parser.parse_known_args(words)
    habits = EVERY if asked.every_habit else USUAL
    users = list(accounts(math.inf if asked.whole else MOST))
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), Setup(habits, users)) as portal:
        out = ROOT / "reports" / "out" / "second-portal-explored"
        ended = run(portal, out, *rest, command="explore", minutes=HOURS * 60)
    sys.stdout.write(ended.stdout)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
