"""Each scenario several times: what is the same every time, and what is not."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from reports.reading import Results
from sekisho.cli import summary
from sekisho.manual.rows import rows
from sekisho.results import Scenario
from sekisho.run.stability import unsteady
from sekisho.verdict import Verdict
from tests.reports.samples import run, scenario, step

Command = Callable[..., subprocess.CompletedProcess[str]]


def attempts(name: str, *verdicts: Verdict) -> list[Scenario]:
    """A scenario that was carried out once for each of these verdicts."""
    return [
        scenario(name, [step("見る", "DAN-RENEW-01")], verdict=verdict, attempt=number, id=identifier(name, number))
        for number, verdict in enumerate(verdicts, 1)
    ]


def identifier(name: str, number: int) -> str:
    """The id of a repetition."""
    return name if number == 1 else f"{name}-{number}"


def test_the_same_verdict_each_time_is_steady() -> None:
    """Also when it is a bad one."""
    assert unsteady([*attempts("a", *[Verdict.PASS] * 10), *attempts("b", *[Verdict.FAIL] * 10)]) == []


def test_what_ends_now_this_way_now_that_is_counted_by_verdict() -> None:
    """Three deviations in ten."""
    (found,) = unsteady(attempts("a", *[Verdict.PASS] * 4, *[Verdict.FAIL] * 3, *[Verdict.PASS] * 3))

    assert (found.scenario, found.times) == ("a", 10)
    assert found.verdicts == {Verdict.PASS: 7, Verdict.FAIL: 3}


def test_a_scenario_whose_id_ends_like_a_repetition_is_not_taken_for_one() -> None:
    """Only the number of the attempt says what belongs together."""
    assert unsteady([*attempts("a", Verdict.PASS), *attempts("a-2", Verdict.FAIL)]) == []


def test_attempts_without_an_account_left_do_not_count() -> None:
    """Whoever has one account for a procedure that uses it up has one attempt, and nine that were BLOCKED."""
    assert unsteady(attempts("a", Verdict.PASS, *[Verdict.BLOCKED] * 9)) == []

    (found,) = unsteady(attempts("a", Verdict.PASS, Verdict.FAIL, *[Verdict.BLOCKED] * 8))
    assert found.times == 2


def test_an_admitted_gap_that_shows_only_at_times_is_unsteady_too() -> None:
    """It is excused, and its reader still wants to know that it is not always there."""
    (found,) = unsteady(attempts("a", Verdict.KNOWN_GAP, Verdict.PASS))
    assert found.verdicts == {Verdict.KNOWN_GAP: 1, Verdict.PASS: 1}


def test_the_worst_comes_first() -> None:
    """A deviation before trouble of our own."""
    found = unsteady([*attempts("a", Verdict.PASS, Verdict.ERROR), *attempts("b", Verdict.PASS, Verdict.FAIL)])
    assert [one.scenario for one in found] == ["b", "a"]


def test_the_summary_says_how_often_of_how_many(tmp_path: Path) -> None:
    """In words, with the scenario's name."""
    console = Console(file=io.StringIO(), width=120)
    scenarios = attempts("更新できる", Verdict.PASS, Verdict.PASS, Verdict.FAIL)
    summary.show(console, Results(tmp_path, run(), scenarios, rows(), []))

    assert isinstance(console.file, io.StringIO)
    assert "不安定 danshin クライアント証明書の更新 / 更新できる: 3 回のうち 適合 2 回、不適合 1 回" in (
        console.file.getvalue()
    )


@pytest.mark.parametrize("times", ["0", "-1", "two", "1001"])
def test_a_number_of_repetitions_that_is_none_is_refused(sekisho: Command, times: str) -> None:
    """Before anything starts."""
    done = sekisho("run", "--repeat", times)
    assert done.returncode == 2
    assert "--repeat" in done.stderr
