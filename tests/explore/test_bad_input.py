"""Explorations that cannot be: refused before anything is carried out, with what is wrong and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from sekisho.cli import exploration, going_on, merge, resume
from sekisho.cli.options import Exploring, Options
from sekisho.cli.resume import as_begun
from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.portal.naming import mock_named
from sekisho.results import Scenario, read_run, scenario_names
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
        going_on.begun(Exploring(manuals=["danshin"]), begun)


def test_a_run_of_scenarios_is_not_gone_on_with(tmp_path: Path) -> None:
    """It was: the exploration then stood in its folder, and its report said that all had been carried out."""
    folder = saved(tmp_path, run(target=mock_named([])), [scenario("x", [step("x")])]).folder
    with pytest.raises(ConfigurationProblemError, match=r"探索の結果ではありません.*run --resume"):
        going_on.begun(Exploring(manuals=["danshin"]), folder)


def test_an_exploration_of_another_manual_is_not_gone_on_with(begun: Path) -> None:
    """Its rows and its name are missing there."""
    assert going_on.begun(Exploring(manuals=["danshin"]), begun) == begun
    with pytest.raises(ConfigurationProblemError, match="obn はその実行の手順書（danshin）にありません"):
        going_on.begun(Exploring(manuals=["danshin", "obn"]), begun)


def test_an_exploration_keeps_to_one_handling_of_certificates(begun: Path) -> None:
    """The report says one for all cells."""
    had = read_run(begun).certs
    assert going_on.begun(Exploring(manuals=["danshin"], certs=had), begun) == begun
    other: Literal["native", "context"] = "context" if had == "native" else "native"
    with pytest.raises(ConfigurationProblemError, match=f"--certs {had} で、今の指定は --certs {other}"):
        going_on.begun(Exploring(manuals=["danshin"], certs=other), begun)


@pytest.mark.parametrize("shard", ["3/2", "0/0", "a", ""])
def test_no_part_of_a_whole_is_wrong_usage(shard: str) -> None:
    """It was an environment error, with a folder that held no run."""
    with pytest.raises(ConfigurationProblemError, match="--shard"):
        exploration.check(Exploring(manuals=["danshin"], shard=shard))


def test_an_exploration_may_be_gone_on_with_in_another_language(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its target has its name in the language in which it began."""
    monkeypatch.setenv("SEKISHO_LANG", "en")
    assert going_on.begun(Exploring(manuals=["danshin"]), begun) == begun


def test_the_command_to_go_on_has_the_options_of_the_beginning(tmp_path: Path) -> None:
    """With others it would explore something else: all kinds, and every cell."""
    asked = Exploring(manuals=["obn"], kind=["faults", "walks"], budget=7, seed=3, headed=True, out=tmp_path)
    options = ["--manual", "obn", "--headed", "--kind", "faults", "--kind", "walks", "--budget", "7", "--seed", "3"]
    assert going_on.call(asked, tmp_path) == command("explore", "--resume", str(tmp_path), *options)


def test_the_second_half_of_a_run_goes_on_as_an_exploration(tmp_path: Path) -> None:
    """With what was asked for, and without what only a run has."""
    asked = Options(manuals=["nec"], explore=True, kind=["faults"], budget=3, repeat=2, defects=["x"], jobs="1")
    options = ["--manual", "nec", "--defect", "x", "--jobs", "1", "--kind", "faults", "--budget", "3"]
    assert going_on.call(asked, tmp_path) == command("explore", "--resume", str(tmp_path), *options)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Options(explore=True, connect="ws://127.0.0.1:1/x"), "--explore と --connect は一緒に"),
        (Options(explore=True, hand_over=Path("x")), "--explore と --hand-over は一緒に"),
        (Options(explore=True, kind=["fault"]), "--kind fault: "),
        (Options(explore=True, select=["*どこにも無い*"]), "当てはまる項番もシナリオも"),
        (
            Options(explore=True, manuals=["nec"], select=["NEC-BROWSER-01"]),
            "探索するものには当てはまり.*更新メールから",
        ),
        (Options(explore=True, manuals=["nec"], select=["NEC-ADDON-*"]), "探索するものには当てはまり.*更新メールから"),
        (Options(explore=True, kind=["tabs", "walks"], depth=2), "--depth: --kind faults のため"),
        (Exploring(explore=True, kind=["faults"], walks=3), "--walks: --kind walks のため"),
        (Options(budget=3), "--budget: .*--explore と一緒に"),
        (Options(kind=["tabs"]), "--kind: .*--explore と一緒に"),
    ],
)
def test_a_run_that_cannot_explore_so_is_refused(asked: Options, said: str) -> None:
    """Before its first scenario: it may be hours behind it that it would be noticed."""
    with pytest.raises(ConfigurationProblemError, match=said):
        exploration.check_second_half(asked)


def test_what_goes_on_is_told_in_the_language_of_the_beginning(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run's results are in one language, as it says."""
    monkeypatch.setenv("SEKISHO_LANG", "en")
    assert read_run(begun).language == ""  # of an earlier version, which spoke Japanese
    with as_begun(begun):
        assert say("はい", "yes") == "はい"
    assert say("はい", "yes") == "yes"
    with as_begun(begun / "none yet"):
        assert say("はい", "yes") == "yes"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("*どこにも無い*", "当てはまる項番もシナリオも"), ("ない手順", "そのような項番も"), (" ", "空です。")],
)
def test_a_selection_of_nothing_is_told_what_can_be_explored(pattern: str, said: str) -> None:
    """`sekisho list` has no such procedures."""
    with pytest.raises(
        ConfigurationProblemError, match=f"{said}.*探索する手順: .*電子証明書取得の画面から証明書の発行まで"
    ):
        exploration.check(Exploring(manuals=["gunma"], select=[pattern], kind=["faults"]))


def test_parts_in_two_languages_are_not_joined(tmp_path: Path) -> None:
    """Their reasons would stand in either."""
    parts = [merge.Part(tmp_path, run(language=one, shard=f"{number}/2")) for number, one in enumerate(("ja", "en"), 1)]
    with pytest.raises(ConfigurationProblemError, match="言語が違うため、まとめられません"):
        merge._check_common(parts)


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


def test_what_waits_nowhere_may_be_an_exploration(begun: Path) -> None:
    """Whoever goes on with it by `run --resume` is told the command that does."""
    with pytest.raises(ConfigurationProblemError, match=r"待機中のシナリオはありません.*explore --resume"):
        resume.due(begun, None)


def test_an_exploration_of_which_nothing_is_left_stays_finished(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever went on with it once more made 「判定不能（中断）」 of what had been 適合."""
    monkeypatch.setattr(exploration, "unrecorded", lambda *_: [])
    monkeypatch.setattr(exploration, "all_chosen", lambda *_: [])
    going_on.take_up(begun)
    assert read_run(begun).finished is None
    exploration.carry_out(Exploring(manuals=["danshin"]), begun, begun)
    assert read_run(begun).finished
