"""What is carried out once for all cells that come to stand the same, and what is not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from sekisho.explore import FaultCase
from sekisho.explore.choosing import cells, offered
from sekisho.explore.standing import carried_out, standing
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.network.faults import Exchange as Seen
from sekisho.network.faults import Fault
from sekisho.results import Exchange, FaultCell, Scenario, Standing, read_scenarios, write
from sekisho.verdict import Verdict
from tests.reports.samples import scenario, step

PAGE = Exchange(press=1, cause="リンクを開く", method="GET", address="enrol /index", status=200, size=3000)
GOT = [(1, "GET", "enrol /index", False)]
HERE = Standing(portal="a", window="b")
PATIENCE = 300  # seconds


def stands(
    got: Sequence[tuple[int, str, str, bool]] = GOT,
    certificates: tuple[int, int] = (0, 1),
    window: Sequence[str] = (),
    *,
    slept: bool = False,
    finished: bool = False,
) -> Standing:
    """How things stand."""
    return standing(got, certificates, window, slept=slept, finished=finished)


def test_to_the_portal_it_is_the_same_only_where_it_got_the_same_and_the_pc_has_the_same() -> None:
    """Press, method and address of each request, the certificates there are, whether time passed, and the end."""
    others = [
        stands([(2, "GET", "enrol /index", False)]),
        stands([(1, "POST", "enrol /index", False)]),
        stands([(1, "GET", "enrol /key", False)]),
        stands([*GOT, *GOT]),
        stands([]),
        stands(certificates=(1, 1)),
        stands(certificates=(0, 2)),
        stands(slept=True),
        stands(finished=True),
    ]
    assert stands().portal == stands().portal
    assert len({stands().portal, *(one.portal for one in others)}) == len(others) + 1


def test_what_a_window_keeps_is_told_apart_from_that() -> None:
    """A cookie that came, or did not, and what scripts have put away."""
    others = [stands([(1, "GET", "enrol /index", True)]), stands(window=["127.0.0.1 JSESSIONID"]), stands(window=["1"])]
    assert {one.portal for one in others} == {stands().portal}
    assert len({stands().window, *(one.window for one in others)}) == len(others) + 1


@pytest.mark.parametrize(
    ("fault", "status", "kept"),
    [
        (None, 200, True),
        (Fault("cut-first"), 200, True),
        (Fault("lose-reply"), None, False),
        (Fault("hold"), 200, False),
    ],
)
def test_a_cookie_is_kept_where_the_head_of_its_answer_came(
    fault: Fault | None, status: int | None, *, kept: bool
) -> None:
    """Who pressed Stop before has none."""
    seen = Seen("GET", "https://127.0.0.1/", status, fault, sets_cookie=True)
    assert seen.kept is kept
    assert not Seen("GET", "https://127.0.0.1/", status).kept


@pytest.fixture
def procedure() -> CitedScenario:
    """One that lies in features/."""
    return next(one for one in offered(["kihonet"]) if one.feature.endswith("issue.feature"))


def record(folder: Path, name: str, stood: Standing | None, verdict: Verdict = Verdict.PASS) -> Scenario:
    """What a run has of one cell."""
    found = scenario("新規取得の途中の障害", [step("x", "KIHO-ISSUE-01")])
    told = {"id": name, "exchanges": [PAGE], "standing": stood, "verdict": verdict}
    write(found.model_copy(update=told), folder / "scenarios" / f"{name}.json")
    return found


@pytest.fixture
def known(tmp_path: Path, procedure: CitedScenario) -> dict[str, FaultCase]:
    """The cells of a procedure that was carried out undisturbed, by their faults."""
    record(tmp_path, scenario_id(procedure, {}), Standing(portal="end", window="b"))
    return {one.fault.name: one for one in cells(tmp_path, procedure) if isinstance(one, FaultCase)}


def test_a_cell_ends_as_the_more_telling_one_that_stood_the_same(tmp_path: Path, known: dict[str, FaultCase]) -> None:
    """Never the other way round: which cell stands for both hangs on no machine's speed."""
    record(tmp_path, known["reset"].id, HERE)
    assert carried_out(tmp_path, known["late"], HERE) == ""
    assert carried_out(tmp_path, known["unavailable"], HERE) == known["reset"].id
    assert carried_out(tmp_path, known["unavailable"], HERE.model_copy(update={"portal": "c"})) == ""


