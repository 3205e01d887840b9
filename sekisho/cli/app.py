"""The commands and their options; each imports its own work only when it is called.

`--help` must answer at once, and pytest, pydantic and the browser side take half a second to import.
"""
# ruff: noqa: ARG001, PLC0415 - what --manual-dir does, its callback does; and see above

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho import __version__
from sekisho.cli.manual import app as manual_app
from sekisho.cli.manuals import ManualDirs
from sekisho.cli.options import NOT_EXPLORING, Exploring, Options, taking
from sekisho.cli.target import app as target_app
from sekisho.layout import runs_named

app = typer.Typer(
    name="sekisho",
    help="クライアント証明書を使うポータルが、マニュアルの約束どおりに動くかを実際のブラウザーで検査します。",
    epilog="終了コード: 0 適合  1 不適合  2 使い方・設定の誤り  3 環境の問題  4 待機中（--resume）  130 中断",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(target_app, name="target")
app.add_typer(manual_app, name="manual")


Manuals = Annotated[
    list[str] | None, typer.Option("--manual", metavar="NAME", help="対象のマニュアル（くり返し可。既定: すべて）")
]

Browser = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|PATH",
        help="ブラウザー: msedge、chrome、chromium、その -beta と -dev、または実行ファイル（既定: 見つかったもの）",
    ),
]
AsPdf = Annotated[bool, typer.Option("--pdf", help="報告書を PDF（report.pdf）にも印刷します")]
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
def list_(
    manual: Manuals = None,
    *,
    manual_dir: ManualDirs = None,
    defects: Annotated[
        bool, typer.Option("--defects", help="代わりに、模擬認証局に与えられる欠陥（run --defect）を一覧します")
    ] = False,
    json: AsJson = False,
) -> None:
    """List what a run would carry out, or what can be wrong with the mock."""
    from sekisho.cli import defects as mock_defects
    from sekisho.cli import listing

    (mock_defects if defects else listing).show(manual or [], as_json=json)


@app.command(help="シナリオで使える文を、値と例つきで一覧します。言葉を付けると、それを含む文だけにします。")
def sentences(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="文や見出しに含まれる言葉")] = None,
    manual: Manuals = None,
    *,
    manual_dir: ManualDirs = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="docs/sentences.md の形で出力します")] = False,
    json: AsJson = False,
) -> None:
    """List what scenarios may say."""
    from sekisho.cli import sentences as work

    work.show(words or [], manual or [], as_json=json, as_markdown=markdown)


@app.command(help="この機械に何があり、何が足りず、どう入手するかを調べます。")
def doctor(
    which: Annotated[
        str | None, typer.Argument(metavar="[NAME|PATH]", help="調べるブラウザー（既定: 見つかったもの）")
    ] = None,
    *,
    browser: Annotated[
        bool, typer.Option("--browser", help="そのブラウザー自身の画面（証明書の選択など）を操作できるか試します")
    ] = False,
) -> None:
    """Show what this machine has and lacks, or what one of its browsers can do."""
    from sekisho.cli import canary, doctor

    raise typer.Exit(canary.examine(which) if browser or which else doctor.examine())


@app.command(help="ターゲットファイルとポータルを、実行の前に点検します（判定ではありません）。")
def check(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="対象を書いた TOML ファイル")],
    *,
    manual_dir: ManualDirs = None,
    browser: Browser = None,
    explore: Annotated[bool, typer.Option("--explore", help="探索（sekisho explore）に要る利用者も数えます")] = False,
    json: AsJson = False,
) -> None:
    """Look at a target file and its portal before anything is carried out."""
    from sekisho.cli import check as work

    raise typer.Exit(work.show(target, browser, explore=explore, as_json=json))


@app.command(help="シナリオを実行し、判定と証拠を報告書にまとめます。")
@taking(Options)
def run(options: Options) -> None:
    """Carry out scenarios against a target."""
    from sekisho.cli import run as work

    raise typer.Exit(work.run(options))


@app.command(help="通信の障害、二つのタブ、日の境目、続ける順番をすべて試し、約束どおりかを調べます。")
@taking(Exploring, without=NOT_EXPLORING)
def explore(options: Exploring) -> None:
    """Try what can happen within a procedure: faults on the line, other orders of two tabs."""
    from sekisho.cli import explore as work

    raise typer.Exit(work.explore(options))


