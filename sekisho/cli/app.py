"""The commands and their options; each imports its own work only when it is called.

`--help` must answer at once, and pytest, pydantic and the browser side take half a second to import.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sekisho import __version__

app = typer.Typer(
    name="sekisho",
    help="クライアント証明書を使うポータルが、マニュアルの約束どおりに動くかを実際のブラウザーで検査します。",
    epilog="終了コード: 0 適合  1 不適合  2 使い方・設定の誤り  3 環境の問題  130 中断",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class BrowserName(StrEnum):
    """The browsers that can be driven."""

    CHROMIUM = "chromium"
    CHROME = "chrome"
    MSEDGE = "msedge"


class Certs(StrEnum):
    """Where certificates live: the browser's own store, or Playwright's contexts."""

    AUTO = "auto"
    NATIVE = "native"
    CONTEXT = "context"


Manuals = Annotated[
    list[str] | None, typer.Option("--manual", metavar="NAME", help="対象のマニュアル（くり返し可。既定: すべて）")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON で出力します")]


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if asked:
        typer.echo(f"sekisho {__version__}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版を表示します")
    ] = False,
) -> None:
    """Options that belong to no command."""


@app.command("list", help="手続き・シナリオ・引用しているマニュアルの項番を一覧します。")
def list_(manual: Manuals = None, *, json: AsJson = False) -> None:
    """List what a run would carry out."""
    from sekisho.cli import listing

    listing.show(manual or [], as_json=json)


@app.command(help="この機械に何があり、何が足りず、どう入手するかを調べます。")
def doctor() -> None:
    """Show what this machine has and lacks."""
    from sekisho.cli import doctor

    raise typer.Exit(doctor.examine())