def test_one_that_came_to_its_end_all_the_same_ends_as_the_procedure_undisturbed(
    tmp_path: Path, known: dict[str, FaultCase], procedure: CitedScenario
) -> None:
    """Which is carried out before all of them."""
    found = carried_out(tmp_path, known["cut-last"], Standing(portal="end", window="b"))
    assert found == scenario_id(procedure, {})


@pytest.mark.parametrize(
    ("stood", "verdict"),
    [
        (None, Verdict.PASS),
        (HERE, Verdict.FAIL),
        (HERE, Verdict.WARNING),
        (HERE, Verdict.BLOCKED),
        (HERE.model_copy(update={"same_as": "kihonet-explore-issue-00000000"}), Verdict.PASS),
        (HERE.model_copy(update={"window": "c"}), Verdict.PASS),
    ],
    ids=["unknown", "failed", "warned", "not tried", "itself not carried out", "another window"],
)
def test_nothing_ends_as_what_did_not_pass_or_did_not_stand_the_same(
    tmp_path: Path, known: dict[str, FaultCase], stood: Standing | None, verdict: Verdict
) -> None:
    """It is carried out itself: a deviation is seen in each cell that has it."""
    record(tmp_path, known["reply-lost"].id, stood, verdict)
    assert carried_out(tmp_path, known["late"], HERE) == ""


def test_what_the_window_kept_is_of_no_account_where_doing_it_over_began_in_a_new_one(
    tmp_path: Path, known: dict[str, FaultCase]
) -> None:
    """So a browser that was killed ends as one whose answer was lost."""
    record(tmp_path, known["reply-lost"].id, HERE.model_copy(update={"window": "c", "anew": True}))
    assert carried_out(tmp_path, known["killed"], HERE) == known["reply-lost"].id


def explored(folder: Path, *asked: str) -> dict[str, Scenario]:
    """The cells of a log-in whose answer is lost, reset or never asked for, by their faults."""
    log_in = "取得案内のメールから*POST enrol /NipponLifeInsuranceCompanyKihonetCA/ee/login.jsp、障害: "
    faults = ("ポータルが処理したあと、応答が届かない*", "応答のヘッダーの途中で*", "要求がパソコンを出る前に*")
    chosen = [word for one in faults for word in ("--select", log_in + one)]
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", "--manual", "kihonet", *asked]
    done = subprocess.run(
        [*command, *chosen, "--jobs", "1", "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {one.cell.fault: one for one in read_scenarios(folder) if isinstance(one.cell, FaultCell)}


def test_in_a_browser_the_reset_log_in_ends_as_the_lost_one_and_the_refused_one_is_carried_out(tmp_path: Path) -> None:
    """Its sentences behind the fault name the cell that was carried out, and so does its result."""
    found = explored(tmp_path / "run")
    assert {one.verdict for one in found.values()} == {Verdict.PASS}
    lost, reset, refused = (found[name] for name in ("reply-lost", "reset", "refused"))
    assert [one.standing.same_as if one.standing else None for one in (lost, reset, refused)] == ["", lost.id, ""]
    over = next(one for one in reset.steps if one.text == "案内に従って証明書を取得し取り込む")
    assert (over.verdict, lost.id in over.reason) == (Verdict.NOT_APPLICABLE, True)
    assert all(one.verdict is not Verdict.NOT_APPLICABLE for one in lost.steps[-2:])


def test_all_are_carried_out_to_their_end_where_that_is_asked_for(tmp_path: Path) -> None:
    """No cell names another, and the last sentences are passed over in none."""
    found = explored(tmp_path / "run", "--to-the-end").values()
    assert len(found) == 3
    assert {(one.verdict, one.standing) for one in found} == {(Verdict.PASS, None)}
    assert all(step.verdict is Verdict.PASS for one in found for step in one.steps[-2:])
