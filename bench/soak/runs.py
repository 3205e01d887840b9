"""Whole runs of a manual against the mock, beside loops that take every core: no verdict may change by that."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.soak.record import Round, Wrong
from sekisho.manual.selection import chosen
from sekisho.results import Scenario, read_run, read_scenarios
from sekisho.verdict import Verdict

SEKISHO = (sys.executable, "-c", "from sekisho.cli import main; main()")
LOOPS = 2
LONGEST = 3600.0  # seconds; a run that takes longer hangs
EDGE_ONLY, OTHERS_ONLY = "msedge", "chrome"


def run(number: int, folder: Path, manual: str, jobs: int) -> Round:
    """One run; its folder stays where something was wrong."""
    out, begun = folder / f"run-{number}", time.monotonic()
    shutil.rmtree(out, ignore_errors=True)
    command = [*SEKISHO, "run", "--manual", manual, "--jobs", str(jobs), "--out", str(out)]
    with _busy(), (folder / f"run-{number}.log").open("w") as log:
        code = _ended(command, log.fileno())
    wrong = tuple(_wrong(out, manual, code))
    if not wrong:
        shutil.rmtree(out)
    return Round(number, f"{manual} --jobs {jobs}", round(time.monotonic() - begun, 1), wrong)


def _ended(command: list[str], log: int) -> int | None:
    """The exit code; None for a run that hangs."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as process:
        try:
            return process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            return None
        finally:
            process.terminate()


@contextmanager
def _busy() -> Iterator[None]:
    """Loops that never rest, of the same priority as the run."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _wrong(out: Path, manual: str, code: int | None) -> Iterator[Wrong]:
    """Every verdict that a quiet machine would not give, and a run that did not end as one without any would."""
    if code != 0:
        yield Wrong("sekisho run", f"exit {code}")
    if not (out / "run.json").is_file():
        return
    edge = "edge" in read_run(out).browser.lower()
    found = {one.id: one for one in read_scenarios(out)}
    for scenario in chosen([manual], []):
        elsewhere = (OTHERS_ONLY if edge else EDGE_ONLY) in scenario.tags
        right = Verdict.NOT_APPLICABLE if elsewhere else Verdict.PASS
        for one in scenario.results:
            if one not in found:
                yield Wrong(f"{one} {scenario.name}", "no verdict")
            elif found[one].verdict is not right:
                yield Wrong(f"{one} {scenario.name}", found[one].verdict, _reason(found[one]))


def _reason(scenario: Scenario) -> str:
    """The step at which it ended and why, or what a step warns of."""
    if scenario.failure:
        return f"{scenario.failure.step}: {scenario.failure.portal_did}"
    return " ".join(filter(None, (step.reason for step in scenario.steps)))
