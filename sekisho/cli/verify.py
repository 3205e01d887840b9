"""`sekisho verify`: whether a package of evidence is what its signer made, byte for byte."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from reports.conclusion import conclude
from reports.package import keys
from reports.package.apart import Stamp
from reports.package.verify import Verification
from reports.package.verify import verify as verified
from reports.text import moment
from reports.wording import conclusion_name
from sekisho.cli.exit import Exit
from sekisho.cli.plainly import plainly
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError


def verify(package: Path, key: Path | None, root: Path | None, tsa_root: Path | None) -> Exit:
    """Check a package and say what was found; NOT_CONFORMANT when something is wrong with it.

    USAGE when nothing is wrong but nobody said whose signature it has to be: that alone proves nothing.
    """
    if key and root:
        raise ConfigurationProblemError(
            say("--key と --root は、どちらか一つだけを指定してください。", "Give either --key or --root, not both.")
        )
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
        console.print(f"[yellow]{say('注意', 'Note')}[/] {plainly(hint)}")
    if found.problems:
        console.print(_refused(plainly(str(package))))
        return
    facts = _facts(found)
    width = max(cell_len(name) for name in facts)
    for name, value in facts.items():
        console.print(f"{set_cell_size(name, width)}  {plainly(value)}")
    console.print(_intact(found) if found.trusted else _of_nobody(found))


def _refused(package: str) -> str:
    return say(
        f"[bold red]検証できません[/] {package} が証明された内容のままだとは認められません。",
        f"[bold red]Not verified[/] {package} cannot be taken for what was certified.",
    )


def _intact(found: Verification) -> str:
    return say(
        f"[bold green]検証できました[/] {found.files} ファイルのすべてが、署名された内容のままです。",
        f"[bold green]Verified[/] All {found.files} files are what was signed.",
    )


def _of_nobody(found: Verification) -> str:
    return say(
        f"[bold yellow]署名者は不明です[/] {found.files} ファイルはパッケージの中の鍵で署名されたままですが、"
        "誰の鍵かは分かりません。\n"
        "発行者から受け取った公開鍵か証明書を --key に、認証局の証明書を --root に指定してください。",
        f"[bold yellow]Signer unknown[/] The {found.files} files are what was signed with the key in the package, "
        "but nobody knows whose key that is.\n"
        "Give the public key or certificate that its issuer gave you by --key, or the CA's certificate by --root.",
    )


def _facts(found: Verification) -> dict[str, str]:
    results, certified = found.results, found.certified
    assert results
    assert certified
    run = results.run
    unsaid, number = say("（記載なし）", "(not given)"), len(results.scenarios)
    product = f"{run.product.name} {run.product.version}".strip() if run.product else unsaid
    signed = say("あり（署名者のもの）", "yes (the signer's)") if found.paper_signed else say("なし", "none")
    return {
        say("製品", "Product"): product,
        say("試験先", "Target"): run.target,
        say("判定", "Verdict"): conclusion_name(conclude(results)),
        say("シナリオ", "Scenarios"): say(f"{number} 件", str(number)),
        say("ブラウザー", "Browser"): run.browser,
        say("試験者", "Tester"): certified.tester or unsaid,
        say("証明した日", "Certified"): moment(certified.when),
        say("時刻の証明", "Time stamp"): _stamped(found.stamp),
        say("署名者", "Signer"): found.signer or say("（証明書なし）", "(no certificate)"),
        say("PDF の署名", "PDF signed"): signed,
        say("公開鍵", "Public key"): f"SHA-256 {found.fingerprint}",
    }


def _stamped(stamp: Stamp | None) -> str:
    if stamp is None:
        return say("（タイムスタンプなし）", "(none)")
    when = moment(stamp.when)
    return say(f"{when}（{stamp.authority}）", f"{when} ({stamp.authority})")
