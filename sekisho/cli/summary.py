"""What a finished run comes to: the table of verdicts, the failures, and the exit code."""

from __future__ import annotations

from rich import box
from rich.cells import set_cell_size
from rich.console import Console
from rich.table import Table

from reports.causes import Cause, causes
from reports.conclusion import Conclusion
from reports.coverage import coverage
from reports.reading import Results
from reports.view import Part, manuals
from reports.wording import CONCLUSIONS, manual_name, verdict_name
from sekisho.cli.exit import Exit
from sekisho.cli.plainly import plainly
from sekisho.manual.titles import titled
from sekisho.results import Scenario
from sekisho.run.progress import STYLES
from sekisho.run.stability import Unsteady, unsteady
from sekisho.run.trend import Trend
from sekisho.verdict import Verdict
from sekisho.visible import visible

DEVIATIONS = frozenset({Verdict.FAIL, Verdict.KNOWN_GAP})
UNDECIDED = (Verdict.ERROR, Verdict.BLOCKED, Verdict.WAITING)
MOST_SHOWN = 20  # failures on the screen; the report has all of them
MOST_CAUSES = 5  # of undecided scenarios
MOST_NAMED = 5  # scenarios with one cause

CODES = {
    Conclusion.CONFORMANT: Exit.CONFORMANT,
    Conclusion.NOT_CONFORMANT: Exit.NOT_CONFORMANT,
    Conclusion.OUTDATED: Exit.NOT_CONFORMANT,
    Conclusion.INCOMPLETE: Exit.USAGE,
    Conclusion.EMPTY: Exit.USAGE,
    Conclusion.ENVIRONMENT: Exit.ENVIRONMENT,
    Conclusion.WAITING: Exit.WAITING,
    Conclusion.INTERRUPTED: Exit.INTERRUPTED,
}


def exit_code(concluded: Conclusion, verdicts: set[Verdict], *, broken: bool) -> Exit:
    """What the run says; `broken` means that tests ended without a verdict. A deviation outweighs that.

    No real portal offers every account and action, so that blocked scenarios beside passed ones are no defect.
    """
    if broken and concluded is not Conclusion.NOT_CONFORMANT:
        return Exit.ENVIRONMENT
    if concluded is Conclusion.INCOMPLETE and verdicts & {Verdict.PASS, Verdict.WARNING}:
        return Exit.CONFORMANT
    return CODES[concluded]


def sentence(concluded: Conclusion) -> str:
    """The conclusion in the report's own words."""
    name, _, explanation, _ = CONCLUSIONS[concluded]
    return f"[bold]{name}[/] {explanation}"


def show(console: Console, results: Results) -> None:
    """Print the table of procedures and verdicts, the warnings, then what did not come to its end, worst first."""
    scenarios = results.scenarios
    console.print(_table(results))
    for scenario in scenarios:
        _warn(console, scenario)
    for scenario in scenarios:
        _outdated(console, scenario)
    for unstable in unsteady(scenarios):
        _waver(console, unstable)
    failed = [one for one in scenarios if one.failure and one.verdict not in {Verdict.NOT_APPLICABLE, *UNDECIDED}]
    for scenario in sorted(failed, key=lambda one: -one.verdict.severity)[:MOST_SHOWN]:
        _explain(console, scenario)
    if len(failed) > MOST_SHOWN:
        console.print(f"ほか {len(failed) - MOST_SHOWN} 件は報告書にあります。\n")
    found = causes([one for one in scenarios if one.verdict in UNDECIDED])
    for cause in found[:MOST_CAUSES]:
        _explain_cause(console, cause)
    if len(found) > MOST_CAUSES:
        console.print(f"判定できなかった理由は、ほかに {len(found) - MOST_CAUSES} 通りあります（報告書）。\n")


