"""Cells: which there are, what they are called, and which comes first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sekisho.cli import exploration
from sekisho.cli.options import Exploring
from sekisho.explore import FAULTS, FaultCase, Phase, fault_cells, in_order, phase_of
from sekisho.explore.cells import each, with_cells
from sekisho.explore.choosing import absent, all_chosen, chosen, offered, to_explore, undecided
from sekisho.explore.kinds import FAULTS as FAULT_KIND
from sekisho.explore.kinds import kind_of
from sekisho.explore.phases import lacking
from sekisho.explore.pruning import AGAIN, ELSEWHERE, PART, SAME, Seen, pruned
from sekisho.manual import folders
from sekisho.manual.citations import CitedScenario, in_file, scenario_id, scenarios
from sekisho.manual.mocks import catalogue
from sekisho.manual.selection import examples
from sekisho.results import Exchange, FaultCell, Scenario, write
from sekisho.verdict import ConfigurationProblemError, Verdict
from tests.explore.hidden import HIDDEN
from tests.reports.samples import scenario, step

SUBMIT = Exchange(press=4, cause="鍵の取得を送信する", method="POST", address="enrol /key", status=200, size=14)
PAGE = Exchange(press=1, cause="リンクを開く", method="GET", address="enrol /index", status=200, size=3000)
EMPTY = PAGE.model_copy(update={"address": "enrol /empty", "size": 0})


def undisturbed(procedure: CitedScenario, exchanges: list[Exchange]) -> Scenario:
    """The record of a procedure that was carried out."""
    record = scenario(procedure.name, [step("x", "KIHO-ISSUE-01")])
    return record.model_copy(update={"id": scenario_id(procedure, {}), "exchanges": exchanges})


def cases(procedure: CitedScenario, exchanges: list[Exchange]) -> list[FaultCase]:
    """Its cells."""
    return fault_cells.cases(procedure, undisturbed(procedure, exchanges))


@pytest.fixture
def procedure() -> CitedScenario:
    """One that lies in features/."""
    return next(one for one in offered(["kihonet"]) if one.feature.endswith("issue.feature"))


def test_a_procedure_is_no_scenario_of_a_usual_run(procedure: CitedScenario) -> None:
    """Nor does it count for coverage, accounts or durations."""
    assert procedure.explores
    assert procedure.feature == "kihonet/explore/issue.feature"
    assert not any(one.explores for one in scenarios())


def test_a_cell_keeps_its_id_whatever_else_is_explored(procedure: CitedScenario) -> None:
    """It is made from the procedure, the press, the address and the fault."""
    alone = {one.fault.name: one.id for one in cases(procedure, [SUBMIT])}
    among = {one.fault.name: one.id for one in cases(procedure, [PAGE, SUBMIT]) if one.exchange is SUBMIT}
    assert alone == among
    assert len(set(alone.values())) == len(alone) == len(FAULTS)
    assert all(one.startswith("kihonet-explore-issue-") for one in alone.values())


def test_a_body_is_cut_only_where_there_is_one(procedure: CitedScenario) -> None:
    """An answer without a body has no middle."""
    assert {one.name for one in FAULTS} - {one.fault.name for one in cases(procedure, [EMPTY])} == {
        "cut-first",
        "cut-middle",
        "cut-last",
    }


def test_who_selects_a_procedure_by_its_id_is_told_that_it_has_no_cells(capsys: pytest.CaptureFixture[str]) -> None:
    """The id is that of the undisturbed run; all cells need the name."""
    exploration._announce(0, 0)
    assert "手順の名前で選んでください" in capsys.readouterr().err
    exploration._announce(3, 3)
    assert capsys.readouterr().err == ""


def test_the_method_counts_only_where_a_press_asks_for_an_address_by_several(procedure: CitedScenario) -> None:
    """A file that was fetched by GET may be fetched by POST the next time."""
    again = SUBMIT.model_copy(update={"method": "GET"})
    later = again.model_copy(update={"press": 5})
    assert {one.method for one in cases(procedure, [PAGE, SUBMIT, later])} == {""}
    assert {one.method for one in cases(procedure, [SUBMIT, again])} == {"POST", "GET"}


def test_what_changes_something_comes_first_and_there_the_lost_reply(procedure: CitedScenario) -> None:
    """The order of a budget."""
    found = in_order(cases(procedure, [PAGE, SUBMIT]))
    assert [one.exchange for one in found] == [SUBMIT] * len(FAULTS) + [PAGE] * len(FAULTS)
    assert found[0].fault.name == found[len(FAULTS)].fault.name == "reply-lost"
    assert in_order(reversed(found))[0].id == found[0].id


def test_exchanges_that_change_nothing_are_left_out_with_the_reason() -> None:
    """Parts of pages, what a page asks again by itself, the same page twice, and what is not the portal's."""
    waiting = Exchange(press=3, cause="申請する", method="GET", address="renew /waiting", status=200, size=9)
    later = PAGE.model_copy(update={"press": 2})
    seen = [
        Seen(PAGE, part=False, digest="a", ours=True),
        Seen(PAGE.model_copy(update={"address": "enrol /logo.gif"}), part=True, digest="b", ours=True),
        Seen(waiting, part=False, digest="c", ours=True),
        Seen(waiting, part=False, digest="d", ours=True),
        Seen(later, part=False, digest="a", ours=True),
        Seen(SUBMIT, part=False, digest="", ours=True),
        Seen(SUBMIT.model_copy(update={"press": 5}), part=False, digest="", ours=True),
        Seen(PAGE.model_copy(update={"address": "https://example.com/"}), part=False, digest="e", ours=False),
    ]
    assert [one.left_out for one in pruned(seen)] == ["", str(PART), "", str(AGAIN), str(SAME), "", "", str(ELSEWHERE)]


