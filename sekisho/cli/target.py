"""`sekisho target`: a file to start from, and the schema by which an editor checks one."""
# ruff: noqa: ARG001, PLC0415 - what --manual-dir does, its callback does; a command imports its work when it is called

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho.cli.manuals import ManualDirs
from sekisho.cli.wording import App
from sekisho.language import say

app = App(help=say("対象を書くターゲットファイルのひな型とスキーマ", "A target file to start from, and its schema"))


@app.command(
    help=say(
        "手順書に合うターゲットファイルのひな型（説明つき）を書きます。",
        "Write a commented target file for a manual, to be filled in.",
    )
)
def init(
    manual: Annotated[
        str,
        typer.Argument(
            metavar="MANUAL",
            help=say("手順書の名前（sekisho list が一覧します）", "The manual's name (sekisho list lists them)"),
        ),
    ],
    *,
    manual_dir: ManualDirs = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help=say(
                "全部のシナリオに要るアカウントを書きます（既定: 状態ごとに 1 件）",
                "Write the accounts that all scenarios need (default: one for each state)",
            ),
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say(
                "書く先。上書きはしません（既定: 標準出力）",
                "Where to write; nothing is overwritten (default: standard output)",
            ),
        ),
    ] = None,
) -> None:
    """Write a target file to start from."""
    from sekisho.machine.remedies import command
    from sekisho.manual.folders import options
    from sekisho.manual.selection import check_manuals
    from sekisho.target_file.template import template
    from sekisho.verdict import ConfigurationProblemError

    check_manuals([manual])
    text = template(manual, full=full)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigurationProblemError(
            say(
                f"--out {out}: すでにあります。別の名前を指定してください。",
                f"--out {out}: already exists. Give another name.",
            )
        ) from None
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"--out {out}: 書けません（{error.strerror}）。", f"--out {out}: cannot be written ({error.strerror}).")
        ) from error
    check = command("check", str(out), *options())
    typer.echo(
        say(
            f"{out} を書きました。URL とアカウントを埋め、{check} で確かめてください。",
            f"{out} was written. Fill in URLs and accounts, then check it: {check}",
        )
    )


@app.command(help=say("ターゲットファイルの JSON Schema を出力します。", "Print the JSON Schema of target files."))
def schema() -> None:
    """Print the schema."""
    from sekisho.target_file.schema import text

    typer.echo(text(), nl=False)


@app.command(
    help=say(
        "実行で見つかった、ポータル自身の言葉を、ターゲットファイルに書ける形で出力します。",
        "Print the portal's own words, as a run found them, in the form of a target file.",
    )
)
def words(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=say("ターゲットファイル", "The target file"), show_default=False)
    ],
    run: Annotated[
        Path,
        typer.Argument(metavar="RUN", help=say("実行結果のフォルダー", "The folder of a run"), show_default=False),
    ],
    *,
    manual_dir: ManualDirs = None,
) -> None:
    """Print the tables that change."""
    from sekisho.cli.learning import text

    typer.echo(text(file, run), nl=False)
