"""`sekisho target words`: what a target file would learn from a run."""

from __future__ import annotations

import sys
from pathlib import Path

from sekisho.cli import folders
from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.manual.folders import options
from sekisho.results import Run, Scenario, read_run, read_scenarios
from sekisho.target_file import Target, read
from sekisho.target_file.learning import learnt, tables
from sekisho.verdict import ConfigurationProblemError


def text(file: Path, run: Path) -> str:
    """The tables of the dialect that change, for the file; empty where there is nothing to learn, which is said.

    So is where the run was of a portal of another name. Raises ConfigurationProblemError for a file or a run that
    cannot be read, and for a run of another manual.
    """
    target, (told, scenarios) = read(file), _results(run)
    _check_whose(file, target, run, told)
    found = learnt((one for one in scenarios if one.manual == target.manual), target.dialect)
    if not found:
        sys.stderr.write(
            say(f"{run}: {file} に書き足す言葉はありません。\n", f"{run}: there are no words to be added to {file}.\n")
        )
        return ""
    return f"{_heading(file)}\n{tables(target.manual, target.dialect, found)}"


def _results(run: Path) -> tuple[Run, list[Scenario]]:
    folder = folders.existing(run)
    try:
        return read_run(folder), read_scenarios(folder)
    except (OSError, ValueError) as error:
        raise ConfigurationProblemError(
            say(f"{run}: 結果ファイルを読めません。\n{error}", f"{run}: a result cannot be read.\n{error}")
        ) from error


def _check_whose(file: Path, target: Target, run: Path, told: Run) -> None:
    if target.manual not in told.manuals:
        raise ConfigurationProblemError(
            say(
                f"{run}: {'、'.join(told.manuals)} の実行です。{file} の手順書は {target.manual} です。",
                f"{run}: is a run of {', '.join(told.manuals)}. The manual of {file} is {target.manual}.",
            )
        )
    if target.name != told.target:
        sys.stderr.write(
            say(
                f"{run}: 対象は「{told.target}」でした。{file} の name は「{target.name}」です。"
                "同じポータルの言葉かを確かめてください。\n",
                f'{run}: its target was "{told.target}", and the name in {file} is "{target.name}". See whether these '
                "are the words of the same portal.\n",
            )
        )


def _heading(file: Path) -> str:
    check = command("check", str(file), *options())
    return say(
        f"# 意味が同じかを確かめてから、{file} の同じ名前の表と置き換えます（無ければ末尾に足します）。\n"
        "# 利用者や日付で変わる言葉は、変わらない一部だけにします（[dialect.messages] は文の一部で足ります）。\n"
        f"# そのあと: {check}",
        "# See whether each means the same, then put these tables in place of those of the same name in\n"
        f"# {file}, or at its end. Of words that change with user or date leave the part that does not\n"
        "# (in [dialect.messages] a part of a sentence is enough).\n"
        f"# Then: {check}",
    )