def test_a_sentence_knows_its_phase(procedure: CitedScenario) -> None:
    """Premise, procedure, turn, recovery, and then all checks with what leads to them."""
    found = [phase_of(procedure, one.line) for one in procedure.steps]
    assert found == sorted(found, key=list(Phase).index)
    assert set(found) == set(Phase)
    checks = [one.text for one in procedure.steps if phase_of(procedure, one.line) is Phase.CHECK]
    assert checks[0] == "取り込んだ証明書は利用者のもので、発行された証明書はその1枚だけである"
    assert "「企保ネット」にログインできる" in checks


def test_a_procedure_without_a_turn_is_refused(tmp_path: Path) -> None:
    """With the sentence that it needs."""
    folder = tmp_path / "mine"
    shutil.copytree(folders.named("kihonet").folder, folder)
    path = folder / "explore" / "issue.feature"
    path.write_text(
        path.read_text("utf-8").replace("途中で終わっていれば、次のとおりやり直す", "鍵をダウンロードする"), "utf-8"
    )
    (broken,) = in_file(path, folders.read(folder))
    with pytest.raises(ConfigurationProblemError, match="途中で終わっていれば、次のとおりやり直す」が 0 行"):
        phase_of(broken, broken.steps[0].line)


def test_every_procedure_of_ours_has_its_four_parts() -> None:
    """With a row for each check, or the words that there is none."""
    for one in offered([], ["faults"]):
        assert [*lacking(one)] == []
        assert {phase_of(one, step.line) for step in one.steps} == set(Phase), one.feature
        assert all(step.ids or step.beyond for step in one.steps if phase_of(one, step.line) is Phase.CHECK)


def recorded_in(folder: Path, procedure: CitedScenario) -> Path:
    """A run in which a procedure was carried out undisturbed."""
    record = undisturbed(procedure, [PAGE, SUBMIT])
    write(record, folder / "scenarios" / f"{record.id}.json")
    return folder


