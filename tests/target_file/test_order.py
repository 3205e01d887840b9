"""On somebody else's portal, scenarios run in the order for which the accounts in a target file were counted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sekisho.target_file.needs import movers, needs, order

from .least import LEAST

LISTING = """
from fixtures.selection import cited, example
from sekisho.manual.citations import scenario_id

def pytest_collection_finish(session):
    for item in session.items:
        print("ID", scenario_id(cited(item), example(item)))
"""


def run_order(folder: Path, *arguments: str) -> list[str]:
    """The ids of the scenarios of danshin in the order of a run on a target."""
    (folder / "portal.toml").write_text(LEAST, encoding="utf-8")
    (folder / "listing.py").write_text(LISTING, encoding="utf-8")
    asked = ["--target", str(folder / "portal.toml"), "--run-dir", str(folder / "run"), *arguments]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "features", "--collect-only", "-p", "listing", *asked],
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [line.removeprefix("ID ") for line in done.stdout.splitlines() if line.startswith("ID ")]


def test_scenarios_run_in_the_order_of_the_table_and_the_clock_is_moved_last(tmp_path: Path) -> None:
    """So that what `sekisho check` says is missing, and nothing else, is missing."""
    found = run_order(tmp_path)
    asking = dict.fromkeys(one.scenario for one in needs("danshin"))
    assert [one for one in found if one in asking] == list(asking)
    early = [one for one in order() if one.startswith("danshin-") and one not in movers()]
    assert found[: len(early)] == early


def test_a_repeated_run_goes_through_all_before_it_begins_again(tmp_path: Path) -> None:
    """Only those that move the clock are last in all."""
    once = run_order(tmp_path)
    early, late = ([one for one in once if (one in movers()) is moving] for moving in (False, True))
    assert run_order(tmp_path, "--repeat", "2") == [*early, *early, *late, *late]
