"""The end of a run or of a merge: the summary on the screen, the reports, and the exit code."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from reports.conclusion import Conclusion, conclude
from reports.reading import Results, read
from reports.wording import conclusion_says, word
from sekisho.browser.channels import BrowserChoice
from sekisho.cli import allure, folders, summary
from sekisho.cli.exit import Exit
from sekisho.language import counted, say
from sekisho.machine import files
from sekisho.machine.remedies import command
from sekisho.manual.folders import options
from sekisho.run.history import update
from sekisho.verdict import EnvironmentProblemError


def close(
    folder: Path,
    *,
    broken: bool,
    history: Path | None = None,
    pdf: bool = False,
    browser: BrowserChoice | None = None,
    target: Path | None = None,
) -> Exit:
    """Show what the results in a folder come to and write the reports; `broken`: tests ended without a verdict.

    With a `history` the results are compared with the earlier ones in that folder, and join them. With `pdf` the report
    is printed, too, by a `browser` or any that is there: where that fails a run that went well ends as an ENVIRONMENT
    problem, and any other as it would. What the portal says in its own words its `target` file may learn.
    """
    console, results = Console(), read(folder)
    summary.show(console, results)
    if history:
        _look_back(console, results, history)
    concluded = conclude(results)
    console.print(summary.sentence(concluded), soft_wrap=True)
    if results.run.finished is None and concluded is not Conclusion.INTERRUPTED:  # what was found outweighs it
        console.print(conclusion_says(Conclusion.INTERRUPTED), soft_wrap=True, highlight=False)
    if left := results.run.left_out:
        console.print(word("cells_left", count=left), soft_wrap=True, highlight=False)
    if results.run.stopped:
        console.print(results.run.stopped, soft_wrap=True, highlight=False, markup=False)
    console.print(f"{say('報告書', 'Report')}: {folders.write_reports(folder)}", soft_wrap=True, highlight=False)
    if target and (count := _learnable(results)):
        console.print(_learn(target, folder, count), soft_wrap=True, highlight=False, markup=False)
    code = summary.exit_code(concluded, {one.verdict for one in results.scenarios}, broken=broken)
    return _printed(console, folder, code, browser) if pdf else code


def _learnable(results: Results) -> int:
    """How many words of its portal's own a target file may learn."""
    from sekisho.target_file.learning import learnt  # noqa: PLC0415 - a run of the mock learns nothing

    return sum(len(one.seen) for names in learnt(results.scenarios, {}).values() for one in names.values())


def _learn(target: Path, folder: Path, count: int) -> str:
    shown = command("target", "words", str(target), str(folder), *options())
    return say(
        f"ポータル自身の言葉が {count} 通りありました。ターゲットファイルに書く形で見る: {shown}",
        f"{counted(count, 'wording')} of the portal's own. To see them as the target file would have them: {shown}",
    )


def _printed(console: Console, folder: Path, code: Exit, browser: BrowserChoice | None) -> Exit:
    try:
        console.print(f"PDF: {folders.print_report(folder, browser)}", soft_wrap=True, highlight=False)
    except EnvironmentProblemError as problem:
        sys.stderr.write(f"sekisho: {problem}\n")
        return Exit.ENVIRONMENT if code is Exit.CONFORMANT else code
    return code


def _look_back(console: Console, results: Results, history: Path) -> None:
    trend = update(history, results.run, results.scenarios)
    files.write(results.folder / "trend.json", trend.model_dump_json(indent=1))
    summary.show_trend(console, trend)
    allure.report(results.folder, history)
