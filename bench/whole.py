"""The whole run of all manuals, for 1 and 2 workers: wall and CPU seconds, per scenario and per screen."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sekisho.results import Picture, Scenario, read_scenarios

JOBS = (1, 2)
SEKISHO = Path(sys.executable).with_name("sekisho")


def measure() -> dict[str, object]:
    """`seconds_per_scenario` and `cpu_seconds_per_scenario` are those of `--jobs auto`'s number on this machine."""
    found: dict[str, object] = {}
    for jobs in JOBS:
        found |= {f"{name}_jobs_{jobs}": value for name, value in _run(jobs).items()}
    best = min(JOBS, key=lambda jobs: float(str(found[f"wall_seconds_jobs_{jobs}"])))
    for name in ("seconds_per_scenario", "cpu_seconds_per_scenario"):
        found[name] = found[f"{name}_jobs_{best}"]
    return found | {"fastest_jobs": best}


def _run(jobs: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(SEKISHO), "run", "--jobs", str(jobs), "--out", folder]
        cpu, begun = machine_seconds(), time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        wall, cpu = time.monotonic() - begun, machine_seconds() - cpu
        scenarios = [one for path in Path(folder).rglob("run.json") for one in read_scenarios(path.parent)]
    count, shown = len(scenarios), screens(scenarios)
    return {
        "wall_seconds": round(wall, 1),
        "cpu_seconds": round(cpu, 1),
        "scenarios": count,
        "screens": shown,
        "seconds_per_scenario": round(wall / count, 3),
        "cpu_seconds_per_scenario": round(cpu / count, 3),
        "seconds_per_screen": round(wall / shown, 3),
        "cpu_seconds_per_screen": round(cpu / shown, 3),
    }


def screens(scenarios: list[Scenario]) -> int:
    """How many pictures of a screen were taken."""
    evidence = (one for scenario in scenarios for step in scenario.steps for one in step.evidence)
    return sum(isinstance(one, Picture) for one in evidence)


def machine_seconds() -> float:
    """CPU seconds that this machine has spent on anything, idle and waiting aside (Linux).

    Chromium's processes are nobody's waited-for children, so that no process can be asked for their time.
    """
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _idle, _waiting, *interrupts = (int(field) for field in fields[:8])
    return (user + nice + system + sum(interrupts)) / 100
