"""Every Chromium that can be had here: the sample of scenarios that touches each of the browser's private surfaces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from sekisho.manual.citations import scenarios
from sekisho.native_ui import Surface
from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict

TOP = Path(__file__).resolve().parents[2]
SAMPLE: dict[str, str] = tomllib.loads((TOP / "scripts" / "sample.toml").read_text("utf-8"))
MOST_BUILDS = 2
LONG_SECONDS = 600


def test_the_sample_has_a_scenario_for_each_surface() -> None:
    """One, which exists."""
    assert SAMPLE.keys() == {surface.name for surface in Surface}
    assert set(SAMPLE.values()) <= {one for each in scenarios() for one in each.results}


@cache
def builds() -> tuple[list[str], str]:
    """Programs, oldest first, as scripts/browsers.sh finds or fetches them; and what it says where it cannot."""
    try:
        done = subprocess.run(
            [TOP / "scripts" / "browsers.sh", "chromiums"],
            capture_output=True,
            text=True,
            timeout=LONG_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return [], str(problem)
    return done.stdout.splitlines(), done.stderr.strip()


@pytest.fixture(params=range(MOST_BUILDS), ids=["oldest", "next"])
def build(request: pytest.FixtureRequest) -> str:
    """One of the builds."""
    found, said = builds()
    number = int(request.param)
    if number >= len(found):
        pytest.skip(f"{len(found)} builds of Chromium here. {said}")
    return found[number]


@pytest.mark.xdist_group("builds")
def test_the_sample_passes_in_every_build_and_touches_every_surface(build: str, tmp_path: Path) -> None:
    """Each scenario the surface for which it is there."""
    touched = tmp_path / "touched"
    wanted = [f"--select={one}" for one in dict.fromkeys(SAMPLE.values())]
    done = subprocess.run(
        [Path(sys.executable).with_name("sekisho"), "run", "--browser", build, "--jobs", "1", *wanted, "--out", "run"],
        env={
            **os.environ,
            "PYTHONPATH": str(TOP),
            "PYTEST_ADDOPTS": "-p tests.browser.touching",
            "TOUCHED": str(touched),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=LONG_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = {one.id: one for one in read_scenarios(tmp_path / "run")}
    assert {name: results[one].verdict for name, one in SAMPLE.items()} == dict.fromkeys(SAMPLE, Verdict.PASS)
    seen = dict(map(json.loads, touched.read_text("utf-8").splitlines()))
    assert [name for name, one in SAMPLE.items() if not _touched(seen, results[one], name)] == []


def _touched(seen: dict[str, dict[str, object]], result: Scenario, surface: str) -> bool:
    return bool(seen[result.nodeid][surface])
