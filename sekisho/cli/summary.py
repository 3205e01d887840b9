"""What a finished run comes to: the table of verdicts, the failures, and the exit code."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reports.conclusion import Conclusion
from reports.wording import CONCLUSIONS, verdict_name
from sekisho.cli.exit import Exit
from sekisho.progress import STYLES, titled
from sekisho.results import Scenario
from sekisho.verdict import Verdict

MOST_SHOWN = 20  # failures on the screen; the report has all of them

CODES = {
    Conclusion.CONFORMANT: Exit.CONFORMANT,
    Conclusion.NOT_CONFORMANT: Exit.NOT_CONFORMANT,
    Conclusion.INCOMPLETE: Exit.USAGE,
    Conclusion.EMPTY: Exit.USAGE,
    Conclusion.ENVIRONMENT: Exit.ENVIRONMENT,
    Conclusion.INTERRUPTED: Exit.INTERRUPTED,
}


def exit_code(concluded: Conclusion, verdicts: set[Verdict], *, broken: bool) -> Exit:
    """What the run says; `broken` means that tests ended without a verdict. A deviation outweighs that.

    No real portal offers every account and action, so that blocked scenarios beside passed ones are no defect.
    """
    if broken and concluded is not Conclusion.NOT_CONFORMANT:
        return Exit.ENVIRONMENT
    if concluded is Conclusion.INCOMPLETE and Verdict.PASS in verdicts:
        return Exit.CONFORMANT
    return CODES[concluded]


def sentence(concluded: Conclusion) -> str:
    """The conclusion in the report's own words."""
    name, _, explanation, _ = CONCLUSIONS[concluded]
    return f"[bold]{name}[/] {explanation}"


def show(console: Console, scenarios: list[Scenario]) -> None:
    """Print the table of procedures and verdicts, then the scenarios that did not come to their end, worst first."""
    console.print(_table(scenarios))
    failed = [one for one in scenarios if one.failure and one.verdict is not Verdict.NOT_APPLICABLE]
    failed.sort(key=lambda one: -one.verdict.severity)
    for scenario in failed[:MOST_SHOWN]:
        _explain(console, scenario)
    if len(failed) > MOST_SHOWN:
        console.print(f"ほか {len(failed) - MOST_SHOWN} 件は報告書にあります。\n")


def _table(scenarios: list[Scenario]) -> Table:
    shown = [verdict for verdict in Verdict if any(scenario.verdict is verdict for scenario in scenarios)]
    several = len({scenario.manual for scenario in scenarios}) > 1
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("手続き", overflow="fold")
    for verdict in shown:
        table.add_column(verdict_name(verdict), justify="right", style=STYLES[verdict])
    table.add_column("秒", justify="right")
    for (manual, procedure), group in groupby(scenarios, key=lambda one: (one.manual, one.procedure)):
        _add_row(table, f"{manual} {procedure}" if several else procedure, list(group), shown)
    table.add_section()
    _add_row(table, "合計", scenarios, shown)
    return table


def _add_row(table: Table, title: str, scenarios: list[Scenario], shown: list[Verdict]) -> None:
    counts = Counter(scenario.verdict for scenario in scenarios)
    seconds = sum(scenario.seconds for scenario in scenarios)
    table.add_row(title, *(str(counts[verdict] or "") for verdict in shown), f"{seconds:.1f}")


def _explain(console: Console, scenario: Scenario) -> None:
    """Requirement / Manual says / Portal did, in lines that are not folded: they are there to be copied."""
    failure = scenario.failure
    assert failure
    verdict = f"[{STYLES[scenario.verdict]}]{verdict_name(scenario.verdict)}[/]"
    name = escape(f"{scenario.procedure} / {titled(scenario.name, scenario.example)}")
    console.print(f"{verdict} [bold]{name}[/]", soft_wrap=True, highlight=False)
    parts = (
        ("要求事項  ", " ".join(failure.requirement)),
        ("マニュアル", failure.manual_says),
        ("ポータル  " if scenario.verdict is Verdict.FAIL else "起きたこと", failure.portal_did),
        ("手順      ", failure.step),
        ("再実行    ", scenario.repeat),
    )
    for label, text in parts:
        indented = text.replace("\n", f"\n{' ' * 14}")
        console.print(f"  {label}  {indented}", soft_wrap=True, markup=False, highlight=False)
    console.print()
