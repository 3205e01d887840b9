"""`sekisho doctor --browser`: which of a browser's private surfaces can be read and operated here."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sekisho.browser import driver
from sekisho.browser.channels import BrowserChoice
from sekisho.canary import Report, Sighting, instead, look
from sekisho.cli.exit import Exit
from sekisho.language import say
from sekisho.native_ui import Surface
from sekisho.verdict import EnvironmentProblemError


def examine(asked: str | None) -> Exit:
    """Try them afresh and print the outcome; raises as `BrowserChoice.resolve`, also for one that does not start."""
    if broken := driver.problem():
        raise EnvironmentProblemError(broken)
    choice = BrowserChoice.resolve(asked)
    report = look(choice, "auto", afresh=True)
    console = Console()
    bus = report.at_spi or say("（版は分かりません）", "(version unknown)")
    for line in (report.build, str(choice.path), f"at-spi2-core {bus}"):
        console.print(line, soft_wrap=True, highlight=False, markup=False)
    console.print(_table(report))
    console.print(_conclusion(report), soft_wrap=True, highlight=False, markup=False)
    return Exit.CONFORMANT


def _table(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column()
    table.add_column(say("ブラウザーの画面", "Screen of the browser"), overflow="fold")
    table.add_column(say("秒", "s"), overflow="fold", justify="right")
    table.add_column(say("操作できない理由", "Why it cannot be operated"), overflow="fold")
    table.add_column(say("実行では", "In a run"), overflow="fold")
    for one in report.sightings:
        mark = "[yellow]×[/]" if one.problem else "[green]○[/]"
        table.add_row(mark, str(one.surface), f"{one.seconds:.1f}", escape(one.problem), _then(report, one))
    return table


def _then(report: Report, one: Sighting) -> str:
    if not one.problem:
        return ""
    if report.context_only and one.surface is Surface.CERTIFICATE_DIALOG:
        return say("--certs context で続けます", "goes on with --certs context")
    left_out = say("対象外", "not applicable")
    return left_out if report.context_only else instead(one.surface) or left_out


def _conclusion(report: Report) -> str:
    if report.context_only:
        return say(
            f"実行できます（--certs context）。{report.context_only}。",
            f"A run is possible (--certs context). {report.context_only}.",
        )
    possible = say("実行できます（--certs native）。", "A run is possible (--certs native).")
    missing = len(report.lacking)
    lacking = say(f"操作できない画面が {missing} つあります。", f" Screens that cannot be operated: {missing}.")
    return possible + (lacking if missing else "")
