"""`sekisho doctor`: what was found on this machine, what is missing, and how to get it."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sekisho.browser import driver, sandbox
from sekisho.browser.channels import BrowserChoice
from sekisho.cli.exit import Exit
from sekisho.doctor import environment
from sekisho.doctor.environment import Environment
from sekisho.machine.remedies import install_all
from sekisho.verdict import EnvironmentProblemError


def examine() -> Exit:
    """Print what is here; CONFORMANT when a run is possible, else ENVIRONMENT."""
    found = environment.detect()
    console = Console()
    console.print(_table(found))
    if wanted := environment.packages(found.missing):
        console.print(f"足りないパッケージは、次の 1 行で導入できます。\n\n    {install_all(wanted)}\n", soft_wrap=True)
    console.print(_conclusion(), soft_wrap=True)
    return Exit.CONFORMANT if _browser_problem() is None else Exit.ENVIRONMENT


def _table(found: Environment) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("", "項目", "見つかったもの", "入手方法"):
        table.add_column(column, overflow="fold")
    for finding in found.findings:
        mark = "[green]○[/]" if finding.ok else "[yellow]×[/]"
        table.add_row(mark, *map(escape, (finding.name, finding.detail, "" if finding.ok else finding.fix)))
    return table


def _conclusion() -> str:
    no_browser = _browser_problem()
    if no_browser is not None:
        return f"[red]実行できません。[/]{escape(no_browser)}"
    no_store = environment.native_problem()
    if no_store is not None:
        return f"実行できます（--certs context）。ブラウザー本来の証明書ストアは使えません: {escape(no_store)}"
    return "実行できます（--certs native: ブラウザー本来の証明書ストアと選択画面を使います）。"


def _browser_problem() -> str | None:
    try:
        browser = BrowserChoice.resolve()
    except EnvironmentProblemError as problem:
        return str(problem)
    return driver.problem() or sandbox.problem(browser.path)
