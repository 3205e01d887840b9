"""From the way a scenario ended to its verdict."""

from __future__ import annotations

import pytest

from sekisho.citations import scenarios
from sekisho.conclusion import conclude, failure_of
from sekisho.verdict import (
    BlockedError,
    DeviationError,
    EnvironmentProblemError,
    NotApplicableError,
    Verdict,
    require,
    worst,
)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (None, Verdict.PASS),
        (DeviationError("x"), Verdict.FAIL),
        (NotApplicableError("x"), Verdict.NOT_APPLICABLE),
        (BlockedError("x"), Verdict.BLOCKED),
        (EnvironmentProblemError("x"), Verdict.ERROR),
        (AssertionError("ours"), Verdict.ERROR),
        (KeyError("ours"), Verdict.ERROR),
        (TimeoutError("ours"), Verdict.ERROR),
    ],
)
def test_only_what_is_said_in_so_many_words_counts_against_the_portal(
    error: BaseException | None, verdict: Verdict
) -> None:
    """Our own slips are errors."""
    assert conclude(error) is verdict


def test_a_failure_says_requirement_manual_and_portal() -> None:
    """The three lines a reader needs."""
    cited = next(one for one in scenarios() if one.scenario_ids == ("DAN-RULE-02",))
    failure = failure_of(DeviationError("2年だった"), cited, [], "")
    assert failure
    assert failure.requirement == ["DAN-RULE-02"]
    assert failure.manual_says.startswith("DAN-RULE-02 有効期間は発行（再発行）より3年")
    assert failure.portal_did == "2年だった"


def test_require_raises_only_when_unmet() -> None:
    """With what the portal did."""
    require([1], "never")
    with pytest.raises(DeviationError, match="空である"):
        require([], "空である")


def test_fail_is_the_worst_verdict_and_nothing_is_not_reached() -> None:
    """The order of severity."""
    assert worst([Verdict.PASS, Verdict.FAIL, Verdict.ERROR]) is Verdict.FAIL
    assert worst([]) is Verdict.NOT_REACHED
