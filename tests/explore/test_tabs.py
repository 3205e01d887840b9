"""Two tabs: which orders of their steps there are, which are left out, which comes first, and how they are written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from math import comb
from pathlib import Path

import pytest

from reports import lanes as reported
from sekisho.explore.choosing import offered
from sekisho.explore.interleavings import Interleaving, interleavings, with_letters
from sekisho.explore.kinds import TABS, kind_of
from sekisho.explore.tab_cells import MOST, TabsCase, cases
from sekisho.manual import checking, folders
from sekisho.manual.citations import CitedScenario, in_file, scenario_id
from sekisho.manual.lanes import lanes, problems
from sekisho.results import Exchange, Scenario, TabsCell
from sekisho.verdict import ConfigurationProblemError, Verdict
from tests.reports.samples import scenario, step

SILENT = ("任意のパスワードを2回入力する", "ダウンロードできる画面になる")
READS = ("メニューの「鍵の取得」を開く",)


@pytest.fixture
def alone() -> CitedScenario:
    """One user in both tabs."""
    return _procedure("同じ利用者が二つのタブで鍵を取得する")


@pytest.fixture
def two() -> CitedScenario:
    """A user in each."""
    return _procedure("二人の利用者が二つのタブで鍵を取得する")


def _procedure(name: str) -> CitedScenario:
    return next(one for one in offered(["danshin"], ["tabs"]) if one.name == name)


def undisturbed(procedure: CitedScenario, refused: Callable[[str], bool] = lambda _: False) -> Scenario:
    """One tab after the other, as the mock's portal answers; sentences that are `refused` are passed over."""
    said = [*lanes(procedure).a, *lanes(procedure).b]
    asking = [one for one in said if not one.step.text.endswith(SILENT) and not refused(one.step.text)]
    exchanges = [
        Exchange(
            press=at,
            cause=one.step.text,
            method="GET" if one.text in READS else "POST",
            address="enrol /page",
            status=200,
            size=9,
        )
        for at, one in enumerate(asking, start=1)
    ]
    steps = [
        step(one.step.text, verdict=Verdict.NOT_APPLICABLE if refused(one.step.text) else Verdict.PASS) for one in said
    ]
    record = scenario(procedure.name, steps)
    return record.model_copy(update={"id": scenario_id(procedure, {}), "exchanges": exchanges})


def plain(found: list[TabsCase]) -> list[str]:
    """The orders without a letter."""
    return [one.interleaving.order for one in found if not one.interleaving.letter]


def test_every_order_of_two_lanes_is_there_once() -> None:
    """Four steps each make seventy, five make 252."""
    found = [one.order for one in interleavings(4, 4, mirrored=False)]
    assert len(set(found)) == len(found) == 70
    assert all(sorted(one) == list("AAAABBBB") for one in found)
    assert len(interleavings(MOST, MOST, mirrored=False)) == 252


def test_orders_that_only_swap_the_names_of_the_tabs_are_one() -> None:
    """Where both lanes say the same."""
    found = [one.order for one in interleavings(4, 4, mirrored=True)]
    swapped = {one.translate(str.maketrans("AB", "BA")) for one in found}
    assert len(found) == 35
    assert swapped.isdisjoint(found)


def test_the_first_are_those_in_which_the_other_tab_comes_in_before_both_last_steps() -> None:
    """A tab then acts on what it showed before the other did something."""
    found = interleavings(4, 4, mirrored=False)
    assert found[0] == Interleaving("ABABABAB")
    assert [one.torn for one in found] == sorted((one.torn for one in found), reverse=True)
    assert {one.order for one in found if not one.torn} >= {"AAAABBBB", "BBBBAAAA"}
    assert interleavings(4, 4, mirrored=False) == found


def test_what_exchanges_nothing_makes_no_order_of_its_own(two: CitedScenario) -> None:
    """Six sentences a lane, of which four exchange something: 924 orders come down to 70, and the cells say so."""
    found = cases(two, undisturbed(two))
    assert len(plain(found)) == 70
    (first, *_) = found
    assert isinstance(first.record, TabsCell)
    assert (first.record.all, first.record.silent, first.record.mirrored) == (comb(12, 6), 924 - 70, 0)
    assert first.record.cells == len(found)
    assert [one.at.text for one in first.steps("B")] == [
        "もう一人の利用者が案内のリンクを開いてログインする",
        "メニューの「鍵の取得」を開く",
        "鍵の取得を送信する",
        "鍵をダウンロードする",
    ]


def test_a_sentence_that_exchanges_nothing_goes_with_the_next_and_what_is_seen_with_what_was_done(
    alone: CitedScenario,
) -> None:
    """So that typing is not torn from sending, and nobody looks at the wrong tab."""
    (first, *_) = cases(alone, undisturbed(alone))
    assert [one.text for one in first.steps("A")[2].sentences] == [
        "利用者のリクエストIDと任意のパスワードを2回入力する",
        "鍵の取得を送信する",
        "鍵をダウンロードできる画面になる",
    ]
    assert first.record.mirrored == 35


