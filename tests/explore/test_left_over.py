"""What stands for what an exploration could not try: the portal cannot be put back, the proxy is refused, and so on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from fixtures.exploring import whole
from sekisho.cli import left_over
from sekisho.cli.options import Exploring
from sekisho.explore import FaultCase
from sekisho.explore.choosing import offered, undecided
from sekisho.network.faults import Wire
from sekisho.results import Failure, read_scenario, write
from sekisho.target_file import TargetPortal, read
from sekisho.target_file.spent import Spent
from sekisho.verdict import BrokenError, UnrestoredError, Verdict
from tests.explore.test_cells import SUBMIT, cases, undisturbed
from tests.target_file.least import LEAST

WHY = "3 件のシナリオが続けてこのパソコンの問題で判定できなかったため、実行を打ち切りました。\nプロキシが無い"
DESK = """
import json, pathlib, sys
question = json.load(sys.stdin)
if question["do"] == "clock_back" and not pathlib.Path("key").exists():
    sys.exit("the clock is locked")
print("{}")
"""


@pytest.fixture
def found() -> list[FaultCase]:
    """Four cells of a procedure."""
    procedure = next(one for one in offered(["kihonet"]) if one.feature.endswith("issue.feature"))
    return cases(procedure, [SUBMIT])[:4]


def record(case: FaultCase, folder: Path, verdict: Verdict, did: str) -> None:
    """Write a cell's result."""
    failure = Failure(verdict=verdict, requirement=[], manual_says="", portal_did=did, step="") if did else None
    one = undisturbed(case.procedure, []).model_copy(update={"id": case.id, "cell": case.record, "verdict": verdict})
    write(one.model_copy(update={"failure": failure}), folder / "scenarios" / f"{case.id}.json")


def test_what_was_not_tried_is_blocked_for_the_one_cause_and_what_was_decided_stays(
    tmp_path: Path, found: list[FaultCase]
) -> None:
    """Also what met nothing but that cause; what is wrong otherwise stays, and these are what is carried out next."""
    passed, refused, other, missing = found
    record(passed, tmp_path, Verdict.PASS, "")
    record(refused, tmp_path, Verdict.ERROR, "プロキシが無い")
    record(other, tmp_path, Verdict.ERROR, "画面が動かない")
    left_over.block(tmp_path, Exploring(defects=["x"]), {one.id: one for one in found}, WHY)
    results = [read_scenario(tmp_path, f"scenarios/{one.id}.json") for one in found]
    assert [one.verdict for one in results] == [Verdict.PASS, Verdict.BLOCKED, Verdict.ERROR, Verdict.BLOCKED]
    assert [one.failure.portal_did for one in results[1::2] if one.failure] == [WHY, WHY]
    assert results[3].repeat.endswith(f"explore --select {missing.id} --defect x")
    assert results[3].cell == missing.record
    assert undecided(tmp_path, found) == [refused, other, missing]


def test_a_clock_that_was_left_moved_is_set_back_before_anybody_is_given(tmp_path: Path) -> None:
    """By whoever goes on, in another process; until it is, nothing is tried."""
    (tmp_path / "desk.py").write_text(DESK, encoding="utf-8")
    command = json.dumps([sys.executable, "desk.py"])
    (tmp_path / "portal.toml").write_text(f"{LEAST}[operator]\ncommand = {command}\n", encoding="utf-8")

    def portal() -> TargetPortal:
        return TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", str, Spent(tmp_path))

    first = portal()
    first.begin_scenario("x")
    first.pass_minutes(30)
    with pytest.raises(UnrestoredError, match="the clock is locked"):
        first.end_scenario()
    with pytest.raises(UnrestoredError, match="the clock is locked"):
        first.begin_scenario("y")
    with pytest.raises(UnrestoredError, match="the clock is locked"):
        portal().begin_scenario("y")
    (tmp_path / "key").touch()
    portal().begin_scenario("y")
    (tmp_path / "key").unlink()
    portal().begin_scenario("z")


def test_a_wire_that_has_ended_is_replaced_and_one_that_cannot_begin_is_our_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After three of these an exploration ends, and the rest is blocked."""
    wires: list[Wire] = []
    first = whole(wires)
    assert whole(wires) is first
    first.stop()
    second = whole(wires)
    assert second is not first
    assert second.alive
    second.stop()

    def refused() -> Wire:
        raise BrokenError("プロキシが無い")

    monkeypatch.setattr(Wire, "start", refused)
    with pytest.raises(BrokenError, match="プロキシが無い"):
        whole(wires)
