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
from sekisho.language import say
from sekisho.machine.remedies import install_all
from sekisho.verdict import EnvironmentProblemError


def examine() -> Exit:
    """Print what is here; CONFORMANT when a run is possible, else ENVIRONMENT."""
    found = environment.detect()
    console = Console()
    console.print(_table(found))
    if wanted := environment.packages(found.missing):
        said = say(
            "足りないパッケージは、次の 1 行で導入できます。", "This line installs the packages that are missing."
        )
        console.print(f"{said}\n\n    {install_all(wanted)}\n", soft_wrap=True)
    console.print(_conclusion(), soft_wrap=True)
    return Exit.CONFORMANT if _browser_problem() is None else Exit.ENVIRONMENT


def _table(found: Environment) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column()
    table.add_column(say("項目", "Item"), overflow="fold")
    table.add_column(say("見つかったもの", "Found"), overflow="fold")
    table.add_column(say("入手方法", "How to get it"), overflow="fold")
    for finding in found.findings:
        mark = "[green]○[/]" if finding.ok else "[yellow]×[/]"
        table.add_row(mark, *map(escape, (finding.name, finding.detail, "" if finding.ok else finding.fix)))
    return table


def _conclusion() -> str:
    no_browser = _browser_problem()
    if no_browser is not None:
        return say("[red]実行できません。[/]", "[red]A run is not possible.[/] ") + escape(no_browser)
    no_store = environment.native_problem()
    if no_store is not None:
        return say(
            f"実行できます（--certs context）。ブラウザー本来の証明書ストアは使えません: {escape(no_store)}",
            f"A run is possible (--certs context). The browser's own certificate store cannot be used: "
            f"{escape(no_store)}",
        )
    return say(
        "実行できます（--certs native: ブラウザー本来の証明書ストアと選択画面を使います）。",
        "A run is possible (--certs native: with the browser's own certificate store and dialog).",
    )


def _browser_problem() -> str | None:
    try:
        browser = BrowserChoice.resolve()
    except EnvironmentProblemError as problem:
        return str(problem)
    return driver.problem() or sandbox.problem(browser.path)
