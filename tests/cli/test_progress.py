"""The progress plugin: what it shows of a run, and what it keeps because no result file says it."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console

from sekisho.manual.titles import titled
from sekisho.run.progress import Progress, display

TOTALS = {("danshin", "更新"): 2, ("danshin", "規則"): 1}


def report(
    nodeid: str, *, verdict: str | None = None, failed: bool = False, when: str = "call", procedure: str = "更新"
) -> pytest.TestReport:
    """One phase of one scenario, as a worker sends it."""
    facts: dict[str, object] = {"manual": "danshin", "procedure": procedure, "name": nodeid, "verdict": verdict}
    facts |= {"ids": [], "seconds": 1.26}
    return pytest.TestReport(
        nodeid,
        ("test_scenarios.py", 1, nodeid),
        {},
        "failed" if failed else "passed",
        "the reason" if failed else None,
        when,  # type: ignore[arg-type]  # one of setup, call, teardown
        user_properties=[("sekisho", facts)] if verdict else [],
    )


def shown(
    *reports: pytest.TestReport, plain: bool = True, totals: dict[tuple[str, str], int] = TOTALS
) -> tuple[str, Progress]:
    """What is on the screen after these reports."""
    screen = io.StringIO()
    console = Console(file=screen, width=100, force_terminal=not plain, color_system=None)
    with display(console, totals, plain=plain) as where:
        progress = Progress(where)
        for one in reports:
            progress.pytest_runtest_logreport(one)
    return screen.getvalue(), progress


def test_a_log_gets_one_line_for_each_scenario() -> None:
    """Place in the run, verdict, procedure, name and time; the phases of a test are not counted twice."""
    text, _ = shown(
        report("期限の30日前", when="setup"),
        report("期限の30日前", verdict="PASS"),
        report("期限の30日前", verdict="PASS", when="teardown"),
        report("期限の31日前", verdict="FAIL", failed=True),
    )

    assert text.splitlines() == [
        "[1/3] PASS  danshin 更新 / 期限の30日前 (1.3 s)",
        "[2/3] FAIL  danshin 更新 / 期限の31日前 (1.3 s)",
    ]


def test_a_terminal_gets_a_bar_for_each_procedure_and_a_line_for_a_failure() -> None:
    """Bars count up; what fails is named at once."""
    text, _ = shown(report("一", verdict="PASS"), report("二", verdict="FAIL", failed=True), plain=False)

    assert "danshin 更新" in text
    assert "danshin 規則" in text
    assert "FAIL danshin 更新 / 二" in text
    assert "2/2" in text


def test_what_pytest_prints_stays_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """The bars and nothing else: the display does not take over what this process prints."""
    screen = io.StringIO()
    with display(Console(file=screen, width=100, force_terminal=True), TOTALS, plain=False):
        sys.stdout.write("test session starts\n")
        sys.stderr.write("a warning\n")

    assert "session" not in screen.getvalue()
    assert "warning" not in screen.getvalue()
    assert capsys.readouterr() == ("test session starts\n", "a warning\n")


def test_several_manuals_get_a_bar_each() -> None:
    """Their procedures together would not fit a terminal."""
    text, _ = shown(report("一", verdict="PASS"), plain=False, totals={**TOTALS, ("obn", "失効"): 5})

    assert "1/3" in text
    assert "0/5" in text
    assert "失効" not in text


def test_an_examples_values_are_in_its_name() -> None:
    """One line for each example of an outline, told apart by what differs."""
    assert (
        titled("有効期限の<日数>日前は<結果>", {"日数": "30", "結果": "更新できる"}) == "有効期限の30日前は更新できる"
    )


def test_markup_in_a_scenarios_name_is_text() -> None:
    """A name with brackets is shown as it is."""
    for plain in (True, False):
        text, _ = shown(report("[red]x[/red] [/]", verdict="FAIL", failed=True), plain=plain)
        assert "[red]x[/red] [/]" in text


def test_a_failure_with_a_verdict_is_no_problem_of_the_harness() -> None:
    """The result file says it."""
    _, progress = shown(report("一", verdict="FAIL", failed=True))

    assert progress.broken == {}


def test_a_test_that_breaks_without_a_verdict_is_kept() -> None:
    """A crashed worker or a broken fixture must not pass for conformance."""
    _, progress = shown(report("一", failed=True))

    assert progress.broken == {"一": "the reason"}


def test_a_scenario_whose_clean_up_fails_is_kept() -> None:
    """PASS was written before the clean-up broke: the machine is not in the state it should be in."""
    _, progress = shown(report("一", verdict="PASS"), report("一", verdict="PASS", failed=True, when="teardown"))

    assert progress.broken == {"一": "the reason"}


def test_ctrl_c_is_told_from_a_run_that_gave_up() -> None:
    """Pytest announces both through one hook."""
    _, progress = shown()
    with pytest.raises(KeyboardInterrupt) as pressed:
        raise KeyboardInterrupt
    progress.pytest_keyboard_interrupt(pressed)
    assert progress.interrupted
    assert progress.broken == {}

    with pytest.raises(pytest.exit.Exception) as gave_up:
        pytest.exit("no browser")
    progress.pytest_keyboard_interrupt(gave_up)
    assert not progress.interrupted
    assert progress.broken == {"pytest": "no browser"}
