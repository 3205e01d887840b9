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
from reports.wording import conclusion_name, conclusion_says, manual_name, verdict_name
from sekisho.cli.exit import Exit
from sekisho.cli.plainly import plainly
from sekisho.language import counted, say
from sekisho.manual.titles import titled
from sekisho.results import Gap, Scenario
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
    return f"[bold]{conclusion_name(concluded)}[/] {conclusion_says(concluded)}"


def show(console: Console, results: Results) -> None:
    """Print the table of procedures and verdicts, the warnings, then what did not come to its end, worst first."""
    scenarios = results.scenarios
    if scenarios:
        console.print(_table(results))
    for reason, warned in _warned(scenarios).items():
        _warn(console, reason, warned)
    for scenario in scenarios:
        _outdated(console, scenario)
    for unstable in unsteady(scenarios):
        _waver(console, unstable)
    failed = [one for one in scenarios if one.failure and one.verdict not in {Verdict.NOT_APPLICABLE, *UNDECIDED}]
    for scenario in sorted(failed, key=lambda one: -one.verdict.severity)[:MOST_SHOWN]:
        _explain(console, scenario)
    if len(failed) > MOST_SHOWN:
        rest = len(failed) - MOST_SHOWN
        console.print(say(f"ほか {rest} 件は報告書にあります。\n", f"{rest} more are in the report.\n"))
    found = causes([one for one in scenarios if one.verdict in UNDECIDED])
    for cause in found[:MOST_CAUSES]:
        _explain_cause(console, cause)
    if len(found) > MOST_CAUSES:
        rest = len(found) - MOST_CAUSES
        console.print(
            say(
                f"判定できなかった理由は、ほかに {rest} 通りあります（報告書）。\n",
                f"{rest} more reasons why something was left undecided are in the report.\n",
            )
        )


def _table(results: Results) -> Table:
    """A line for each procedure with scenarios; of several manuals, below them a line for each; and the sum."""
    scenarios = results.scenarios
    covered = coverage(results.rows, (), scenarios).rows
    found = [one for one in manuals(results, covered) if one.scenarios]
    shown = [verdict for verdict in Verdict if any(scenario.verdict is verdict for scenario in scenarios)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("手続き", "Procedure"), overflow="fold")
    for verdict in shown:
        table.add_column(verdict_name(verdict), justify="right", style=STYLES[verdict])
    table.add_column(say("秒", "s"), justify="right")
    for manual in found:
        for procedure in manual.procedures:
            _add_row(table, f"{manual.manual} {procedure.name}" if len(found) > 1 else procedure.name, procedure, shown)
        table.add_section()
    for manual in found if len(found) > 1 else ():
        name, total, examined = manual_name(manual.manual, results.run), manual.total, manual.examined
        judged = say(f"（{total} 項目中 {examined} 項目を判定）", f" ({examined} of {total} rows examined)")
        _add_row(table, f"{name}{judged}", manual, shown)
    table.add_section()
    _add_row(table, say("合計", "Total"), Part("", "", scenarios), shown)
    return table


def _add_row(table: Table, title: str, part: Part, shown: list[Verdict]) -> None:
    table.add_row(title, *(str(part.counts[verdict] or "") for verdict in shown), f"{part.seconds:.1f}")


def _warned(scenarios: list[Scenario]) -> dict[str, list[Scenario]]:
    """By what there is to be warned of: the scenarios that do, each once. A portal's own words show in many."""
    found: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        for reason in dict.fromkeys(step.reason for step in scenario.steps if step.verdict is Verdict.WARNING):
            found.setdefault(reason, []).append(scenario)
    return found


def _warn(console: Console, reason: str, warned: list[Scenario]) -> None:
    first, *others = map(_name, warned)
    more = say(f"（ほか {len(others)} 件）", f" (and {len(others)} more)") if others else ""
    line = f"{_shown(Verdict.WARNING)} {plainly(f'{first}{more}: {reason}')}"
    console.print(line, soft_wrap=True, highlight=False)


def _outdated(console: Console, scenario: Scenario) -> None:
    """A known gap that has closed: nothing went wrong at the portal, so it is not told as a failure."""
    gap = scenario.gap
    if gap and scenario.verdict is Verdict.UNEXPECTED_PASS:
        name = plainly(f"{scenario.manual} {scenario.procedure} / {titled(scenario.name, scenario.example)}")
        said = plainly(
            say(
                f"既知の不適合 {gap.requirement}（{gap.reason}）は解消しています。"
                "ターゲットファイルから除いてください。",
                f"the known gap {gap.requirement} ({gap.reason}) has closed. Remove it from the target file.",
            )
        )
        console.print(f"{_shown(scenario.verdict)} {name}: {said}", soft_wrap=True, highlight=False)


