"""What is tried with which defects."""

from __future__ import annotations

import pytest

from . import plan, runs
from .expectations import Expected, Pair
from .runs import Noted
from .samples import scenario

EXPECTED = {
    Pair("danshin", "own"): Expected(red=("一",), because=("出た",)),
    Pair("danshin", "other"): Expected(red=("二",), because=("出た",)),
    Pair("danshin", "third"): Expected(red=("二",), because=("出た",)),
    Pair("danshin", "wall"): Expected(red=("二",), because=("出た",), blocks=True),
    Pair("kihonet", "wall"): Expected(red=("三",), because=("出た",), blocks=True),
}


@pytest.fixture(autouse=True)
def _expected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "expectations", lambda: EXPECTED)


def test_what_must_go_red_is_tried_alone_and_the_rest_together() -> None:
    """A defect that blocks is not put together with others, and none is tried where it is not touched."""
    green = Noted(
        [scenario("一"), scenario("二")], {"一": {"own", "other", "third", "wall", "unknown"}, "二": {"other"}}
    )

    assert plan.planned(green) == {"一": ["own", "wall", "other+third"], "二": ["other"]}


def test_every_pair_can_be_tried_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """For whoever has the time."""
    monkeypatch.setattr(plan, "EVERY_PAIR", True)

    assert plan.planned(Noted([scenario("一")], {"一": {"own", "other", "third"}})) == {"一": ["own", "other", "third"]}


def test_of_those_that_a_defect_blocks_the_quickest_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each manual; of those that must go red too. How long they took this time does not count: runs would differ."""
    monkeypatch.setattr(
        runs, "durations", lambda: {f"{way}{number}": 9 - number for way in ("", "k") for number in range(9)}
    )
    many = [scenario(f"{number}").model_copy(update={"seconds": number}) for number in range(9)]
    sister = [one.model_copy(update={"manual": "kihonet", "id": f"k{one.id}"}) for one in many]
    touched = {one.id: {"wall"} for one in [*many, *sister]}

    assert list(plan.planned(Noted([*many, *sister], touched))) == ["8", "k8"]


def test_the_slowest_are_left_out_that_others_make_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two have met each defect all the same, where there are two."""
    durations = {"三": 4.0, "四": 4.0, "五": 5.0, "六": 6.0, "七": 9.0}
    monkeypatch.setattr(runs, "durations", lambda: durations)
    touched = {
        "三": {"other", "third"},
        "四": {"other", "third"},
        "五": {"other"},
        "六": {"third"},
        "七": {"own", "wall"},
    }
    green = Noted([scenario(one) for one in durations], touched)

    assert sorted((one.id, defects) for one, defects in plan.company(green)) == [
        ("七", ["own"]),
        ("三", ["other", "third"]),
        ("四", ["other", "third"]),
    ]


def test_what_one_defect_hides_of_another_is_tried_again() -> None:
    """And so is everything of what went red together: it may be the company only."""
    green = Noted([scenario("一"), scenario("二")], {})
    hid, failed = scenario("一", defect="other+third"), scenario("二", "出た", defect="own+third")
    broken = Noted([hid, failed], {hid.id: {"other"}, failed.id: {"own", "third"}})

    assert plan.unproven(green, broken) == {"一": ["third"], "二": ["own", "third"]}
