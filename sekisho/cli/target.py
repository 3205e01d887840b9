"""`sekisho target`: a file to start from, and the schema by which an editor checks one."""
# ruff: noqa: ARG001, PLC0415 - what --manual-dir does, its callback does; a command imports its work when it is called

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho.cli.manuals import ManualDirs

app = typer.Typer(help="対象を書くターゲットファイルのひな型とスキーマ", no_args_is_help=True, rich_markup_mode=None)


@app.command(help="マニュアルに合うターゲットファイルのひな型（説明つき）を書きます。")
def init(
    manual: Annotated[str, typer.Argument(metavar="MANUAL", help="マニュアルの名前（sekisho list が一覧します）")],
    *,
    manual_dir: ManualDirs = None,
    full: Annotated[
        bool, typer.Option("--full", help="全部のシナリオに要るアカウントを書きます（既定: 状態ごとに 1 件）")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="書く先。上書きはしません（既定: 標準出力）")] = None,
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
        raise ConfigurationProblemError(f"--out {out}: すでにあります。別の名前を指定してください。") from None
    except OSError as error:
        raise ConfigurationProblemError(f"--out {out}: 書けません（{error.strerror}）。") from error
    check = command("check", str(out), *options())
    typer.echo(f"{out} を書きました。URL とアカウントを埋め、{check} で確かめてください。")


@app.command(help="ターゲットファイルの JSON Schema を出力します。")
def schema() -> None:
    """Print the schema."""
    from sekisho.target_file.schema import text

    typer.echo(text(), nl=False)
