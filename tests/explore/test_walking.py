"""Walks: which moves are possible, what is written of them, and that the shortest that fails is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.explore.choosing import offered
from sekisho.explore.gherkin import written
from sekisho.explore.moves import Move, Walk, beginning, begins, check_facts, moves, named
from sekisho.explore.walking import Extent, Failure, Hindered, Tried, walked
from sekisho.manual import folders
from sekisho.manual.citations import CitedScenario, in_file
from sekisho.verdict import BlockedError, ConfigurationProblemError

REISSUED, FETCHED = "再発行を依頼する", "案内に従って証明書を取得する"
CUT, LOGGED_OUT, LISTED = "更新の申請の応答が失われる", "更新サイトに入ってログアウトする", "一覧から鍵を取得する"


@pytest.fixture
def renewing() -> CitedScenario:
    """Danshin's walks from a user who may renew."""
    return next(one for one in offered(["danshin"], ["walks"]) if begins(one) and "更新" in one.name)


def names(walk: Walk) -> list[str]:
    """What is done in a walk."""
    return [one.scenario.name for one in walk.moves]


def tried(of: CitedScenario, wrong: Callable[[list[str]], str], extent: Extent) -> Tried:
    """Walks that nobody carries out."""

    def carry_out(walk: Walk) -> Failure | None:
        for count in range(len(walk.moves) + 1):
            if sentence := wrong(names(walk)[:count]):
                return Failure(sentence, count)
        return None

    return walked(beginning(of), moves(of), extent, carry_out)


def twice(done: list[str]) -> str:
    """A portal that is wrong at the second reissue."""
    return "forbidden と表示される" if done.count(REISSUED) > 1 else ""


def test_the_shortest_walk_that_fails_is_found(renewing: CitedScenario) -> None:
    """For each sentence that fails, by itself; what goes well is known by its longest."""

    def wrong(done: list[str]) -> str:
        cut = CUT in done and LOGGED_OUT in done[done.index(CUT) :]
        lost = cut and LISTED in done[done.index(CUT) + done[done.index(CUT) :].index(LOGGED_OUT) :]
        return "更新申請情報の一覧は1件である" if lost else twice(done)

    found = tried(renewing, wrong, Extent(walks=200, seed=6))
    assert sorted(map(names, found.failing)) == [[REISSUED, FETCHED, REISSUED], [CUT, LOGGED_OUT, LISTED]]
    assert found.longest
    assert len(found.longest.moves) == 6


