"""The commands and their options; each imports its own work only when it is called.

`--help` must answer at once, and pytest, pydantic and the browser side take half a second to import.
"""
# ruff: noqa: ARG001, PLC0415 - what --manual-dir does, its callback does; and see above

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho import __version__
from sekisho.cli.finished import app as finished_app
from sekisho.cli.manual import app as manual_app
from sekisho.cli.manuals import ManualDirs
from sekisho.cli.options import NOT_EXPLORING, AsJson, Exploring, Options, taking
from sekisho.cli.target import app as target_app
from sekisho.cli.wording import App
from sekisho.language import say

app = App(
    name="sekisho",
    help=say(
        "クライアント証明書を使うポータルが、手順書の約束どおりに動くかを実際のブラウザーで検査します。",
        "Tests in a real browser whether a client-certificate portal does what its manual promises.",
    ),
    epilog=say(
        "終了コード: 0 適合（判定できたもの）  1 不適合  2 使い方・設定の誤り、判定なし  3 環境の問題  "
        "4 待機中（--resume）  130 中断",
        "Exit codes: 0 conformant in what was decided  1 not conformant  2 wrong usage or configuration, or nothing "
        "decided  3 trouble on this machine  4 waiting (--resume)  130 interrupted",
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(finished_app)
app.add_typer(target_app, name="target")
app.add_typer(manual_app, name="manual")


Manuals = Annotated[
    list[str] | None,
    typer.Option(
        "--manual",
        metavar="NAME",
        help=say("対象の手順書（くり返し可。既定: すべて）", "The manual concerned (repeatable; default: all)"),
    ),
]

Browser = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|PATH",
        help=say(
            "ブラウザー: msedge、chrome、chromium、その -beta と -dev、または実行ファイル（既定: 見つかったもの）",
            "Browser: msedge, chrome, chromium, their -beta and -dev, or a program's path (default: one that is found)",
        ),
    ),
]


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if asked:
        typer.echo(f"sekisho {__version__}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=say("版を表示します", "Show the version")),
    ] = False,
) -> None:
    """Options that belong to no command."""


@app.command(
    "list",
    help=say(
        "手続き・シナリオ・引用している手順書の項番を一覧します。",
        "List procedures, scenarios, and the rows of the manual that they cite.",
    ),
)
def list_(
    manual: Manuals = None,
    *,
    manual_dir: ManualDirs = None,
    defects: Annotated[
        bool,
        typer.Option(
            "--defects",
            help=say(
                "代わりに、模擬認証局に与えられる欠陥（run --defect）を一覧します",
                "List instead the defects that the mock CA can be given (run --defect)",
            ),
        ),
    ] = False,
    json: AsJson = False,
) -> None:
    """List what a run would carry out, or what can be wrong with the mock."""
    from sekisho.cli import defects as mock_defects
    from sekisho.cli import listing

    (mock_defects if defects else listing).show(manual or [], as_json=json)


@app.command(
    help=say(
        "シナリオで使える文を、値と例つきで一覧します。言葉を付けると、それを含む文だけにします。",
        "List the sentences that scenarios may use, with values and examples; with words, only those that hold them.",
    )
)
def sentences(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS", help=say("文や見出しに含まれる言葉", "Words in the sentence or in its heading")
        ),
    ] = None,
    manual: Manuals = None,
    *,
    manual_dir: ManualDirs = None,
    markdown: Annotated[
        bool,
        typer.Option(
            "--markdown", help=say("docs/sentences.md の形で出力します", "Print them in the form of docs/sentences.md")
        ),
    ] = False,
    json: AsJson = False,
) -> None:
    """List what scenarios may say."""
    from sekisho.cli import sentences as work

    work.show(words or [], manual or [], as_json=json, as_markdown=markdown)


@app.command(
    help=say(
        "この機械に何があり、何が足りず、どう入手するかを調べます。",
        "Show what this machine has, what it lacks, and how to get it.",
    )
)
def doctor(
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|PATH",
            help=say("調べるブラウザー（既定: 見つかったもの）", "The browser to look at (default: one that is found)"),
        ),
    ] = None,
    *,
    browser: Annotated[
        bool,
        typer.Option(
            "--browser",
            help=say(
                "そのブラウザー自身の画面（証明書の選択など）を操作できるか試します",
                "Try whether that browser's own screens (such as the choice of a certificate) can be operated",
            ),
        ),
    ] = False,
) -> None:
    """Show what this machine has and lacks, or what one of its browsers can do."""
    from sekisho.cli import canary, doctor

    raise typer.Exit(canary.examine(which) if browser or which else doctor.examine())


@app.command(
    help=say(
        "ターゲットファイルとポータルを、実行の前に点検します（判定ではありません）。",
        "Check a target file and its portal before a run (this is no verdict).",
    )
)
def check(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=say("対象を書いた TOML ファイル", "The TOML file that describes the target")
        ),
    ],
    *,
    manual_dir: ManualDirs = None,
    browser: Browser = None,
    explore: Annotated[
        bool,
        typer.Option(
            "--explore",
            help=say(
                "探索（sekisho explore）に要る利用者も数えます",
                "Count also the users that an exploration takes (sekisho explore)",
            ),
        ),
    ] = False,
    json: AsJson = False,
) -> None:
    """Look at a target file and its portal before anything is carried out."""
    from sekisho.cli import check as work

    raise typer.Exit(work.show(target, browser, explore=explore, as_json=json))


@app.command(
    help=say(
        "シナリオを実行し、判定と証拠を報告書にまとめます。",
        "Carry out scenarios, and report the verdicts with their evidence.",
    )
)
@taking(Options)
def run(options: Options) -> None:
    """Carry out scenarios against a target."""
    from sekisho.cli import run as work

    raise typer.Exit(work.run(options))


@app.command(
    help=say(
        "通信の障害、二つのタブ、日の境目、続ける順番をすべて試し、約束どおりかを調べます。",
        "Try every fault on the line, order of two tabs, boundary of days and sequence, and see whether the manual's "
        "promises hold.",
    )
)
@taking(Exploring, without=NOT_EXPLORING)
def explore(options: Exploring) -> None:
    """Try what can happen within a procedure: faults on the line, other orders of two tabs."""
    from sekisho.cli import explore as work

    raise typer.Exit(work.explore(options))


@app.command(
    help=say(
        "模擬認証局を決まったポートで起動し、手で操作できるようにします（よその手順書のものは空いたポート）。",
        "Start the mock CA on fixed ports for use by hand (portals of manuals from elsewhere: on free ports).",
    )
)
def serve(
    *,
    manual_dir: ManualDirs = None,
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=say(
                "データの置き場所（既定: 終われば消えます）", "Where its data is kept (default: removed at the end)"
            ),
        ),
    ] = None,
) -> None:
    """Start the mock CA for exploring by hand."""
    from sekisho.cli import serve as work

    raise typer.Exit(work.serve(state))


@app.command(
    help=say(
        "手順書の各行を、どのシナリオが引用しているかを調べます。引用のない行があれば終了コード 1。",
        "Show which scenarios cite each row of the manuals. Exit code 1 if a row is cited by none.",
    )
)
def coverage(
    *,
    manual: Manuals = None,
    manual_dir: ManualDirs = None,
    json: AsJson = False,
    run: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=say("この実行結果の判定も並べます", "Show the verdicts of the run in this folder beside"),
        ),
    ] = None,
) -> None:
    """Compare the manuals' rows with the scenarios that cite them."""
    from sekisho.cli import coverage as work

    raise typer.Exit(work.show(manual or [], run, as_json=json))