def test_a_cell_is_selected_as_an_example_is(procedure: CitedScenario, tmp_path: Path) -> None:
    """By its id, by a glob, by a part of its name; a procedure by its own."""
    folder = recorded_in(tmp_path, procedure)
    (one, *_) = cases(procedure, [PAGE, SUBMIT])
    assert [each.id for each in chosen(folder, procedure, [one.id])] == [one.id]
    assert len(chosen(folder, procedure, ["*強制終了*"])) == 2
    assert len(chosen(folder, procedure, [procedure.name])) == 2 * len(FAULTS)
    assert examples(with_cells(procedure, [one]), ["kihonet-explore-issue-*"]) == (one.values,)


def test_an_exploration_goes_on_where_it_stopped(procedure: CitedScenario, tmp_path: Path) -> None:
    """What was decided is not carried out again, what lacked an account is."""
    folder = recorded_in(tmp_path, procedure)
    every = all_chosen(folder, ["kihonet"], [], ["faults"])
    first, second, *_ = every
    done = scenario("done", [step("x")]).model_copy(update={"id": first.id, "cell": first.record})
    write(done, folder / "scenarios" / f"{first.id}.json")
    assert undecided(folder, every) == every[1:]
    assert all_chosen(folder, ["kihonet"], [], ["faults"]) == every
    write(done.model_copy(update={"verdict": Verdict.BLOCKED}), folder / "scenarios" / f"{first.id}.json")
    assert undecided(folder, every)[:2] == [first, second]


def test_an_id_of_a_cell_tells_which_procedure_to_explore(procedure: CitedScenario) -> None:
    """Before that nobody knows the cells; a word that means nothing is refused."""
    assert to_explore([], ["kihonet-explore-issue-00000000"]) == [procedure]
    assert to_explore(["kihonet"], ["*"]) == offered(["kihonet"])
    with pytest.raises(ConfigurationProblemError, match="--select NO-SUCH-01"):
        to_explore([], ["NO-SUCH-01"])


def test_a_cell_that_there_is_none_of_is_named_once_its_procedure_is_known(
    procedure: CitedScenario, tmp_path: Path
) -> None:
    """Or what was asked for would be missing from a green run. Before that, nothing is known of it."""
    one, nobody = cases(procedure, [SUBMIT])[0].id, "kihonet-explore-issue-00000000"
    asked = [one, nobody, procedure.name, "*強制終了*"]
    assert absent(tmp_path, ["kihonet"], asked) == []
    assert absent(recorded_in(tmp_path, procedure), ["kihonet"], asked, ["faults"]) == [nobody]


@pytest.mark.parametrize("depth", [1, 2])
def test_an_exploration_that_lacks_a_cell_is_not_green(procedure: CitedScenario, tmp_path: Path, depth: int) -> None:
    """All else that was asked for is done: nothing is carried out, and the one that is missing is a problem."""
    folder, one = recorded_in(tmp_path, procedure), cases(procedure, [PAGE, SUBMIT])[0]
    done = scenario("done", [step("x")]).model_copy(update={"id": one.id, "cell": one.record})
    write(done, folder / "scenarios" / f"{one.id}.json")
    options = Exploring(
        manuals=["kihonet"], select=[one.id, "kihonet-explore-issue-00000000"], kind=["faults"], budget=1, depth=depth
    )
    ended = exploration.carry_out(options, folder, tmp_path)
    assert [*ended.problems] == ["--select kihonet-explore-issue-00000000"]


def test_a_cell_that_names_no_kind_is_a_fault() -> None:
    """So are those in results of before there were others."""
    old = {"procedure": "x", "press": 4, "method": "POST", "address": "enrol /key", "fault": "late"}
    read = scenario("x", [step("x")]).model_dump(mode="json") | {"cell": old}
    assert Scenario.model_validate(read).cell == FaultCell.model_validate(old | {"kind": "fault"})


