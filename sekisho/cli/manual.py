"""`sekisho manual`: what somebody needs who writes a manual's folder."""
# ruff: noqa: PLC0415 - a command imports its work when it is called

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="マニュアルのフォルダーを書く人のために", no_args_is_help=True, rich_markup_mode=None)


@app.command(help="マニュアルのフォルダーを調べ、誤りと足りないものをファイルと行で示します（あれば終了コード 2）。")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="manual.toml のあるフォルダー")],
) -> None:
    """Say what is wrong with a manual's folder."""
    from sekisho.cli import manual_check

    raise typer.Exit(manual_check.check(folder))
