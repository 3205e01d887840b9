"""`sekisho explore`: what can be tried in the procedures beside carrying them out, in a run of their own."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from reports.reading import ROWS_FILE, read
from sekisho import language
from sekisho.cli import defects, exploration, folders
from sekisho.cli import run as running
from sekisho.cli.exit import Exit
from sekisho.cli.options import Exploring
from sekisho.cli.resume import as_begun
from sekisho.language import say, speaking
from sekisho.machine import tempfolders
from sekisho.machine.remedies import command
from sekisho.manual import folders as manual_folders
from sekisho.manual.citations import is_explored
from sekisho.portal.naming import mock_named
from sekisho.results import read_run, write
from sekisho.run.history import prepared
from sekisho.run.options import given
from sekisho.target_file import read as read_target
from sekisho.verdict import ConfigurationProblemError


def explore(options: Exploring) -> Exit:
    """Explore and write the reports. Raises what `sekisho.cli.main` turns into an exit code."""
    tempfolders.sweep()
    asked = options
    manuals = dict.fromkeys(one.manual for one in exploration.check(options, options.kind))
    options = replace(options, manuals=running.with_target(options).manuals if options.target else list(manuals))
    exploration.check_walk(options)
    defects.found(options.defects)
    begun = _begun(options, options.resume) if options.resume else None
    browser = running.check_environment(options)
    if options.target and not options.skip_check:
        running.check_target(options.target, options, ())
    history = prepared(options.history) if options.history else None
    folder = begun or folders.new(options.out)
    kept = folders.taken_up if options.resume else folders.claimed  # what was killed could not let go of its folder
    with kept(folder), tempfolders.lent("files") as files:
        if options.resume:
            _take_up(folder)
        extent = exploration.Extent(tuple(options.kind), options.budget, options.each, options.depth)
        with as_begun(folder):
            ended = exploration.carry_out(options, folder, files, extent)
        open_ended = ended.interrupted or ended.given_up
        code = running.conclude(folder, ended, options, history=history, browser=browser)
        if open_ended:
            how = _going_on(asked, folder)
            sys.stderr.write(say(f"続きは次のコマンドで実行できます: {how}\n", f"To go on: {how}\n"))
        return code


def _going_on(asked: Exploring, folder: Path) -> str:
    """The command that goes on: with other options it would explore something else."""
    same = given(replace(asked, resume=None, out=None), Exploring)
    words = [word for pair in same for word in pair if word is not None]
    return command("explore", "--resume", str(folder), *words, *manual_folders.options(), *language.options())


def _take_up(folder: Path) -> None:
    """Why the run stopped, and when, is no longer so; what is carried out now decides it."""
    run = read_run(folder)
    changed = {"stopped": "", "finished": None, "resumed": [*run.resumed, datetime.now(UTC)]}
    write(run.model_copy(update=changed), folder / "run.json")


def _begun(options: Exploring, resume: Path) -> Path:
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
    if found.scenarios and not any(is_explored(one.feature) for one in found.scenarios):
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: 探索の結果ではありません（シナリオの実行の結果です）。探索は新しく始めてください"
                f"（{command('explore')}）。待機中のシナリオの続きは {command('run', '--resume', str(resume))} です。",
                f"--resume {resume}: these are no results of an exploration, but of a run of scenarios. Begin a new "
                f"exploration ({command('explore')}); scenarios that wait go on with "
                f"{command('run', '--resume', str(resume))}.",
            )
        )
    run, broken = found.run, [one for one in found.unreadable if one.file != ROWS_FILE]
    if broken:
        file, problem = broken[0].file, broken[0].problem
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: {file} を読めません（{problem}）。"
                "このファイルを取り除くと、その分をもう一度実行します。",
                f"--resume {resume}: {file} cannot be read ({problem}). "
                "Remove this file, and what it was about is carried out again.",
            )
        )
    if others := [name for name in options.manuals if name not in run.manuals]:
        missing, begun = ", ".join(others), ", ".join(run.manuals)
        raise ConfigurationProblemError(
            say(
                f"--resume {resume}: {missing} はその実行のマニュアル（{begun}）にありません。"
                "始めたときと同じ --manual を付けてください。",
                f"--resume {resume}: not among the manuals of that run ({begun}): {missing}. "
                "Give the same --manual as at its beginning.",
            )
        )
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
    return folder
