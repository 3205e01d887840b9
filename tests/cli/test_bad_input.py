"""What people get wrong: a sentence that names the thing and the remedy, and exit code 2 before anything starts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

TARGET = """
manual = "danshin"
name = "検証環境"
[sites]
enrol = "https://127.0.0.1:1/enrol"
[mail]
maildir = "maildir"
"""


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a command that was refused as wrong usage."""
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


def test_an_unknown_manual_is_refused_with_the_known_ones(sekisho: Command) -> None:
    """--manual with a wrong name lists the names there are."""
    for command in ("run", "list", "coverage"):
        error = refused(sekisho(command, "--manual", "danshn"))
        assert "danshn" in error
        assert "danshin" in error


def test_an_unknown_id_is_refused_with_the_nearest_known_ones(sekisho: Command) -> None:
    """--select with a mistyped id names the id and what may have been meant."""
    error = refused(sekisho("run", "--select", "DAN-RENW-03"))
    assert "DAN-RENW-03" in error
    assert "DAN-RENEW-03" in error


def test_a_glob_that_means_nothing_is_refused(sekisho: Command) -> None:
    """--select with a glob that fits no id is not a run of nothing."""
    assert "DAN-NOSUCH-*" in refused(sekisho("run", "--select", "DAN-NOSUCH-*"))


def test_an_id_that_no_scenario_cites_is_not_called_unknown(sekisho: Command) -> None:
    """A row of a manual without scenarios exists, and the sentence says what is really missing."""
    error = refused(sekisho("run", "--manual", "danshin", "--select", "GUNMA-ISSUE-01"))
    assert "GUNMA-ISSUE-01" in error


def test_an_exploration_begins_with_the_check_of_its_target(sekisho: Command, tmp_path: Path) -> None:
    """As a run does: what is wrong with the file would else stop each of its cells."""
    path, out = tmp_path / "portal.toml", tmp_path / "out"
    path.write_text(TARGET, encoding="utf-8")
    error = refused(sekisho("explore", "--target", str(path), "--out", str(out)))
    assert "実行の前の点検" in error
    assert "sites.enrol" in error
    assert not out.exists()


def test_a_target_file_that_is_not_there_is_refused(sekisho: Command, tmp_path: Path) -> None:
    """--target with a wrong path names the path."""
    assert "nowhere.toml" in refused(sekisho("run", "--target", str(tmp_path / "nowhere.toml")))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("[sites]", "[sites"), "TOML"),
        (('name = "検証環境"', ""), "name"),
        (("[sites]", "sitse = 1\n[sites]"), "sitse"),
        (('"danshin"', '"danshn"'), "danshn"),
        (('"https://127.0.0.1:1/enrol"', '"not a url"'), "enrol"),
    ],
)
def test_a_malformed_target_file_is_refused_with_file_key_and_value(
    sekisho: Command, tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    """What is wrong in a target file is named together with the file."""
    file = tmp_path / "portal.toml"
    file.write_text(TARGET.replace(*change), encoding="utf-8")

    error = refused(sekisho("run", "--target", str(file)))

    assert "portal.toml" in error
    assert named in error


def test_a_target_and_another_manual_contradict_each_other(sekisho: Command, tmp_path: Path) -> None:
    """A target file says which manual its portal follows."""
    file = tmp_path / "portal.toml"
    file.write_text(TARGET, encoding="utf-8")

    assert "gunma" in refused(sekisho("run", "--target", str(file), "--manual", "gunma"))


def test_a_targets_accounts_are_not_used_by_two_workers(sekisho: Command, tmp_path: Path) -> None:
    """Two workers would draw the same account from the file."""
    file = tmp_path / "portal.toml"
    file.write_text(TARGET, encoding="utf-8")

    assert "--jobs 2" in refused(sekisho("run", "--target", str(file), "--jobs", "2"))


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_workers_is_auto_or_a_whole_number(sekisho: Command, jobs: str) -> None:
    """--jobs takes auto or 1 and more."""
    assert "--jobs" in refused(sekisho("run", f"--jobs={jobs}"))


@pytest.mark.parametrize(("option", "value"), [("--browser", "firefox"), ("--certs", "magic")])
def test_a_choice_that_is_not_offered_is_refused_with_the_offer(sekisho: Command, option: str, value: str) -> None:
    """A wrong choice names the option and the value."""
    error = refused(sekisho("run", option, value))
    assert option in error
    assert value in error


def test_results_are_never_mixed_with_what_is_in_a_folder(sekisho: Command, tmp_path: Path) -> None:
    """--out with a folder that holds something is refused, and the something stays."""
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")

    assert str(tmp_path) in refused(sekisho("run", "--out", str(tmp_path)))

    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_is_a_circle_of_links_is_refused(sekisho: Command, tmp_path: Path) -> None:
    """Before Python 3.13 that is a RuntimeError of pathlib's."""
    (tmp_path / "loop").symlink_to("loop")
    done = sekisho("run", "--out", str(tmp_path / "loop"))
    assert (done.returncode, "loop" in done.stderr, "思わぬ例外" in done.stderr) == (2, True, False), done.stderr


@pytest.mark.parametrize("command", [("report",), ("coverage", "--run")])
def test_a_folder_without_a_run_is_refused(sekisho: Command, tmp_path: Path, command: tuple[str, ...]) -> None:
    """A folder that holds no results is named."""
    assert str(tmp_path) in refused(sekisho(*command, str(tmp_path)))


def test_a_broken_result_file_is_named(sekisho: Command, tmp_path: Path) -> None:
    """`report` on a run.json that is not one says so."""
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")

    assert "run.json" in refused(sekisho("report", str(tmp_path)))


def test_a_defect_that_does_not_exist_is_refused_with_the_nearest(sekisho: Command) -> None:
    """And with where they are listed."""
    error = refused(sekisho("run", "--defect", "renewal-opens-on-day-32"))
    assert "renewal-opens-on-day-31" in error
    assert "list --defects" in error


def test_a_defect_is_the_mocks_and_not_a_target_files(sekisho: Command, tmp_path: Path) -> None:
    """A real portal cannot be made wrong."""
    file = tmp_path / "portal.toml"
    file.write_text(TARGET, encoding="utf-8")
    assert "--defect" in refused(sekisho("run", "--target", str(file), "--defect", "renewal-opens-on-day-31"))


def test_a_defect_that_no_selected_scenario_is_about_is_remarked_on(sekisho: Command, tmp_path: Path) -> None:
    """Else a green run would look as if nothing had been noticed. It is said before anything is carried out."""
    bare = {"PATH": "/nowhere", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    asked = ("run", "--select", "OBN-RULE-02", "--defect", "renewal-mail-link-dead", "--out", str(tmp_path / "run"))
    result = sekisho(*asked, **bare)
    assert "--defect renewal-mail-link-dead" in result.stderr
    assert "DAN-RENEW-01" in result.stderr
