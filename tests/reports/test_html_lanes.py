"""The orders of two tabs in a real browser: strips, lanes, and which of several equal failures stands for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from reports.lanes import orders
from sekisho.results import Exchange, Scenario, Step, TabsCell
from sekisho.verdict import Verdict

from .axe import AXE
from .conftest import Reader
from .samples import failing, run, saved, scenario, step

COUNTS = {"cells": 46, "all": 924, "silent": 854, "mirrored": 35}
SAID = {"A": "タブAで、鍵の取得を送信する", "B": "タブBで、鍵の取得を送信する"}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Three orders: one goes well, of two that fail alike the later one is the plainer."""
    clean = scenario("二つのタブ", lanes("AB"), id="undisturbed", feature="danshin/explore/tabs_issue.feature")
    found = [ordered("good", "AABB"), ordered("torn", "ABAB", wrong=True), ordered("plain", "ABBA", wrong=True)]
    return html.write(saved(tmp_path, run(), [clean, *found]))


def lanes(order: str) -> list[Step]:
    """A sentence for each step."""
    return [step(SAID[lane], "DAN-ISSUE-05") for lane in order]


def ordered(name: str, order: str, *, wrong: bool = False) -> Scenario:
    """A result of one order."""
    sent = [
        Exchange(press=at, cause=SAID[lane], method="POST", address="enrol /x/ee/key.jsp", status=303, size=14)
        for at, lane in enumerate(order, start=1)
    ]
    base = failing(id=name) if wrong else scenario(name, [], id=name)
    seen = [one for one in base.steps if one.verdict is Verdict.FAIL]
    facts = {
        "feature": "danshin/explore/tabs_issue.feature",
        "procedure": "二つのタブでの新規取得",
        "example": {"順序": order, "加えた操作": "A2で再読み込みする"},
        "steps": [*lanes(order), *seen],
        "exchanges": sent,
        "cell": TabsCell.model_validate(
            {"procedure": "undisturbed", "order": order, "letter": "reload", "at": 2} | COUNTS
        ),
    }
    return base.model_copy(update=facts)


def test_a_strip_goes_from_left_to_right_in_two_rows(report: Path, reader: Reader) -> None:
    """Each step behind the one before, above or below; it leads to what was seen."""
    seen = reader.read(
        report,
        "[...document.querySelectorAll('.orders a')].map(one => [decodeURI(one.hash),"
        " ...[...one.querySelectorAll('.strip i')].map(step => [step.textContent,"
        " Math.round(step.getBoundingClientRect().left), Math.round(step.getBoundingClientRect().top)])])",
    )
    by_hash = {one[0]: one[1:] for one in seen.value}
    torn = by_hash["#scenario-torn"]
    assert [text for text, _, _ in torn] == ["1", "1", "2", "2"]
    lefts, tops = [left for _, left, _ in torn], [top for _, _, top in torn]
    assert lefts == sorted(set(lefts))
    assert tops[0] == tops[2] < tops[1] == tops[3]


def test_the_plainest_of_equal_failures_stands_for_all(report: Path, reader: Reader) -> None:
    """With its two lanes, what each sentence exchanged, and the command that repeats it."""
    text = reader.read(report, "document.querySelector('#findings').innerText").value
    assert "2 セルが同じ動作を示しました" in text
    seen = reader.read(
        report,
        "const lanes = document.querySelector('#findings .lanes');"
        "[[...lanes.querySelectorAll('tbody tr')].map(row => row.querySelector('.lane-a') ? 'A' : 'B').join(''),"
        " lanes.querySelector('code').innerText, document.querySelectorAll('#orders .red .command').length]",
    )
    assert seen.value == ["ABBA", "POST enrol /…/key.jsp", 2]


def test_a_procedure_of_which_no_order_was_carried_out_is_shown(tmp_path: Path) -> None:
    """A budget may hold none: it looks as if there were no such procedure."""
    clean = scenario("二つのタブで更新する", lanes("AB"), id="alone", feature="danshin/explore/tabs_renewal.feature")
    text = html.write(saved(tmp_path, run(), [clean])).read_text("utf-8")
    orders = text[text.index('id="orders"') : text.index('id="coverage"')]
    assert "二つのタブで更新する" in orders
    assert "ほかの順序は実行していない" in orders


@pytest.mark.parametrize("width", [390, 1366])
def test_it_fits_the_screen_and_an_outside_judge_finds_nothing_serious(
    report: Path, reader: Reader, width: int
) -> None:
    """axe-core, with everything open; nothing is scrolled sideways but the lanes themselves."""
    opened = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    assert reader.read(report, f"{opened} {AXE}", width=width).value == []
    assert reader.read(report, f"{opened} document.documentElement.scrollWidth - innerWidth", width=width).value == 0


def test_scenarios_about_tabs_of_a_usual_run_are_no_orders() -> None:
    """A manual may call one of its ordinary files so."""
    usual = scenario("二つのタブ", lanes("AB"), feature="obn/tabs.feature")
    explored = scenario("二つのタブ", lanes("AB"), feature="obn/explore/tabs.feature")
    assert orders([usual]) == []
    assert len(orders([explored])) == 1