def test_what_a_refused_tab_would_have_exchanged_the_other_one_tells(alone: CitedScenario) -> None:
    """The second tab of a user who has done all in the first may be refused, when they are carried out in turn."""
    whole, refused = undisturbed(alone), undisturbed(alone, lambda text: text.startswith("タブB"))
    assert plain(cases(alone, refused)) == plain(cases(alone, whole))


def test_a_letter_stands_at_each_step_that_changes_something() -> None:
    """In the order of one tab after the other; a tab that is not open has no copy."""
    found = list(with_letters(3, 2, {"A": {1, 3}, "B": {2}}))
    assert {one.order for one in found} == {"AAABB"}
    told = [(one.letter, one.steps[one.at - 1]) for one in found]
    assert told[:3] == [("double", "A1"), ("double", "A3"), ("double", "B2")]
    assert told[-2:] == [("duplicate", "A3"), ("duplicate", "B2")]
    assert len(told) == 4 * 3 - 1


def test_a_cell_keeps_its_id_and_tells_its_order(alone: CitedScenario) -> None:
    """It is made from the procedure and the order."""
    first, second, *_ = cases(alone, undisturbed(alone))
    assert first.values == {"順序": "A1→B1→A2→B2→A3→B3→A4→B4"}
    assert second.values == {"順序": "A1→A2→A3→A4→B1→B2→B3→B4", "加えた操作": "A1で二度押しする"}
    assert first.id.startswith("danshin-explore-tabs_issue-")
    assert len({one.id for one in cases(alone, undisturbed(alone))}) == first.cells
    assert kind_of(alone.feature) is TABS


def test_too_many_steps_are_refused(alone: CitedScenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file, the line and what to do."""
    monkeypatch.setattr("sekisho.explore.tab_cells.MOST", 3)
    with pytest.raises(ConfigurationProblemError, match=r"tabs_issue.feature:\d+: .*タブA.*4 つあります（3 つまで）"):
        cases(alone, undisturbed(alone))


def test_the_report_takes_the_sentences_of_both_lanes_in_time_order(alone: CitedScenario) -> None:
    """Each with its lane, its text and what it exchanged; the plainest order first."""
    (case, *_) = cases(alone, undisturbed(alone))
    done = undisturbed(alone).model_copy(update={"cell": case.record})
    found = reported.taken(done)
    assert [one.lane for one in found] == ["A"] * 6 + ["B"] * 6
    assert found[0].text == "利用者が案内のリンクを開いてログインする"
    assert [one.method for one in found[0].exchanges] == ["POST"]
    order = {"procedure": "x", "cells": 1, "all": 1, "silent": 0, "mirrored": 0}
    cells = [TabsCell(order=one, **order) for one in ("ABAB", "AABB")]  # type: ignore[arg-type] # texts and numbers
    assert [one.order for one in sorted(cells, key=reported.plainness)] == ["AABB", "ABAB"]


SUBMIT = "かつ タブAで、鍵の取得を送信する"
WRONG = {
    "one lane": (("タブBで、", "タブAで、"), r":5: .*タブが 1 つあります（タブA）.*「タブBで、…」"),
    "three lanes": (("タブBで、鍵をダウンロード", "タブCで、鍵をダウンロード"), "タブが 3 つあります"),
    "a tab and a window": (("タブAで、鍵をダウンロード", "ウインドウAで、鍵をダウンロード"), "タブが 3 つ"),
    "a premise within a lane": ((SUBMIT, "前提 証明書の無い利用者がいる"), "前提は、最初のタブの文より前に"),
    "a sentence of no lane": ((SUBMIT, "かつ 鍵の取得を送信する"), "「鍵の取得を送信する」がどのタブのことか"),
    "no check": (("    ならば タブAは", "    もし タブAは"), "「ならば」がありません"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_procedure_that_is_no_two_lanes_is_refused(wrong: str, tmp_path: Path) -> None:
    """With file, line and remedy, as `sekisho manual check` prints it."""
    (old, new), said = WRONG[wrong]
    folder = tmp_path / "mine"
    shutil.copytree(folders.named("danshin").folder, folder)
    (folder / "explore" / "tabs_renewal.feature").unlink()
    path = folder / "explore" / "tabs_issue.feature"
    text = path.read_text("utf-8").partition("\n  シナリオ: 二人の")[0]
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    (found, *_) = problems(folders.read(folder))
    assert found in checking.problems(folders.read(folder))
    assert found.startswith(f"{path}:")
    with pytest.raises(ConfigurationProblemError):
        lanes(in_file(path, folders.read(folder))[0])
    assert re.search(said, found)
