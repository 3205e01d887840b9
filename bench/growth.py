"""Whether a run stays as quick and as small as it begins: 1/3, 2/3 and 3/3 of all scenarios with one worker."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.thirds import THIRDS


def measure(*options: str) -> dict[str, object]:
    """`growth_slope_ratio`: the seconds of one third of the scenarios after two others, over those at the beginning.

    `growth_<process>_megabytes` are those after each third of the whole run. Options select scenarios, as pytest's.
    """
    runs = {thirds: _run(thirds, *options) for thirds in range(1, THIRDS + 1)}
    found: dict[str, object] = {}
    for thirds, parts in runs.items():
        tests, seconds = sum(one["tests"] for one in parts), sum(one["seconds"] for one in parts)
        found[f"growth_scenarios_{thirds}_thirds"] = tests
        found[f"growth_seconds_per_scenario_{thirds}_thirds"] = round(seconds / tests, 3)
    last = [parts[-1]["seconds"] for parts in runs.values()]
    found["growth_seconds_of_the_last_third"] = [round(seconds, 1) for seconds in last]
    found["growth_slope_ratio"] = round(last[-1] / last[0], 3)
    whole = [one["megabytes"] for one in runs[THIRDS]]
    return found | {f"growth_{kind}_megabytes": [held[kind] for held in whole] for kind in whole[0]}


def _run(thirds: int, *options: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "growth.json"
        command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "bench.thirds", "--thirds", str(thirds)]
        command += ["--growth", str(path), "--run-dir", f"{folder}/run", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        measured: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return measured
