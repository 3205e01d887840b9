"""What is proposed as an expectation, and what is doubted."""

from __future__ import annotations

import tomllib
from collections import Counter

from sekisho.results import Scenario
from sekisho.verdict import Verdict

from .candidates import MANY, Outcome, doubts, names, proposal, reasons
from .samples import scenario


def outcome(*tried: Scenario) -> Outcome:
    """A defect of DAN-RULE-01, tried on all the scenarios that there are."""
    examples = Counter(one.name for one in tried)
    return Outcome("some-defect", frozenset({"DAN-RULE-01"}), examples, list(tried), list(tried))


def test_a_proposal_is_an_entry_of_an_expectations_file() -> None:
    """What did not go red is not in it, and what each scenario said stands above it."""
    text = proposal(outcome(scenario("31日目", '「鍵」が"出た'), scenario("30日目")))

    assert tomllib.loads(text) == {"some-defect": {"red": ["31日目"], "because": ['「鍵」が"出た']}}
    assert '# 31日目: 「鍵」が"出た' in text


def test_a_defect_that_many_notice_blocks_and_its_own_scenarios_are_named() -> None:
    """Those that merely cannot go on are not listed one by one."""
    others = [scenario(f"他{number}", "先へ進めない", row="DAN-RULE-02") for number in range(MANY)]

    text = proposal(outcome(*others, scenario("自分の", "先へ進めない")))

    assert tomllib.loads(text)["some-defect"] == {"red": ["自分の"], "because": ["先へ進めない"], "blocks": True}


def test_an_outline_is_named_as_a_whole_only_if_all_its_examples_are_red() -> None:
    """Otherwise the example is named with its values."""
    thirty, other = scenario("<日>日目", "出た", 日="31"), scenario("<日>日目", 日="30")

    assert names(outcome(thirty, other)) == ["<日>日目 [31]"]
    assert names(outcome(thirty)) == ["<日>日目"]


def test_reasons_leave_out_what_changes_from_run_to_run() -> None:
    """Addresses, numbers of requests, days and what else stood on the screen; numbers that matter stay."""
    assert reasons(["emp00005@a.example に案内が届かない（届いたもの: 0通）"]) == [
        "に案内が届かない（届いたもの: 0通）"
    ]
    assert reasons(["有効期間が 2026/11/22 から 2028/11/22 である"]) == ["有効期間が"]
    assert reasons(["残り29日のメールが 2 通"]) == ["残り29日のメールが 2 通"]
    assert reasons(["「鍵の取得」が現れない。表示されたのは: とても長い画面の文字"]) == ["「鍵の取得」が現れない"]


def test_reasons_are_as_few_as_possible() -> None:
    """A part that two texts share stands for both."""
    assert reasons(["入れた", "別人が入れた", "断られた"]) == ["入れた", "断られた"]


def test_what_looks_wrong_is_doubted() -> None:
    """Nothing red, nothing even touched, an error of ours, or only scenarios about something else."""
    assert list(doubts(outcome())) == ["no scenario touches it"]
    assert list(doubts(outcome(scenario("一")))) == ["turns nothing red: 一"]
    assert list(doubts(outcome(scenario("一", "待ちきれない", Verdict.ERROR)))) == ["ERROR in 一: 待ちきれない"]
    assert list(doubts(outcome(scenario("一", "出た", row="DAN-RULE-02")))) == ["no red scenario cites DAN-RULE-01"]
    assert list(doubts(outcome(scenario("一", "出た")))) == []