def test_it_is_found_where_hypothesis_has_no_time_to_shorten(
    renewing: CitedScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives up after five minutes, in which a busy machine carries out few walks."""
    monkeypatch.setattr("hypothesis.internal.conjecture.engine.MAX_SHRINKING_SECONDS", -1)
    found = tried(renewing, twice, Extent())
    assert list(map(names, found.failing)) == [[REISSUED, FETCHED, REISSUED]]


def test_the_same_seed_walks_the_same_walks(renewing: CitedScenario) -> None:
    """Another seed others."""
    first, again, other = (list(tried(renewing, lambda _: "", Extent(seed=one)).outcomes) for one in (3, 3, 4))
    assert first == again != other


def test_what_failed_in_one_night_is_tried_first_in_the_next(renewing: CitedScenario, tmp_path: Path) -> None:
    """From the folder that both know."""
    kept = Extent(walks=40, seed=1, database=str(tmp_path))
    assert tried(renewing, twice, kept).failing
    (first, *_) = tried(renewing, twice, Extent(walks=1, seed=99, database=str(tmp_path))).outcomes
    assert names(first) == [REISSUED, FETCHED, REISSUED]


def test_nothing_is_carried_out_of_which_it_is_known_what_it_comes_to(renewing: CitedScenario) -> None:
    """Behind what failed nothing is kept; the beginning of what went well went well."""
    done = list(tried(renewing, twice, Extent(walks=50)).outcomes.items())
    for place, (walk, wrong) in enumerate(done):
        assert not any(walk.begins_with(one) if bad else one.begins_with(walk) for one, bad in done[:place])
        assert walk.moves[-1].scenario.name == REISSUED or not wrong


@pytest.mark.parametrize(("sentence", "count"), [(0, 1), (1, 1), (3, 1), (4, 2), (9, 3)])
def test_a_sentence_tells_how_many_moves_were_made(renewing: CitedScenario, sentence: int, count: int) -> None:
    """Reissue, fetch and reissue have three sentences each, behind the one of the beginning."""
    assert named(renewing, "3,1,3").moves_at(sentence) == count


def test_when_the_time_is_over_nothing_is_carried_out_any_more(renewing: CitedScenario) -> None:
    """And it is said."""
    found = tried(renewing, twice, Extent(minutes=0))
    assert (found.outcomes, found.unfinished) == ({}, True)


def test_what_cannot_be_done_here_is_passed_over_and_the_rest_is_walked(renewing: CitedScenario) -> None:
    """Such as days that pass, where nobody moves the portal's clock; what came before it went well."""
    done: list[list[str]] = []

    def carry_out(walk: Walk) -> Hindered | None:
        if REISSUED in names(walk):
            at = names(walk).index(REISSUED) + 1
            return Hindered(BlockedError("x"), at, barred=True, hopeless=False)
        done.append(names(walk))
        return None

    found = walked(beginning(renewing), moves(renewing), Extent(walks=30), carry_out)
    assert done
    assert not any(REISSUED in names(walk) for walk in found.outcomes)
    assert found.hindered is None


@pytest.mark.parametrize(("hopeless", "times"), [(True, 1), (False, 100)])
def test_a_walk_that_was_not_carried_out_did_not_go_well(
    renewing: CitedScenario,
    hopeless: bool,  # noqa: FBT001 - a case
    times: int,
) -> None:
    """Where no user is left, or nobody is there, none is tried any more; and why is told. They counted as gone well."""
    tries: list[Walk] = []

    def carry_out(walk: Walk) -> Hindered:
        tries.append(walk)
        return Hindered(BlockedError("nobody left"), 0, barred=False, hopeless=hopeless)

    found = walked(beginning(renewing), moves(renewing), Extent(walks=10), carry_out)
    assert (found.outcomes, str(found.hindered)) == ({}, "nobody left")
    assert 1 <= len(tries) <= times


def test_a_fault_of_our_own_is_no_finding(renewing: CitedScenario) -> None:
    """It comes out as what it is."""

    def broken(walk: Walk) -> None:
        raise ZeroDivisionError(walk.numbers)

    with pytest.raises(ZeroDivisionError):
        walked(beginning(renewing), moves(renewing), Extent(), broken)


def test_a_move_is_possible_where_its_facts_are(renewing: CitedScenario) -> None:
    """Nobody is invited, until a certificate was reissued."""
    known = {one.scenario.name: one for one in moves(renewing)}
    walk = Walk(beginning(renewing))
    assert not known[FETCHED].possible(walk.facts)
    walk = walk.then(known[REISSUED])
    assert known[FETCHED].possible(walk.facts)
    assert not known[CUT].possible(walk.facts)


def test_a_walk_is_written_as_a_scenario_that_can_be_read(tmp_path: Path, renewing: CitedScenario) -> None:
    """With the rows of each sentence, in order."""
    walk = named(renewing, "3,1,3")
    path = tmp_path / "pasted.feature"
    path.write_text(written(walk), encoding="utf-8")
    (one,) = in_file(path, folders.named("danshin"))
    assert one.name == renewing.name
    assert [step.text for step in one.steps if step.checks] == [
        "forbidden と表示される",
        "「団信ネット」にログインできる",
        "forbidden と表示される",
    ]
    assert {step.ids for step in one.steps} == {("DAN-RENEW-01",), ("DAN-REISSUE-01",), ("DAN-ISSUE-13",)}
    assert walk.tags == ("destructive",)


def test_a_fact_that_nothing_gives_is_refused(renewing: CitedScenario) -> None:
    """With the nearest that something does."""
    wrong = Move(1, replace(renewing, tags=("要:更新の期間",)))
    with pytest.raises(ConfigurationProblemError, match=r"「更新の期間」を得ること.*更新期間"):
        check_facts(renewing, [wrong], [beginning(renewing)])


@pytest.mark.parametrize(("numbers", "why"), [("1", "行える順ではありません"), ("99", "1 から"), ("x", "1 から")])
def test_a_walk_that_cannot_be_is_refused(renewing: CitedScenario, numbers: str, why: str) -> None:
    """With the number."""
    with pytest.raises(ConfigurationProblemError, match=f"--walk {numbers}: {numbers}: {why}"):
        named(renewing, numbers)


def test_every_move_of_ours_can_come_about_and_cites_a_row() -> None:
    """Within a few moves of one of the beginnings of its manual."""
    for manual in {one.manual for one in offered([], ["walks"])}:
        starts = [one for one in offered([manual], ["walks"]) if begins(one)]
        reached = set[int]()
        for start in starts:
            walks = [Walk(beginning(start))]
            for _ in range(3):
                walks = [walk.then(one) for walk in walks for one in moves(start) if one.possible(walk.facts)]
                reached |= {walk.moves[-1].number for walk in walks}
        assert reached == {one.number for one in moves(starts[0])}
