"""The whole run of one manual, by turns with the same run of the commit before (or of BENCH_BEFORE, another commit)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.whole import machine_seconds

ROOT = Path(__file__).parents[1]
MANUAL = "danshin"
ROUNDS = 3
COMMAND = [sys.executable, "-c", "from sekisho.cli import main; main()", "run", "--manual", MANUAL]


def measure() -> dict[str, object]:
    """`before_wall_ratio` and `before_cpu_ratio` are the medians of now over those of then: below 1 is faster.

    What this machine does meanwhile counts too, so it should do nothing else. Both are installed as they are here: a
    commit that needs other packages cannot be compared.
    """
    commit = os.environ.get("BENCH_BEFORE", "HEAD~1")
    taken: dict[str, list[tuple[float, float]]] = {"now": [], "before": []}
    with tempfile.TemporaryDirectory() as folder:
        trees = {"now": ROOT, "before": _tree(commit, Path(folder) / "tree")}
        for tree in trees.values():
            _run(tree, "--select", "DAN-ISSUE-02")  # what a first run pays: compiled files, and the canary
        for name, tree in [*trees.items()] * ROUNDS:
            taken[name].append(_run(tree))
    found: dict[str, object] = {"before_commit": commit, "before_rounds": ROUNDS}
    for number, kind in enumerate(("wall", "cpu")):
        now, before = (median(one[number] for one in taken[name]) for name in ("now", "before"))
        found[f"before_{kind}_seconds"] = [round(before, 1), round(now, 1)]
        found[f"before_{kind}_ratio"] = round(now / before, 3)
    return found


def _tree(commit: str, folder: Path) -> Path:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
    return folder


def _run(tree: Path, *options: str) -> tuple[float, float]:
    """Wall and CPU seconds of one run."""
    environment = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        cpu, begun = machine_seconds(), time.monotonic()
        command = [*COMMAND, "--out", f"{folder}/run", *options]
        subprocess.run(
            command, cwd=tree, env=environment | {"PYTHONPATH": str(tree)}, check=True, stdout=subprocess.DEVNULL
        )
        return time.monotonic() - begun, machine_seconds() - cpu
