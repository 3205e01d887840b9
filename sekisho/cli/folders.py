"""Where runs are kept: a folder for each below that of `sekisho.layout.runs`, and `latest` there for the newest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import reports
from reports import pdf
from sekisho.browser.channels import BrowserChoice
from sekisho.language import say
from sekisho.layout import runs, runs_named
from sekisho.machine import files
from sekisho.machine.holding import HeldError, held
from sekisho.machine.os_errors import said
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

CLAIM = ".sekisho-running"  # in a run's folder, while the run lasts


def new(asked: Path | None) -> Path:
    """A folder for a run that begins now.

    Raises ConfigurationProblemError when the one asked for cannot be used, EnvironmentProblemError where runs are kept
    when nobody says where.
    """
    try:
        folder = _unused() if asked is None else asked.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        if asked is not None:
            raise ConfigurationProblemError(
                say(
                    f"--out {asked}: フォルダーを作れません: {said(error)}",
                    f"--out {asked}: the folder cannot be made: {said(error)}",
                )
            ) from error
        raise EnvironmentProblemError(
            say(
                f"{runs_named()} に結果のフォルダーを作れません: {said(error)}"
                "書き込める所を --out DIR で指定してください。",
                f"no folder for the results can be made in {runs_named()}: {said(error)} "
                "Give a place that can be written to: --out DIR.",
            )
        ) from error
    if taken:
        raise ConfigurationProblemError(
            say(
                f"--out {folder}: 空のフォルダーか、まだ無いフォルダーを指定してください。",
                f"--out {folder}: must be an empty folder, or one that is not there yet.",
            )
        )
    return folder


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep a new folder for this run. Raises ConfigurationProblemError where another run has just taken it."""
    try:
        with held(folder / CLAIM, new=True):
            yield
    except FileExistsError as problem:
        if problem.filename != str(folder / CLAIM):
            raise
        raise ConfigurationProblemError(
            say(
                f"--out {folder}: ほかの実行が使っています。別のフォルダーを指定してください。",
                f"--out {folder}: another run uses it. Give another folder.",
            )
        ) from None


@contextmanager
def taken_up(folder: Path) -> Iterator[None]:
    """Go on in a run's folder. Raises ConfigurationProblemError where a run goes on there at this moment."""
    try:
        with held(folder / CLAIM):
            yield
    except HeldError:
        raise ConfigurationProblemError(
            say(
                f"--resume {folder}: この実行はいま動いています。終わってから続けてください。",
                f"--resume {folder}: this run is under way. Go on with it when it has ended.",
            )
        ) from None


def for_answers(asked: Path) -> Path:
    """The folder in which people answer, made where it is missing. Raises ConfigurationProblemError."""
    try:
        return files.writable(asked)
    except OSError as error:
        raise ConfigurationProblemError(
            say(
                f"--hand-over {asked}: フォルダーに書けません: {said(error)}",
                f"--hand-over {asked}: the folder cannot be written to: {said(error)}",
            )
        ) from error


def _unused() -> Path:
    """A folder named after the time; two runs may begin in the same second."""
    name = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    candidates = (runs() / (f"{name}-{number}" if number > 1 else name) for number in itertools.count(1))
    return next(folder for folder in candidates if not folder.exists())


def existing(folder: Path) -> Path:
    """A run's folder, or the folder that `latest` points to. Raises ConfigurationProblemError when it holds no run."""
    found = _pointed_to(folder)
    if not (found / "run.json").is_file():
        raise ConfigurationProblemError(
            say(
                f"{folder}: 実行結果のフォルダーではありません（run.json がありません）。",
                f"{folder}: not the folder of a run (it has no run.json).",
            )
        )
    return found


def _pointed_to(folder: Path) -> Path:
    """The folder itself, or the one beside it that a text file of its name names (see `_point_latest_at`)."""
    pointer = folder.with_name(f"{folder.name}.txt")
    if folder.is_dir() or not pointer.is_file():
        return folder
    try:
        return files.inside(folder.parent, files.read(pointer).decode().strip())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationProblemError(
            say(
                f"{pointer}: 実行結果のフォルダーの名前を読めません: {error}。",
                f"{pointer}: the name of a run's folder cannot be read: {error}.",
            )
        ) from error


def write_reports(folder: Path) -> Path:
    """Write every report of a run and point `latest` at it. Gives the report to open first."""
    reports.write_all(folder)
    if folder.parent == runs():
        _point_latest_at(folder)
    return folder / "report.html"


def print_report(folder: Path, browser: BrowserChoice | None = None) -> Path:
    """Print the report of a run, which has been written, to report.pdf, with a browser or any that is there.

    Raises EnvironmentProblemError.
    """
    return pdf.write(folder, (browser or BrowserChoice.resolve(None)).path)


def _point_latest_at(folder: Path) -> None:
    """A link; where links need rights that people lack (Windows), a text file with the folder's name."""
    link = folder.with_name("latest")
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name, target_is_directory=True)
    except OSError:
        link.with_name("latest.txt").write_text(f"{folder.name}\n", encoding="utf-8")
