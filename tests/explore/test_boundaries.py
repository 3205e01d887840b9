"""Boundaries: the days of the calendar, and the cells that a rule's outline has on them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.boundaries import DAY, explained
from reports.boundaries import rules
from sekisho.explore import boundary_cells
from sekisho.explore.boundary_cells import cases
from sekisho.explore.calendar import PLACES, place
from sekisho.explore.choosing import cells, offered, unrecorded
from sekisho.manual.citations import CitedScenario
from sekisho.manual.rows import rows as manual_rows
from sekisho.results import read_scenarios
from sekisho.verdict import BlockedError, ConfigurationProblemError, UnreachableError, Verdict
from tests.reports.samples import scenario, step

DAYS = [
    ("ふつうの日", date(2026, 11, 26), date(2026, 11, 26)),
    ("月末", date(2026, 11, 26), date(2026, 11, 30)),
    ("月末", date(2026, 12, 1), date(2027, 1, 31)),
    ("平年の2月28日", date(2027, 3, 1), date(2029, 2, 28)),
    ("うるう日の前日", date(2026, 11, 26), date(2028, 2, 28)),
    ("うるう日", date(2096, 3, 1), date(2104, 2, 29)),
    ("うるう年の3月15日", date(2028, 3, 16), date(2032, 3, 15)),
    ("大みそか", date(2026, 12, 31), date(2026, 12, 31)),
    ("2038年1月19日", date(2026, 11, 26), date(2038, 1, 19)),
    ("2038年1月19日", date(2038, 1, 20), None),
]


@pytest.mark.parametrize(("name", "today", "meant"), DAYS)
def test_a_place_in_the_calendar_is_the_next_such_day(name: str, today: date, meant: date | None) -> None:
    """From today on; 2100 is no leap year, and a day that is over has no next."""
    found = place(name)
    assert found
    assert found.next(today) == meant


def test_a_rule_is_tried_on_each_side_on_every_day(tmp_path: Path) -> None:
    """Without having been carried out before; ids are apart, and stay what they are."""
    (rule,) = [one for one in offered(["danshin"], ["boundaries"]) if one.name.startswith("更新は有効期限の30日前から")]
    assert unrecorded(tmp_path, [rule]) == []
    found = cells(tmp_path, rule)
    assert len({one.id for one in found}) == len(found) == 2 * len(PLACES)
    assert [one.values["側"] for one in found[:2]] == ["31日前の終わり", "30日前の始まり"]
    assert {one.record.procedure for one in found} == {found[0].record.procedure}


def test_every_rule_of_ours_cites_the_row_that_states_it() -> None:
    """And has sides, and a day."""
    known = {one.id for one in manual_rows()}
    for rule in offered([], ["boundaries"]):
        assert rule.scenario_ids
        assert set(rule.scenario_ids) <= known
        assert cases(rule)


def without(rule: CitedScenario, what: str) -> CitedScenario:
    """A rule in which something is missing."""
    if what == "side":
        return replace(rule, values=tuple({"時刻": one["時刻"]} for one in rule.values))
    return replace(rule, steps=rule.steps[1:])


@pytest.mark.parametrize("what", ["side", "day"])
def test_an_outline_without_sides_or_day_is_refused(what: str) -> None:
    """With the sentence that it needs."""
    rule = without(offered(["danshin"], ["boundaries"])[0], what)
    with pytest.raises(ConfigurationProblemError, match="「側」と、「前提 今日は<暦>である」が要ります"):
        cases(rule)


def test_a_rule_of_which_no_cell_was_carried_out_is_shown() -> None:
    """With its sides and no verdict: within a budget it was missing from the table."""
    first, second = offered(["danshin"], ["boundaries"])[:2]
    one = cases(first)[0]
    done = scenario(first.name, [step("x")], example=one.values, ids=list(first.ids))
    found = rules(
        [done.model_copy(update={"cell": one.record})], [boundary_cells.rule(first), boundary_cells.rule(second)]
    )
    assert [len(each.cells) for each in found] == [1, 0]
    assert found[1].verdict is Verdict.NOT_REACHED
    assert [(side.name, side.moment) for side in found[1].sides.values()] == [
        (each["側"], each["時刻"]) for each in second.values
    ]
    assert len(found[0].sides) == len(first.values)


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), UnreachableError("gone"), BlockedError("x")], ids=lambda one: type(one).__name__
)
def test_where_nobody_can_be_asked_for_the_day_an_error_stays_what_it_is(error: BaseException) -> None:
    """Ctrl-C ends the mock too: asking it what day it was then ended an exploration as a defect of ours."""

    def gone(_: str) -> object:
        raise UnreachableError

    request: Any = SimpleNamespace(getfixturevalue=gone, node=SimpleNamespace(stash={DAY: date(2026, 11, 27)}))
    assert explained(request, error) is error


def test_a_day_that_is_not_counted_shows_on_a_leap_day_alone(tmp_path: Path) -> None:
    """In a real browser: the invitation is over a day too late, against the row that says when it is."""
    words = ["--manual", "kihonet", "--kind", "boundaries", "--defect", "leap-day-not-counted"]
    for day in ("ふつうの日", "うるう日"):
        words += ["--select", f"取得案内は証明書情報の発行後30日間有効（31日目の始まり、{day}）"]
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *words]
    done = subprocess.run([*command, "--out", str(tmp_path / "run")], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    found = {one.example["暦"]: one for one in read_scenarios(tmp_path / "run")}
    assert {day: one.verdict for day, one in found.items()} == {"ふつうの日": Verdict.PASS, "うるう日": Verdict.FAIL}
    failure = found["うるう日"].failure
    assert failure
    assert failure.requirement == ["KIHO-RULE-02"]
