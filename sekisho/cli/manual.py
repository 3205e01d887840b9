"""`sekisho manual`: what somebody needs who writes a manual's folder."""
# ruff: noqa: PLC0415 - a command imports its work when it is called

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="マニュアルのフォルダーを書く人のために", no_args_is_help=True, rich_markup_mode=None)


@app.command(
    help="新しいマニュアルのフォルダーを書きます。"
    "クライアント証明書を取得案内、鍵の取得、PKCS#12 の取り込み、更新で扱うポータル（Managed PKI の型）なら、"
    "名前・日数・メール・サイトなどの違いを答えるだけで、項番、シナリオ、画面の言葉、"
    "アカウントの表、ターゲットファイルのひな型がそろいます。答えは質問に順に答えるか、--from のファイルに書きます。"
)
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="書くフォルダー（まだ無いか、空のもの）")],
    *,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="答えを書いた TOML（docs/manual.md に書き方と例）"),
    ] = None,
    empty: Annotated[
        bool, typer.Option("--empty", help="型を使わず、シナリオが 1 つだけの最小のものを書きます（質問はしません）")
    ] = False,
) -> None:
    """Write the folder of a new manual."""
    from sekisho.cli import manual_new

    manual_new.new(folder, source, empty=empty)


@app.command(help="マニュアルのフォルダーを調べ、誤りと足りないものをファイルと行で示します（あれば終了コード 2）。")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="manual.toml のあるフォルダー")],
) -> None:
    """Say what is wrong with a manual's folder."""
    from sekisho.cli import manual_check

    raise typer.Exit(manual_check.check(folder))
