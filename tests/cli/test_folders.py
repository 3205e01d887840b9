"""Where runs are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

import reports
from sekisho.cli import folders
from sekisho.verdict import ConfigurationProblemError


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of runs of our own, and reports that need no results."""
    monkeypatch.setattr(folders, "runs", lambda: tmp_path / "out")
    monkeypatch.setattr(reports, "write_all", lambda _folder: [])
    return tmp_path / "out"


def test_two_runs_never_share_a_folder(runs: Path) -> None:
    """Two runs that begin in the same second get a folder each."""
    made = [folders.new(None) for _ in range(3)]

    assert len(set(made)) == 3
    assert all(one.parent == runs and one.is_dir() for one in made)


def test_a_file_where_the_folder_should_be_is_refused(runs: Path) -> None:
    """--out with the path of a file names it."""
    runs.write_text("", encoding="utf-8")

    with pytest.raises(ConfigurationProblemError, match="out"):
        folders.new(runs)


def test_latest_is_the_newest_run(runs: Path) -> None:
    """The link moves with each run, and a run's folder can be named by it."""
    for name in ("one", "two"):
        (runs / name).mkdir(parents=True)
        (runs / name / "run.json").write_text("{}", encoding="utf-8")
        folders.write_reports(runs / name)

    assert folders.existing(runs / "latest").resolve() == runs / "two"


def test_latest_is_a_text_file_where_links_are_not_allowed(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a link needs rights that people lack."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError("A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    (runs / "one").mkdir(parents=True)
    (runs / "one" / "run.json").write_text("{}", encoding="utf-8")

    folders.write_reports(runs / "one")

    assert folders.existing(runs / "latest") == runs / "one"


def test_a_run_elsewhere_is_not_the_latest(runs: Path, tmp_path: Path) -> None:
    """--out keeps a run apart."""
    folders.write_reports(tmp_path / "elsewhere")

    assert not (runs / "latest").exists()
