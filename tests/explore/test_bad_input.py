"""Explorations that cannot be: refused before anything is carried out, with what is wrong and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.cli import exploration, explore
from sekisho.cli.options import Exploring
from sekisho.portal.naming import mock_named
from sekisho.results import Scenario, scenario_names
from sekisho.verdict import ConfigurationProblemError
from tests.reports.samples import run, saved, scenario, step

Break = Callable[[Path], object]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A run's folder, of danshin on the mock."""
    return saved(tmp_path, run(target=mock_named([])), [_explored(scenario("x", [step("x")]))]).folder


def _explored(one: Scenario) -> Scenario:
    return one.model_copy(update={"feature": "danshin/explore/issue.feature"})


def only(folder: Path) -> Path:
    """Its one result."""
    (name,) = scenario_names(folder)
    return folder / name


def piped(path: Path) -> None:
    """Make a pipe of a file."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: (folder / "run.json").write_text("{"), "run.json: JSON: "),
        (lambda folder: only(folder).write_text('{"id": "../../x"}'), "scenarios/.*json を読めません（"),
        (lambda folder: piped(only(folder)), "scenarios/.*json を読めません（"),
    ],
)
def test_a_damaged_run_is_not_gone_on_with(begun: Path, harm: Break, said: str) -> None:
    """The file is named; it was an unexpected exception, behind a recording."""
    harm(begun)
    with pytest.raises(ConfigurationProblemError, match=said):
        explore._begun(Exploring(manuals=["danshin"]), begun)


def test_a_run_of_scenarios_is_not_gone_on_with(tmp_path: Path) -> None:
    """It was: the exploration then stood in its folder, and its report said that all had been carried out."""
    folder = saved(tmp_path, run(target=mock_named([])), [scenario("x", [step("x")])]).folder
    with pytest.raises(ConfigurationProblemError, match=r"探索の結果ではありません.*run --resume"):
        explore._begun(Exploring(manuals=["danshin"]), folder)


def test_an_exploration_of_another_manual_is_not_gone_on_with(begun: Path) -> None:
    """Its rows and its name are missing there."""
    assert explore._begun(Exploring(manuals=["danshin"]), begun) == begun
    with pytest.raises(ConfigurationProblemError, match="obn はその実行のマニュアル（danshin）にありません"):
        explore._begun(Exploring(manuals=["danshin", "obn"]), begun)


def test_an_exploration_may_be_gone_on_with_in_another_language(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its target has its name in the language in which it began."""
    monkeypatch.setenv("SEKISHO_LANG", "en")
    assert explore._begun(Exploring(manuals=["danshin"]), begun) == begun


@pytest.mark.parametrize(
    ("walk", "kind", "said"),
    [
        ("abc", "walks", "abc: 1 から"),
        ("1,99999999999999999999", "walks", "99999999999999999999: 1 から"),
        ("1", "faults", "--kind walks"),
    ],
)
def test_a_walk_that_there_is_none_of_is_refused(walk: str, kind: str, said: str) -> None:
    """Before the browser starts."""
    with pytest.raises(ConfigurationProblemError, match=f"--walk {walk}: .*{said}"):
        exploration.check_walk(Exploring(manuals=["danshin"], kind=[kind], walk=walk))