@app.command(help="--shard で分けて実行した結果を、1 つの結果と報告書にまとめます。")
def merge(
    *,
    runs: Annotated[list[Path], typer.Argument(metavar="DIR", help="各シャードの実行結果のフォルダー")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=f"まとめた結果を置く空のフォルダー（既定: {runs_named()}/<日時>）"),
    ] = None,
    history: Annotated[
        Path | None, typer.Option(metavar="DIR", help="これまでの実行の記録を置くフォルダー。判定の変化を示します")
    ] = None,
) -> None:
    """Join the results of shards."""
    from sekisho.cli import merge as work

    raise typer.Exit(work.merge(runs, out, history))


@app.command(
    help="模擬認証局を決まったポートで起動し、手で操作できるようにします（よその手順書のものは空いたポート）。"
)
def serve(
    *,
    manual_dir: ManualDirs = None,
    state: Annotated[
        Path | None, typer.Option(metavar="DIR", help="データの置き場所（既定: 終われば消えます）")
    ] = None,
) -> None:
    """Start the mock CA for exploring by hand."""
    from sekisho.cli import serve as work

    raise typer.Exit(work.serve(state))


@app.command(help="マニュアルの各行を、どのシナリオが引用しているかを調べます。引用のない行があれば終了コード 1。")
def coverage(
    *,
    manual: Manuals = None,
    manual_dir: ManualDirs = None,
    json: AsJson = False,
    run: Annotated[Path | None, typer.Option(metavar="DIR", help="この実行結果の判定も並べます")] = None,
) -> None:
    """Compare the manuals' rows with the scenarios that cite them."""
    from sekisho.cli import coverage as work

    raise typer.Exit(work.show(manual or [], run, as_json=json))


@app.command(help="実行結果のフォルダーから報告書を作り直します。")
def report(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="実行結果のフォルダー")], *, pdf: AsPdf = False
) -> None:
    """Write a run's reports again."""
    from sekisho.cli import rebuild

    rebuild.rebuild(run, pdf=pdf)


@app.command(help="二つの実行結果を比べます。後退（適合しなくなった、証明書が弱くなった）があれば終了コード 1。")
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="前の実行結果のフォルダー")],
    after: Annotated[Path, typer.Argument(metavar="B", help="後の実行結果のフォルダー")],
    *,
    manual_dir: ManualDirs = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="画面を並べた HTML も書きます")] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="プルリクエスト向けの Markdown も書きます")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what is different between two runs."""
    from sekisho.cli import compare as work

    raise typer.Exit(work.compare(before, after, work.Wanted(html, markdown, as_json=json)))


@app.command(help="実行結果・報告書・試験成績書を一つのファイルにまとめ、署名します。")
def certify(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="実行結果のフォルダー")],
    *,
    key: Annotated[Path, typer.Option(metavar="KEY", help="署名する秘密鍵（PEM。EC P-256、RSA、Ed25519）")],
    cert: Annotated[
        Path | None, typer.Option(metavar="CERT", help="鍵の証明書（PEM。中間認証局は後ろに続けます）")
    ] = None,
    tester: Annotated[str, typer.Option(metavar="NAME", help="試験成績書に載せる試験者の名前")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="作るファイル（既定: sekisho-evidence-<実行>.zip）")
    ] = None,
    tsa: Annotated[
        str,
        typer.Option(metavar="URL", help="署名に時刻の証明を付けるタイムスタンプ局（RFC 3161）。ここだけに接続します"),
    ] = "",
    sign_pdf: Annotated[
        bool, typer.Option("--sign-pdf", help="試験成績書の PDF にも署名します（PAdES。--cert が要ります）")
    ] = False,
) -> None:
    """Write the signed evidence package of a run."""
    from sekisho.cli import certify as work

    work.package(run, work.Options(key, cert, tester, out, tsa, sign_pdf))


@app.command(help="証拠パッケージを、接続なしに検証します。改変や署名の誤りがあれば終了コード 1。")
def verify(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help="sekisho certify が作ったファイル")],
    *,
    key: Annotated[Path | None, typer.Option(metavar="PUB", help="署名者の公開鍵か証明書（PEM）")] = None,
    root: Annotated[
        Path | None, typer.Option(metavar="CERT", help="署名者の証明書を発行した認証局の証明書（PEM）")
    ] = None,
    tsa_root: Annotated[
        Path | None, typer.Option(metavar="CERT", help="タイムスタンプ局の証明書を発行した認証局の証明書（PEM）")
    ] = None,
) -> None:
    """Check an evidence package."""
    from sekisho.cli import verify as work

    raise typer.Exit(work.verify(package, key, root, tsa_root))
