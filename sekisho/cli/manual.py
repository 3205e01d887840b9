"""`sekisho manual`: what somebody needs who writes a manual's folder."""
# ruff: noqa: PLC0415 - a command imports its work when it is called

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho.cli.wording import App
from sekisho.language import say

app = App(help=say("手順書のフォルダーを書く人のために", "For those who write a manual's folder"))


@app.command(
    help=say(
        "新しい手順書のフォルダーを書きます。"
        "クライアント証明書を取得案内、鍵の取得、PKCS#12 の取り込み、更新で扱うポータル（Managed PKI の型）なら、"
        "名前・日数・メール・サイトなどの違いを答えるだけで、項番、シナリオ、画面の言葉、"
        "アカウントの表、ターゲットファイルのひな型がそろいます。"
        "答えは質問に順に答えるか、--from のファイルに書きます。",
        "Write the folder of a new manual. "
        "For a portal of the Managed PKI kind (invitation, key retrieval, import of a PKCS#12, renewal) it is enough "
        "to answer what is different: names, numbers of days, mails, sites. Rows, scenarios, words of the screens, "
        "the table of accounts and a target file follow. Answer the questions one by one, or in a file (--from).",
    )
)
def new(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help=say("書くフォルダー（まだ無いか、空のもの）", "The folder to write (not there yet, or empty)"),
        ),
    ],
    *,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=say(
                "答えを書いた TOML（docs/manual.md に書き方と例）",
                "A TOML file with the answers (docs/manual.md tells how, with an example)",
            ),
        ),
    ] = None,
    empty: Annotated[
        bool,
        typer.Option(
            "--empty",
            help=say(
                "型を使わず、シナリオが 1 つだけの最小のものを書きます（質問はしません）",
                "Write the smallest one, with one scenario and without that kind (asks no questions)",
            ),
        ),
    ] = False,
) -> None:
    """Write the folder of a new manual."""
    from sekisho.cli import manual_new

    manual_new.new(folder, source, empty=empty)


@app.command(
    help=say(
        "手順書のフォルダーを調べ、誤りと足りないものをファイルと行で示します（あれば終了コード 2）。",
        "Show what is wrong or missing in a manual's folder, by file and line (exit code 2 if anything is).",
    )
)
def check(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help=say("manual.toml のあるフォルダー", "The folder in which manual.toml lies")),
    ],
) -> None:
    """Say what is wrong with a manual's folder."""
    from sekisho.cli import manual_check

    raise typer.Exit(manual_check.check(folder))
