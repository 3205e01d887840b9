"""Boundaries and walks in a report, in a real browser: what is seen of them, and that outside judges find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import html
from sekisho.results import BoundaryCell, Exchange, FaultCell, Scenario, Standing, WalkCell, Walked

from . import samples
from .axe import AXE
from .conftest import Reader
from .samples import run, saved, step

STEPS = [step("確かめる", "DAN-RULE-03")]
WALK = "# language: ja\n機能: 歩き\n\n  シナリオ: 始まり\n    前提 更新できる証明書を取り込んだ利用者がいる\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A rule on two days, one of whose cells failed; walks from one beginning that fail in two ways."""
    rule = [
        explored("before", cell=boundary("31日前の終わり", "うるう日"), wrong=True, example={"時刻": "23時59分"}),
        explored("behind", cell=boundary("30日前の始まり", "うるう日"), example={"時刻": "翌日の0時0分"}),
        explored("usual", cell=boundary("30日前の始まり", "ふつうの日"), example={"時刻": "翌日の0時0分"}),
    ]
    moves = ["再発行を依頼する", "案内に従って証明書を取得する", "再発行を依頼する"]
    walked = Walked(tried=34, longest=6, moves=moves, gherkin=WALK, others=[WALK.replace("始まり", "ほか")])
    long = explored("long", example={"通信": f"POST enrol /{'Nissay' * 12}"}, wrong=True)  # an address without a break
    walk = explored("walk", cell=WalkCell(procedure="beginning"), walked=walked, wrong=True)
    return html.write(saved(tmp_path, run(), [*rule, long, walk]))


def boundary(side: str, place: str) -> BoundaryCell:
    """A cell of the one rule."""
    return BoundaryCell(procedure="rule", side=side, place=place)


def explored(name: str, *, wrong: bool = False, **more: object) -> Scenario:
    """A result of an exploration."""
    facts = {
        "feature": "danshin/explore/boundaries.feature",
        "name": "更新は有効期限の30日前から（<側>、<暦>）",
        "ids": ["DAN-RULE-03"],
    }
    return samples.explored(name, STEPS, facts | more, wrong=wrong)


def test_a_rule_stands_once_with_its_row_its_sides_and_the_days(report: Path, reader: Reader) -> None:
    """Each square leads to its cell; the one that failed says how it is repeated."""
    seen = reader.read(
        report,
        "const rows = [...document.querySelectorAll('#boundaries tbody tr')];"
        "[document.querySelector('#boundaries tbody th').innerText, rows.map(one => one.querySelector('td').innerText),"
        " rows.map(one => [...one.querySelectorAll('.square a')].map(a => decodeURI(a.hash))),"
        " document.querySelector('#boundaries .red code').textContent]",
    )
    rule, sides, links, command = seen.value
    assert rule.split("\n")[:2] == ["更新は有効期限の30日前から", "DAN-RULE-03"]
    assert [one.split("\n") for one in sides] == [["31日前の終わり", "23時59分"], ["30日前の始まり", "翌日の0時0分"]]
    assert links == [["#scenario-before"], ["#scenario-usual", "#scenario-behind"]]
    assert command.startswith("sekisho run --select")


def test_the_shortest_walk_is_there_to_be_pasted(report: Path, reader: Reader) -> None:
    """With its moves, how many were tried, and what else went wrong."""
    seen = reader.read(
        report,
        "[document.querySelector('#walks h3 small').innerText,"
        " [...document.querySelectorAll('#walks ol li')].map(one => one.innerText),"
        " [...document.querySelectorAll('#walks pre')].map(one => one.textContent)]",
    )
    tried, moves, written = seen.value
    assert "34 通りの歩き、適合した最長 6 手" in tried
    assert moves == ["再発行を依頼する", "案内に従って証明書を取得する", "再発行を依頼する"]
    assert written == [WALK, WALK.replace("始まり", "ほか")]


@pytest.mark.parametrize("width", [1366, 390])
def test_an_outside_judge_finds_nothing_serious(report: Path, reader: Reader, width: int) -> None:
    """axe-core, with everything open; nor does the page itself scroll sideways."""
    opened = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    assert reader.read(report, f"{opened} {AXE}", width=width).value == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.read(report, f"{opened} {wide}", width=width).value == 0


def test_a_cell_that_came_to_stand_as_another_is_marked_and_leads_to_it(tmp_path: Path, reader: Reader) -> None:
    """The matrix counts such cells, and an outside judge finds nothing serious in it."""
    at = Exchange(press=1, cause="更新を申請する", method="POST", address="renew /apply", status=303, size=0)
    renewal = "danshin/explore/renewal.feature"

    def cell(fault: str, same_as: str) -> Scenario:
        place = FaultCell(procedure="clean", press=1, method="POST", address=at.address, fault=fault)
        stood = Standing(portal="a", window="b", same_as=same_as)
        return explored(fault, feature=renewal, cell=place, standing=stood)

    found = [explored("clean", feature=renewal, exchanges=[at]), cell("reply-lost", ""), cell("reset", "reply-lost")]
    report = html.write(saved(tmp_path, run(), found))
    seen = reader.read(
        report,
        "[document.querySelector('#exploration h3 small').innerText,"
        " [...document.querySelectorAll('#exploration .same')].map(one => decodeURI(one.closest('a').hash)),"
        " document.querySelectorAll('#exploration .square a').length]",
    )
    told, marked, cells = seen.value
    assert "= の 1 セルは途中から別のセルと同じになり" in told
    assert (marked, cells) == (["#scenario-reset"], 2)
    opened = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    assert reader.read(report, f"{opened} {AXE}").value == []
    links = (
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
        " done([...document.querySelectorAll('#scenario-reset .reason a')].map(one => decodeURI(one.hash))))))"
    )
    assert reader.read(report, links, "#scenario-reset").value == ["#scenario-reply-lost"]
