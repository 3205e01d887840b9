"""Going on with an exploration that ended early: how it is called, and which folders can be gone on with."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

from reports.reading import ROWS_FILE, Results, read
from sekisho import language
from sekisho.cli import folders
from sekisho.cli.options import NOT_EXPLORING, Exploring, Options
from sekisho.language import say, speaking
from sekisho.machine.remedies import command
from sekisho.manual import folders as manual_folders
from sekisho.manual.citations import is_explored
from sekisho.portal.naming import mock_named
from sekisho.results import Run, read_run, write
from sekisho.run.options import given
from sekisho.target_file import read as read_target
from sekisho.verdict import ConfigurationProblemError


def tell(asked: Options, folder: Path) -> None:
    """Say how to go on with an exploration, which may be a run's second half: with what was asked for then."""
    how = call(asked, folder)
    sys.stderr.write(say(f"続きは次のコマンドで実行できます: {how}\n", f"To go on: {how}\n"))


def call(asked: Options, folder: Path) -> str:
    """The command that goes on: with other options it would explore something else."""
    kept = {one.name: getattr(asked, one.name) for one in fields(asked) if one.name not in NOT_EXPLORING}
    same = given(replace(Exploring(**kept), resume=None, out=None), Exploring)
    words = [word for pair in same for word in pair if word is not None]
    return command("explore", "--resume", str(folder), *words, *manual_folders.options(), *language.options())


def take_up(folder: Path) -> None:
    """Why the run stopped, and when, is no longer so; what is carried out now decides it."""
    run = read_run(folder)
    changed = {"stopped": "", "finished": None, "resumed": [*run.resumed, datetime.now(UTC)]}
    write(run.model_copy(update=changed), folder / "run.json")


def begun(options: Exploring, resume: Path) -> Path:
    """The folder to go on in.

    Raises ConfigurationProblemError where another target or manual was explored there, or a result cannot be read.
    """
    if options.out:
        raise ConfigurationProblemError(
            say(
                "--resume と --out: 続きは、始めたときのフォルダーに書きます。",
                "--resume and --out: what follows is written into the folder in which it began.",
            )
        )
    folder = folders.existing(resume)
    found = read(folder)
    _check_explored(found, resume)
    _check_whole(found, resume)
    _check_manuals(found.run, options.manuals, resume)
    _check_target(found.run, options, resume)
    _check_certs(found.run, options, resume)
    return folder


def has_begun(folder: Path) -> bool:
    """Whether anything in a run's folder was explored."""
    return _explored(read(folder))


def _explored(found: Results) -> bool:
    return any(is_explored(one.feature) for one in found.scenarios)


def _check_explored(found: Results, resume: Path) -> None:
    if found.scenarios and not _explored(found):
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: 探索の結果ではありません（シナリオの実行の結果です）。探索は新しく始めてください"
                f"（{command('explore')}）。待機中のシナリオの続きは {command('run', '--resume', str(resume))} です。",
                f"--resume {resume}: these are no results of an exploration, but of a run of scenarios. Begin a new "
                f"exploration ({command('explore')}); scenarios that wait go on with "
                f"{command('run', '--resume', str(resume))}.",
            )
        )


def _check_whole(found: Results, resume: Path) -> None:
    if broken := [one for one in found.unreadable if one.file != ROWS_FILE]:
        file, problem = broken[0].file, broken[0].problem
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: {file} を読めません（{problem}）。"
                "このファイルを取り除くと、その分をもう一度実行します。",
                f"--resume {resume}: {file} cannot be read ({problem}). "
                "Remove this file, and what it was about is carried out again.",
            )
        )


def _check_manuals(run: Run, manuals: Collection[str], resume: Path) -> None:
    if others := [name for name in manuals if name not in run.manuals]:
        missing, known = ", ".join(others), ", ".join(run.manuals)
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: {missing} はその実行の手順書（{known}）にありません。"
                "始めたときと同じ --manual を付けてください。",
                f"--resume {resume}: not among the manuals of that run ({known}): {missing}. "
                "Give the same --manual as at its beginning.",
            )
        )


def _check_target(run: Run, options: Exploring, resume: Path) -> None:
    with speaking(run.language or "ja"):  # in which the run has its name
        wanted = read_target(options.target).name if options.target else mock_named(options.defects)
    if run.target != wanted:
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: その実行の対象は「{run.target}」で、今の指定は「{wanted}」です。"
                "始めたときと同じオプションを付けてください。",
                f'--resume {resume}: the target of that run is "{run.target}", and now "{wanted}" is asked for. '
                "Give the same options as at its beginning.",
            )
        )


def _check_certs(run: Run, options: Exploring, resume: Path) -> None:
    """Raise ConfigurationProblemError for another handling of certificates: the report says one for all cells."""
    if options.certs not in {"auto", run.certs}:
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: その実行は --certs {run.certs} で、今の指定は --certs {options.certs} です。"
                "始めたときと同じものを指定するか、新しく始めてください。",
                f"--resume {resume}: that run was begun with --certs {run.certs}, and now --certs {options.certs} is "
                "asked for. Ask for the same, or begin a new one.",
            )
        )
