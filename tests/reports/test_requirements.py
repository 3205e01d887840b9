"""The rule by which a scenario judges the rows it cites."""

from __future__ import annotations

import pytest

from reports.requirements import given, requirements, step_verdicts
from sekisho.verdict import Verdict

from .samples import failing, scenario, step, stopped


def test_only_the_failing_step_fails_its_row() -> None:
    """The rows of earlier steps passed, those of later steps and of a tag without a check so far were not reached."""
    assert given(failing()) == {
        "DAN-RENEW-01": Verdict.PASS,
        "DAN-RULE-03": Verdict.FAIL,
        "DAN-RENEW-03": Verdict.NOT_REACHED,
        "DAN-RULE-02": Verdict.NOT_REACHED,
    }


def test_a_tags_row_fails_with_what_counts_against_it() -> None:
    """And has what its own checks came to, where the scenario failed at something else behind them."""
    steps = [
        step("利用者がいる", keyword="前提"),
        step("開く", keyword="もし"),
        step("表示される", keyword="ならば"),
        step("届く", "DAN-RULE-03", keyword="ならば", verdict=Verdict.FAIL),
    ]
    late = failing().model_copy(update={"ids": ["DAN-RULE-02", "DAN-RULE-03"], "steps": steps})
    assert given(late) == {"DAN-RULE-02": Verdict.PASS, "DAN-RULE-03": Verdict.FAIL}
    assert late.failure
    direct = late.failure.model_copy(update={"requirement": ["DAN-RULE-02"]})
    assert given(failing(ids=["DAN-RULE-02"], failure=direct))["DAN-RULE-02"] is Verdict.FAIL


def test_a_step_behind_the_stop_is_not_reached_whatever_it_says() -> None:
    """A recorder that calls a later step PASS is not believed."""
    steps = [step("a", "DAN-RENEW-01", verdict=Verdict.ERROR), step("b", "DAN-RENEW-02")]
    broken = scenario("x", steps, verdict=Verdict.ERROR)
    assert step_verdicts(broken) == [Verdict.ERROR, Verdict.NOT_REACHED]
    assert given(broken) == {"DAN-RENEW-01": Verdict.ERROR, "DAN-RENEW-02": Verdict.NOT_REACHED}


def test_a_row_cited_twice_in_a_scenario_has_the_worse_of_both() -> None:
    """It passed at first and failed later: it failed."""
    steps = [step("a", "DAN-RENEW-02"), step("b", "DAN-RENEW-02", verdict=Verdict.FAIL)]
    assert given(scenario("x", steps, verdict=Verdict.FAIL)) == {"DAN-RENEW-02": Verdict.FAIL}


def test_a_step_that_does_not_apply_does_not_stop_the_scenario() -> None:
    """What the native dialog alone can show is not applicable, and the next step still counts."""
    steps = [step("a", "DAN-RENEW-02", verdict=Verdict.NOT_APPLICABLE), step("b", "DAN-RENEW-03")]
    assert given(scenario("x", steps)) == {"DAN-RENEW-02": Verdict.NOT_APPLICABLE, "DAN-RENEW-03": Verdict.PASS}


def test_what_a_scenario_that_does_not_apply_left_out_does_not_apply() -> None:
    """The Edge scenarios without Edge leave no row NOT REACHED."""
    steps = [
        step("a", "DAN-VERIFY-EDGE-01", verdict=Verdict.NOT_APPLICABLE),
        step("b", "DAN-VERIFY-EDGE-02", verdict=Verdict.NOT_REACHED),
    ]
    verdicts = given(scenario("x", steps, verdict=Verdict.NOT_APPLICABLE))
    assert set(verdicts.values()) == {Verdict.NOT_APPLICABLE}


@pytest.mark.parametrize("reverse", [False, True])
def test_the_worst_of_several_scenarios_counts(reverse: bool) -> None:  # noqa: FBT001 - pytest fills it in
    """Whichever comes first."""
    both = [failing(), scenario("fine", [step("a", "DAN-RULE-03")])]
    assert requirements(both[::-1] if reverse else both)["DAN-RULE-03"] is Verdict.FAIL


def test_a_blocked_scenario_blocks_its_row() -> None:
    """No account in the state: nothing is claimed about the portal."""
    blocked = stopped("失効した利用者がいる", Verdict.BLOCKED, "失効した利用者がありません", "DAN-FAQ-05")
    assert requirements([blocked]) == {"DAN-FAQ-05": Verdict.BLOCKED}


def test_no_scenarios_judge_nothing() -> None:
    """An empty run has no requirement with a verdict."""
    assert requirements([]) == {}
