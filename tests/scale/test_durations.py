"""The script that records how long scenarios take."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from sekisho.manual import folders
from sekisho.manual.citations import scenarios
from sekisho.results import Scenario
from sekisho.verdict import Verdict
from tests.reports.samples import run, save, scenario

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "durations.py"
OUTLINE = next(each for each in scenarios() if each.examples > 2)
FIRST, SECOND, THIRD = OUTLINE.results[:3]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The table of a manual."""
    return tmp_path / "durations.csv"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, where one manual has its table in a folder of the test's own, and its scenarios where they are."""
    spec = importlib.util.spec_from_file_location("durations", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    elsewhere = folders.Manual(tmp_path, folders.named(OUTLINE.manual).about)
    one = SimpleNamespace(known=lambda: {elsewhere.id: elsewhere}, DURATIONS=folders.DURATIONS)
    monkeypatch.setattr(module, "folders", one)
    monkeypatch.setattr(module, "of", lambda _: [OUTLINE])
    return module


def took(name: str, seconds: float, attempt: int = 1, verdict: Verdict = Verdict.PASS) -> Scenario:
    """A scenario of some duration."""
    identity = name if attempt == 1 else f"{name}-{attempt}"
    return scenario(identity, [], seconds=seconds, attempt=attempt, verdict=verdict)


def written(table: Path) -> list[str]:
    """The lines below the heading, in the order of their ids."""
    heading, *lines = table.read_text("utf-8").splitlines()
    assert heading == "id,seconds"
    assert lines == sorted(lines)
    return lines


def test_the_median_of_all_runs_and_repetitions_is_recorded(script: ModuleType, tmp_path: Path, table: Path) -> None:
    """One slow night does not count; what did not pass, and what no longer exists, says nothing."""
    one = save(tmp_path / "one", run(), [took(FIRST, 2.0), took(FIRST, 3.0, 2), took(SECOND, 1.234)])
    other = save(
        tmp_path / "other", run(), [took(FIRST, 60.0), took(THIRD, 9.0, verdict=Verdict.FAIL), took("gone", 1)]
    )

    script.main([one, other])

    assert written(table) == sorted([f"{FIRST},3.0", f"{SECOND},1.23"])


def test_a_run_of_a_part_leaves_the_others_as_they_were(script: ModuleType, tmp_path: Path, table: Path) -> None:
    """Unless their scenario is gone."""
    table.write_text(f"id,seconds\n{FIRST},1.0\n{SECOND},2.0\ngone,3.0\n", encoding="utf-8")

    script.main([save(tmp_path / "part", run(), [took(SECOND, 4.0), took(THIRD, 5.0)])])

    assert written(table) == sorted([f"{FIRST},1.0", f"{SECOND},4.0", f"{THIRD},5.0"])
