"""The renewal procedure by the harness against a bare Playwright script with the same clicks and the same dialog."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROUNDS = 12
FEATURE = "features/danshin/test_scenarios.py"
SCENARIO = "更新案内のメールから団信ネットへのログインまで"


def measure() -> dict[str, object]:
    """Both in one browser and against one mock, by turns, so that whatever slows one slows the other.

    `renewal_overhead_ratio` is the ratio of the medians of whole tests: set-up, call and teardown, in seconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times.json"
        command = [sys.executable, "-m", "pytest", FEATURE, "bench/test_bare.py", "-q", "-p", "bench.by_turns"]
        command += ["--select", SCENARIO, "--rounds", str(ROUNDS), "--times", str(times), "--run-dir", f"{folder}/run"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken = json.loads(times.read_text())
    harness, bare = median(taken["harness"]), median(taken["bare"])
    return {
        "renewal_harness_seconds": round(harness, 3),
        "renewal_bare_seconds": round(bare, 3),
        "renewal_overhead_ratio": round(harness / bare, 3),
        "renewal_rounds": ROUNDS,
    }