def show_trend(console: Console, trend: Trend) -> None:
    """Print what is different from the earlier runs."""
    for name in trend.unreadable:
        unread = say("履歴のファイルを読めません", "Cannot read this file of the history:")
        console.print(f"[yellow]{unread}[/] {plainly(name)}", soft_wrap=True, highlight=False)
    for one in trend.changed:
        name = plainly(f"{one.manual} {one.procedure} / {titled(one.name, one.example)}")
        before, now = verdict_name(one.before), verdict_name(one.now)
        when = f"{one.since.astimezone():%Y-%m-%d %H:%M}"
        since = say(f"（{when} の実行まで{before}）", f" ({before} until the run of {when})")
        changed = f"[{STYLES[one.now]}]{say('変化', 'Changed')}[/]"
        console.print(f"{changed} {name}: {before} → {now}{since}", soft_wrap=True, highlight=False)
    for unstable in trend.unsteady:
        times = unstable.times
        _waver(console, unstable, say(f"直近の {times} 回のうち", f"of the last {times} runs"))


def _waver(console: Console, one: Unsteady, among: str = "") -> None:
    """A scenario that ended now this way, now that: how often each."""
    among = among or say(f"{one.times} 回のうち", f"of {one.times} times")
    name = plainly(f"{one.manual} {one.procedure} / {titled(one.name, one.example)}")
    line = f"[yellow]{say('不安定', 'Not steady')}[/] {name}: {among} {_counts(one)}"
    console.print(line, soft_wrap=True, highlight=False)


def _counts(one: Unsteady) -> str:
    each = [(verdict_name(verdict), number) for verdict, number in one.verdicts.items()]
    return say(
        "、".join(f"{name} {number} 回" for name, number in each),
        ", ".join(f"{name} {number}" for name, number in each),
    )


def _explain(console: Console, scenario: Scenario) -> None:
    """Requirement / Manual says / Portal did."""
    failure, gap = scenario.failure, scenario.gap
    assert failure
    console.print(f"{_shown(scenario.verdict)} [bold]{plainly(_name(scenario))}[/]", soft_wrap=True, highlight=False)
    deviates = scenario.verdict in DEVIATIONS
    _tell(
        console,
        (say("要求事項", "Required"), " ".join(failure.requirement)),
        (say("手順書", "Manual"), failure.manual_says),
        (say("ポータル", "Portal") if deviates else say("起きたこと", "Happened"), failure.portal_did),
        *([(say("既知の理由", "Known as"), _known_until(gap))] if gap else []),
        (say("手順", "Step"), failure.step),
        (say("再実行", "Repeat"), scenario.repeat),
    )


def _known_until(gap: Gap) -> str:
    last = f"{gap.until:%Y-%m-%d}"
    return say(f"{gap.reason}（{last} まで）", f"{gap.reason} (until {last})")


def _explain_cause(console: Console, cause: Cause) -> None:
    """Why scenarios were left undecided, once for all that have it in common."""
    if cause.count == 1:
        _explain(console, cause.scenarios[0])
        return
    common = say(f"{cause.count} 件が同じ理由", f"{counted(cause.count, 'scenario')} for the same reason")
    console.print(f"{_shown(cause.verdict)} [bold]{common}[/]", soft_wrap=True, highlight=False)
    names = [_name(one) for one in cause.scenarios[:MOST_NAMED]]
    if (rest := cause.count - MOST_NAMED) > 0:
        names.append(say(f"ほか {rest} 件（報告書）", f"{rest} more (in the report)"))
    _tell(
        console,
        (say("起きたこと", "Happened"), cause.said),
        (say("シナリオ", "Scenarios"), "\n".join(names)),
        (say("再実行", "Repeat"), cause.scenarios[0].repeat),
    )


def _tell(console: Console, *parts: tuple[str, str]) -> None:
    """In lines that are not folded: they are there to be copied."""
    for label, text in ((label, text) for label, text in parts if text):
        indented = visible(text).replace("\n", f"\n{' ' * 14}")
        console.print(f"  {set_cell_size(label, 10)}  {indented}", soft_wrap=True, markup=False, highlight=False)
    console.print()


def _shown(verdict: Verdict) -> str:
    return f"[{STYLES[verdict]}]{verdict_name(verdict)}[/]"


def _name(scenario: Scenario) -> str:
    title = titled(scenario.name, scenario.example, scenario.attempt)
    return f"{scenario.manual} {scenario.procedure} / {title}"
