"""`sekisho manual new DIR`: the folder of a new manual, from a file of answers, from questions, or a bare one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.manual.draft import answers, bare, writing
from sekisho.manual.draft.answers import Answers
from sekisho.manual.draft.questions import Question, questions, wrong
from sekisho.manual.folders import Manual
from sekisho.target_file.template import template
from sekisho.verdict import ConfigurationProblemError


def new(folder: Path, source: Path | None, *, empty: bool) -> None:
    """Write the folder and say what comes next. Raises ConfigurationProblemError; then nothing is written."""
    if empty and source is not None:
        raise ConfigurationProblemError(
            say("--empty と --from は、どちらか一つだけ指定してください。", "Give either --empty or --from, not both.")
        )
    writing.check(folder)
    if empty:
        _told(writing.write_files(bare.files(folder), folder, template), played=False)
        return
    given = answers.read(source) if source else _asked(folder)
    _told(writing.write(given, folder, template), played=True)


def _asked(folder: Path) -> Answers:
    """What the person at the terminal answers. Raises ConfigurationProblemError where there is none."""
    if not _has_terminal():
        raise ConfigurationProblemError(
            say(
                "端末が無いので、質問できません。答えを書いたファイルを --from answers.toml で指定してください"
                "（書き方は docs/manual.md）。最小の手順書だけなら --empty です。",
                "there is no terminal to ask questions on. Give a file with the answers by --from answers.toml "
                "(docs/manual.md tells how to write it), or --empty for the smallest manual.",
            )
        )
    typer.echo(
        say(
            "いくつか質問します。そのまま Enter を押すと [ ] の中の答えになります。Ctrl-C でやめられます。\n",
            "Some questions follow. Enter alone gives the answer in [ ]; Ctrl-C ends it.\n",
        )
    )
    given: dict[str, Any] = {}
    keys: list[str] = []
    for question in questions(given, folder.resolve().name):
        keys += question.keys
        _ask(question, given, keys)
    found = answers.understood(given)
    if found.answers is None:
        raise ConfigurationProblemError("\n".join(what for _, what in found.mistakes))
    return found.answers


def _has_terminal() -> bool:
    return sys.stdin.isatty()


def _ask(question: Question, given: dict[str, Any], keys: list[str]) -> None:
    """Ask until the answer goes with those before it."""
    while True:
        answer = typer.prompt(question.text, default=question.usual, type=str).strip()
        if question.choices and answer not in question.choices:
            choices = question.choices
            typer.echo(
                say(f"  {'、'.join(choices)} のどれかで答えてください", f"  Must be one of {', '.join(choices)}"),
                err=True,
            )
            continue
        question.put(given, answer)
        mistakes = wrong(given, keys)
        for _, what in mistakes:
            typer.echo(f"  {what}", err=True)
        if not mistakes:
            return


def _told(manual: Manual, *, played: bool) -> None:
    where = str(manual.folder)
    target = manual.folder / writing.TARGET
    typer.echo(say(f"{where} に手順書 {manual.id} を書きました。", f"The manual {manual.id} was written into {where}."))
    typer.echo(f"  {say('確かめる', 'Check it')}: {command('manual', 'check', where)}")
    if played:
        mock = say("内蔵の模擬認証局で実行する", "Run it against the built-in mock CA")
        typer.echo(f"  {mock}: {command('run', '--manual-dir', where, '--manual', manual.id)}")
    typer.echo(
        say(
            f"  {target.name} にポータルの URL とアカウントを書いて実行する:",
            f"  Write the portal's URLs and accounts into {target.name}, and run it:",
        )
    )
    typer.echo(f"    {command('run', '--manual-dir', where, '--target', str(target))}")
