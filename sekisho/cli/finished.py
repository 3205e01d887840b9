"""The commands about runs that have ended: joining, reporting, comparing and certifying them."""
# ruff: noqa: ARG001, PLC0415 - what --manual-dir does, its callback does; a command imports its work when it is called

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sekisho.cli.manuals import ManualDirs
from sekisho.cli.options import AsJson
from sekisho.cli.wording import App
from sekisho.language import say
from sekisho.layout import runs_named

app = App()
AsPdf = Annotated[
    bool,
    typer.Option(
        "--pdf", help=say("報告書を PDF（report.pdf）にも印刷します", "Print the report as PDF too (report.pdf)")
    ),
]


@app.command(
    help=say(
        "--shard で分けて実行した結果を、1 つの結果と報告書にまとめます。",
        "Join the results of --shard runs into one result with its report.",
    )
)
def merge(
    *,
    runs: Annotated[
        list[Path],
        typer.Argument(metavar="DIR", help=say("各シャードの実行結果のフォルダー", "The folder of each shard's run")),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=say(
                f"まとめた結果を置く空のフォルダー（既定: {runs_named()}/<日時>）",
                f"An empty folder for the joined results (default: {runs_named()}/<time>)",
            ),
        ),
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=say(
                "これまでの実行の記録を置くフォルダー。判定の変化を示します",
                "The folder with the record of earlier runs; changed verdicts are shown",
            ),
        ),
    ] = None,
) -> None:
    """Join the results of shards."""
    from sekisho.cli import merge as work

    raise typer.Exit(work.merge(runs, out, history))


@app.command(help=say("実行結果のフォルダーから報告書を作り直します。", "Write the reports of a run's folder again."))
def report(
    run: Annotated[Path, typer.Argument(metavar="DIR", help=say("実行結果のフォルダー", "The folder of a run"))],
    *,
    pdf: AsPdf = False,
) -> None:
    """Write a run's reports again."""
    from sekisho.cli import rebuild

    rebuild.rebuild(run, pdf=pdf)


@app.command(
    help=say(
        "二つの実行結果を比べます。後退（不適合や判定不能になった、証明書が弱くなった）があれば終了コード 1。",
        "Compare two runs. Exit code 1 if something got worse (no longer conforms or decided, a weaker certificate).",
    )
)
def compare(
    before: Annotated[
        Path, typer.Argument(metavar="A", help=say("前の実行結果のフォルダー", "The folder of the earlier run"))
    ],
    after: Annotated[
        Path, typer.Argument(metavar="B", help=say("後の実行結果のフォルダー", "The folder of the later run"))
    ],
    *,
    manual_dir: ManualDirs = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say("画面を並べた HTML も書きます", "Write also an HTML page with the screens side by side"),
        ),
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say("プルリクエスト向けの Markdown も書きます", "Write also Markdown for a pull request"),
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what is different between two runs."""
    from sekisho.cli import compare as work

    raise typer.Exit(work.compare(before, after, work.Wanted(html, markdown, as_json=json)))


@app.command(
    help=say(
        "実行結果・報告書・試験成績書を一つのファイルにまとめ、署名します。",
        "Pack results, report and test statement into one file and sign it.",
    )
)
def certify(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=say("実行結果のフォルダー", "The folder of a run"))],
    *,
    key: Annotated[
        Path,
        typer.Option(
            metavar="KEY",
            help=say(
                "署名する秘密鍵（PEM。EC P-256、RSA、Ed25519）",
                "The private key that signs (PEM; EC P-256, RSA or Ed25519)",
            ),
        ),
    ],
    cert: Annotated[
        Path | None,
        typer.Option(
            metavar="CERT",
            help=say(
                "鍵の証明書（PEM。中間認証局は後ろに続けます）",
                "The certificate of the key (PEM; intermediate CAs follow in the same file)",
            ),
        ),
    ] = None,
    tester: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=say("試験成績書に載せる試験者の名前", "The tester's name, for the test statement")
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say(
                "作るファイル（既定: sekisho-evidence-<実行>.zip）",
                "The file to write (default: sekisho-evidence-<run>.zip)",
            ),
        ),
    ] = None,
    tsa: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help=say(
                "署名に時刻の証明を付けるタイムスタンプ局（RFC 3161）。ここだけに接続します",
                "The time stamping authority that stamps the signature (RFC 3161); nothing else is connected to",
            ),
        ),
    ] = "",
    sign_pdf: Annotated[
        bool,
        typer.Option(
            "--sign-pdf",
            help=say(
                "試験成績書の PDF にも署名します（PAdES。--cert が要ります）",
                "Sign the test statement's PDF too (PAdES; needs --cert)",
            ),
        ),
    ] = False,
) -> None:
    """Write the signed evidence package of a run."""
    from sekisho.cli import certify as work

    work.package(run, work.Options(key, cert, tester, out, tsa, sign_pdf))


@app.command(
    help=say(
        "証拠パッケージを、接続なしに検証します。改変や署名の誤りがあれば終了コード 1。",
        "Verify an evidence package offline. Exit code 1 if it was altered or a signature is wrong.",
    )
)
def verify(
    package: Annotated[
        Path,
        typer.Argument(
            metavar="PACKAGE", help=say("sekisho certify が作ったファイル", "The file that sekisho certify wrote")
        ),
    ],
    *,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="PUB",
            help=say("署名者の公開鍵か証明書（PEM）", "The signer's public key or certificate (PEM)"),
        ),
    ] = None,
    root: Annotated[
        Path | None,
        typer.Option(
            metavar="CERT",
            help=say(
                "署名者の証明書を発行した認証局の証明書（PEM）",
                "The certificate of the CA that issued the signer's certificate (PEM)",
            ),
        ),
    ] = None,
    tsa_root: Annotated[
        Path | None,
        typer.Option(
            metavar="CERT",
            help=say(
                "タイムスタンプ局の証明書を発行した認証局の証明書（PEM）",
                "The certificate of the CA that issued the time stamping authority's certificate (PEM)",
            ),
        ),
    ] = None,
) -> None:
    """Check an evidence package."""
    from sekisho.cli import verify as work

    raise typer.Exit(work.verify(package, key, root, tsa_root))
