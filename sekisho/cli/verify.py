"""`sekisho verify`: whether a package of evidence is what its signer made, byte for byte."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from reports.conclusion import conclude
from reports.package import keys
from reports.package.apart import Stamp
from reports.package.verify import Verification
from reports.package.verify import verify as verified
from reports.text import moment
from reports.wording import CONCLUSIONS
from sekisho.cli.exit import Exit
from sekisho.cli.plainly import plainly
from sekisho.verdict import ConfigurationProblemError


def verify(package: Path, key: Path | None, root: Path | None, tsa_root: Path | None) -> Exit:
    """Check a package and say what was found; NOT_CONFORMANT when something is wrong with it.

    USAGE when nothing is wrong but nobody said whose signature it has to be: that alone proves nothing.
    """
    if key and root:
        raise ConfigurationProblemError("--key と --root は、どちらか一つだけを指定してください。")
    trusted = keys.public_key(key) if key else None
    roots, authorities = (keys.certificates(one) if one else [] for one in (root, tsa_root))
    found = verified(package, trusted, roots, authorities)
    _print(Console(highlight=False, soft_wrap=True), package, found)
    if found.problems:
        return Exit.NOT_CONFORMANT
    return Exit.CONFORMANT if found.trusted else Exit.USAGE


def _print(console: Console, package: Path, found: Verification) -> None:
    for problem in found.problems:
        console.print(f"[red]✕[/] {plainly(problem)}")
    for hint in found.hints:
        console.print(f"[yellow]注意[/] {plainly(hint)}")
    if found.problems:
        console.print(
            f"[bold red]検証できません[/] {plainly(str(package))} が証明された内容のままだとは認められません。"
        )
        return
    for name, value in _facts(found).items():
        console.print(f"{name}  {plainly(value)}")
    if found.trusted:
        console.print(f"[bold green]検証できました[/] {found.files} ファイルのすべてが、署名された内容のままです。")
        return
    console.print(
        f"[bold yellow]署名者は不明です[/] {found.files} ファイルはパッケージの中の鍵で署名されたままですが、"
        "誰の鍵かは分かりません。\n"
        "発行者から受け取った公開鍵か証明書を --key に、認証局の証明書を --root に指定してください。"
    )


def _facts(found: Verification) -> dict[str, str]:
    results, certified = found.results, found.certified
    assert results
    assert certified
    run = results.run
    product = f"{run.product.name} {run.product.version}".strip() if run.product else "（記載なし）"
    return {
        "製品      ": product,
        "試験先    ": run.target,
        "判定      ": CONCLUSIONS[conclude(results)][0],
        "シナリオ  ": f"{len(results.scenarios)} 件",
        "ブラウザー": run.browser,
        "試験者    ": certified.tester or "（記載なし）",
        "証明した日": moment(certified.when),
        "時刻の証明": _stamped(found.stamp),
        "署名者    ": found.signer or "（証明書なし）",
        "PDF の署名": "あり（署名者のもの）" if found.paper_signed else "なし",
        "公開鍵    ": f"SHA-256 {found.fingerprint}",
    }


def _stamped(stamp: Stamp | None) -> str:
    return f"{moment(stamp.when)}（{stamp.authority}）" if stamp else "（タイムスタンプなし）"