def _table(results: Results) -> Table:
    """A line for each procedure with scenarios; of several manuals, below them a line for each; and the sum."""
    scenarios = results.scenarios
    covered = coverage(results.rows, (), scenarios).rows
    found = [one for one in manuals(results, covered) if one.scenarios]
    shown = [verdict for verdict in Verdict if any(scenario.verdict is verdict for scenario in scenarios)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("手続き", overflow="fold")
    for verdict in shown:
        table.add_column(verdict_name(verdict), justify="right", style=STYLES[verdict])
    table.add_column("秒", justify="right")
    for manual in found:
        for procedure in manual.procedures:
            _add_row(table, f"{manual.manual} {procedure.name}" if len(found) > 1 else procedure.name, procedure, shown)
        table.add_section()
    for manual in found if len(found) > 1 else ():
        _add_row(
            table,
            f"{manual_name(manual.manual, results.run)}（{manual.total} 項目中 {manual.examined} 項目を判定）",
            manual,
            shown,
        )
    table.add_section()
    _add_row(table, "合計", Part("", "", scenarios), shown)
    return table


def _add_row(table: Table, title: str, part: Part, shown: list[Verdict]) -> None:
    table.add_row(title, *(str(part.counts[verdict] or "") for verdict in shown), f"{part.seconds:.1f}")


def _warn(console: Console, scenario: Scenario) -> None:
    for step in scenario.steps:
        if step.verdict is Verdict.WARNING:
            name = plainly(
                f"{scenario.manual} {scenario.procedure} / {titled(scenario.name, scenario.example)}: {step.reason}"
            )
            console.print(f"{_shown(step.verdict)} {name}", soft_wrap=True, highlight=False)


def _outdated(console: Console, scenario: Scenario) -> None:
    """A known gap that has closed: nothing went wrong at the portal, so it is not told as a failure."""
    gap = scenario.gap
    if gap and scenario.verdict is Verdict.UNEXPECTED_PASS:
        name = plainly(f"{scenario.manual} {scenario.procedure} / {titled(scenario.name, scenario.example)}")
        said = plainly(
            f"既知の不適合 {gap.requirement}（{gap.reason}）は解消しています。ターゲットファイルから除いてください。"
        )
        console.print(f"{_shown(scenario.verdict)} {name}: {said}", soft_wrap=True, highlight=False)


def show_trend(console: Console, trend: Trend) -> None:
    """Print what is different from the earlier runs."""
    for name in trend.unreadable:
        console.print(f"[yellow]履歴のファイルを読めません[/] {plainly(name)}", soft_wrap=True, highlight=False)
    for one in trend.changed:
        name = plainly(f"{one.manual} {one.procedure} / {titled(one.name, one.example)}")
        turn = f"{verdict_name(one.before)} → {verdict_name(one.now)}"
        since = f"{one.since.astimezone():%Y-%m-%d %H:%M} の実行まで{verdict_name(one.before)}"
        console.print(f"[{STYLES[one.now]}]変化[/] {name}: {turn}（{since}）", soft_wrap=True, highlight=False)
    for unstable in trend.unsteady:
        _waver(console, unstable, "直近の ")


def _waver(console: Console, one: Unsteady, when: str = "") -> None:
    """A scenario that ended now this way, now that: how often each."""
    counts = "、".join(f"{verdict_name(verdict)} {number} 回" for verdict, number in one.verdicts.items())
    name = plainly(f"{one.manual} {one.procedure} / {titled(one.name, one.example)}")
    console.print(f"[yellow]不安定[/] {name}: {when}{one.times} 回のうち {counts}", soft_wrap=True, highlight=False)


def _explain(console: Console, scenario: Scenario) -> None:
    """Requirement / Manual says / Portal did."""
    failure, gap = scenario.failure, scenario.gap
    assert failure
    console.print(f"{_shown(scenario.verdict)} [bold]{plainly(_name(scenario))}[/]", soft_wrap=True, highlight=False)
    known = [("既知の理由", f"{gap.reason}（{gap.until:%Y-%m-%d} まで）")] if gap else []
    _tell(
        console,
        ("要求事項", " ".join(failure.requirement)),
        ("マニュアル", failure.manual_says),
        ("ポータル" if scenario.verdict in DEVIATIONS else "起きたこと", failure.portal_did),
        *known,
        ("手順", failure.step),
        ("再実行", scenario.repeat),
    )


def _explain_cause(console: Console, cause: Cause) -> None:
    """Why scenarios were left undecided, once for all that have it in common."""
    if cause.count == 1:
        _explain(console, cause.scenarios[0])
        return
    console.print(f"{_shown(cause.verdict)} [bold]{cause.count} 件が同じ理由[/]", soft_wrap=True, highlight=False)
    names = [_name(one) for one in cause.scenarios[:MOST_NAMED]]
    names += [f"ほか {cause.count - MOST_NAMED} 件（報告書）"] if cause.count > MOST_NAMED else []
    _tell(console, ("起きたこと", cause.said), ("シナリオ", "\n".join(names)), ("再実行", cause.scenarios[0].repeat))


def _tell(console: Console, *parts: tuple[str, str]) -> None:
    """In lines that are not folded: they are there to be copied."""
    for label, text in parts:
        indented = visible(text).replace("\n", f"\n{' ' * 14}")
        console.print(f"  {set_cell_size(label, 10)}  {indented}", soft_wrap=True, markup=False, highlight=False)
    console.print()


def _shown(verdict: Verdict) -> str:
    return f"[{STYLES[verdict]}]{verdict_name(verdict)}[/]"


def _name(scenario: Scenario) -> str:
    title = titled(scenario.name, scenario.example, scenario.attempt)
    return f"{scenario.manual} {scenario.procedure} / {title}"
