"""`sekisho doctor --browser`: which of a browser's private surfaces can be read and operated here."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sekisho.browser import driver
from sekisho.browser.channels import BrowserChoice
from sekisho.canary import INSTEAD, Report, Sighting, look
from sekisho.cli.exit import Exit
from sekisho.native_ui import Surface
from sekisho.verdict import EnvironmentProblemError


def examine(asked: str | None) -> Exit:
    """Try them afresh and print the outcome; raises as `BrowserChoice.resolve`, also for one that does not start."""
    if broken := driver.problem():
        raise EnvironmentProblemError(broken)
    choice = BrowserChoice.resolve(asked)
    report = look(choice, "auto", afresh=True)
    console = Console()
    for line in (report.build, str(choice.path), f"at-spi2-core {report.at_spi or '（版は分かりません）'}"):
        console.print(line, soft_wrap=True, highlight=False, markup=False)
    console.print(_table(report))
    console.print(_conclusion(report), soft_wrap=True, highlight=False, markup=False)
    return Exit.CONFORMANT


def _table(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("", "ブラウザーの画面", "秒", "操作できない理由", "実行では"):
        table.add_column(column, overflow="fold", justify="right" if column == "秒" else "left")
    for one in report.sightings:
        mark = "[yellow]×[/]" if one.problem else "[green]○[/]"
        table.add_row(mark, one.surface.value, f"{one.seconds:.1f}", escape(one.problem), _then(report, one))
    return table


def _then(report: Report, one: Sighting) -> str:
    if not one.problem:
        return ""
    if report.context_only and one.surface is Surface.CERTIFICATE_DIALOG:
        return "--certs context で続けます"
    if report.context_only:
        return "対象外"
    return INSTEAD.get(one.surface, "対象外")


def _conclusion(report: Report) -> str:
    if report.context_only:
        return f"実行できます（--certs context）。{report.context_only}。"
    missing = len(report.lacking)
    return "実行できます（--certs native）。" + (f"操作できない画面が {missing} つあります。" if missing else "")
