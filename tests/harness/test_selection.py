"""What --select means: rows, ranges, names, results; whole or with * and ?."""

from __future__ import annotations

import pytest

from sekisho.manual.citations import CitedScenario, scenarios
from sekisho.manual.selection import chosen
from sekisho.verdict import ConfigurationProblemError

MISMATCH = "danshin-refusals-52f3263e"


def names(*patterns: str) -> list[str]:
    """The scenarios that these patterns mean together."""
    return [one.name for one in chosen([], list(patterns))]


def results(*patterns: str) -> list[str]:
    """The results that a run would have."""
    return [result for one in chosen([], list(patterns)) for result in one.results]


def outline() -> CitedScenario:
    """A scenario with several examples."""
    return next(one for one in scenarios() if one.examples > 2)


def test_a_result_of_a_report_means_just_itself() -> None:
    """So that the command under a failure repeats that scenario and no other."""
    assert results(MISMATCH) == [MISMATCH]
    assert results("パスワードの不一致は拒まれる")[0] == MISMATCH


def test_of_an_outline_only_the_examples_that_are_meant_run() -> None:
    """Each example is a result of its own; they keep the order of the feature."""
    first, second, *_ = outline().results
    assert results(second) == [second]
    assert results(second, first) == [first, second]


@pytest.mark.parametrize("pattern", ["", " ", "\u3000"])
def test_an_empty_pattern_is_refused(pattern: str) -> None:
    """It comes from a script's variable that is not set, and would mean every scenario."""
    with pytest.raises(ConfigurationProblemError, match="空です"):
        results(pattern)


def test_every_result_can_be_selected_alone() -> None:
    """No id is part of another's pattern."""
    every = [result for one in scenarios() for result in one.results]
    assert len(set(every)) == len(every)
    assert all(results(one) == [one] for one in every[:: len(every) // 20])


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        ("danshin-refusals-*", "refusals"),
        ("danshin-refusals-????????", "refusals"),
        ("*不一致は拒まれる", "パスワードの不一致は拒まれる"),
        ("パスワードの*拒まれる", "パスワードの不一致は拒まれる"),
    ],
)
def test_globs_work_on_results_and_names(pattern: str, plain: str) -> None:
    """Not only on the ids of rows; an outline's name is that of each example, as a report shows it."""
    assert set(results(plain)) & set(results(pattern))
    assert len(results(pattern)) < 40


def test_a_row_a_range_and_a_glob_of_rows_mean_who_cites_them() -> None:
    """As before."""
    assert all("DAN-RENEW-03" in one.ids for one in chosen([], ["DAN-RENEW-03"]))
    assert set(names("DAN-RENEW-03", "DAN-RENEW-04")) <= set(names("DAN-RENEW-03..05")) <= set(names("DAN-RENEW-*"))


def test_a_part_of_a_name_and_a_procedure_mean_all_of_theirs() -> None:
    """Also a name with brackets, which are no glob."""
    (bracketed,) = {one.name for one in scenarios() if "[" in one.name} or {""}
    assert not bracketed or bracketed in names(bracketed)
    assert set(names("refusals")) == {one.name for one in scenarios() if one.feature.endswith("/refusals.feature")}


@pytest.mark.parametrize("wrong", ["danshin-refusals-52f3263f", "DAN-RENW-03", "パスワードの不一致が拒まれる"])
def test_what_means_nothing_is_refused_with_the_nearest_there_are(wrong: str) -> None:
    """A mistyped result too."""
    with pytest.raises(ConfigurationProblemError) as refused:
        chosen([], [wrong])
    assert wrong in str(refused.value)
    assert "近いもの" in str(refused.value)