def test_a_kind_is_asked_for_by_its_name() -> None:
    """A procedure belongs to that with which its file begins, any other to faults; a wrong name is refused."""
    assert kind_of("kihonet/explore/renewal.feature") is FAULT_KIND
    assert offered(["kihonet"], ["faults"])
    with pytest.raises(ConfigurationProblemError, match="--kind walk: そのような探索はありません（faults"):
        to_explore([], [], ["walk"])


def test_every_fault_of_the_matrix_is_one_on_the_wire() -> None:
    """The two tables are kept apart: reports know nothing of the wire."""
    from sekisho.person.disturbance import KINDS  # noqa: PLC0415 - imports the browser side

    assert KINDS.keys() == {one.name for one in FAULTS}


def test_a_sample_has_every_fault_and_goes_through_the_exchanges(procedure: CitedScenario) -> None:
    """Not the first exchange with each: that would be one line of the matrix."""
    found = in_order(cases(procedure, [PAGE, SUBMIT]))
    sample = each(found, 1)
    assert sorted(one.fault.name for one in sample) == sorted(one.name for one in FAULTS)
    assert {one.exchange.address for one in sample} == {PAGE.address, SUBMIT.address}
    assert sample == each(list(found), 1)
    assert len(each(found, 5)) == len(found)


def test_a_fault_can_be_asked_for_before_the_cells_are_known() -> None:
    """By its words; of every procedure of its kind. So can what is done besides in a tab."""
    assert to_explore(["kihonet"], ["*30分後*"]) == offered(["kihonet"], ["faults"])
    assert to_explore(["kihonet"], ["key.jsp、障害: ポータルが"]) == offered(["kihonet"], ["faults"])
    (alone,) = to_explore(["kihonet"], ["同じ利用者が二つのタブで鍵を取得する（順序: A1→B1→A2→B2）"])
    assert alone.name == "同じ利用者が二つのタブで鍵を取得する"
    assert to_explore(["kihonet"], ["*二つのタブで*（順序: A1→B1*"]) == offered(["kihonet"], ["tabs"])
    assert to_explore(["kihonet"], ["順序: A1→B1"]) == offered(["kihonet"], ["tabs"])
    assert to_explore(["kihonet"], ["*再読み込み*"]) == offered(["kihonet"], ["tabs"])


def test_the_body_of_a_redirect_is_not_cut(procedure: CitedScenario) -> None:
    """No browser reads it, so that nothing could come of it; everything else can happen to it."""
    moved = SUBMIT.model_copy(update={"status": 303})
    assert {one.fault.name for one in cases(procedure, [moved])} == {one.name for one in FAULTS if not one.least_size}


def test_a_second_fault_is_laid_once_for_each_way_of_doing_it_over(procedure: CitedScenario) -> None:
    """Whose portal got the same requests: it cannot know why its answer was lost. Time that passed is another way."""
    found = {one.fault.name: one for one in cases(procedure, [PAGE, SUBMIT]) if one.exchange is SUBMIT}
    lists = SUBMIT.model_copy(update={"press": 1, "cause": "一覧を開く", "address": "renew /list"})
    again = undisturbed(procedure, [lists])
    done = {found[name].id: again for name in ("reset", "reply-lost", "refused", "unavailable", "asleep")}
    second = fault_cells.deeper(procedure, undisturbed(procedure, [PAGE, SUBMIT]), done)
    assert {one.fault.name for one in second} == {"reply-lost", "refused", "asleep"}
    assert len(second) == 3 * len(FAULTS)
    assert {one.second.exchange for one in second if one.second} == {lists}
    one = second[0]
    assert one.first == found["reply-lost"]
    assert one.id != one.first.id
    assert one.values["やり直しの通信"] == "POST renew /list"
    assert in_order([one, found["reset"]]) == [found["reset"], one]


def test_each_hidden_defect_is_found_each_night() -> None:
    """Those of the mock that no scenario is about."""
    assert HIDDEN.keys() == {one.name for one in catalogue() if one.explored}
