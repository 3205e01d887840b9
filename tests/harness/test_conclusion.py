"""From the way a scenario ended to its verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages.keys import Download
from pages.renewal import APPLIED, SWITCHED
from sekisho.manual.citations import CitedStep, scenarios
from sekisho.run import scenario_verdict
from sekisho.run.scenario_verdict import concerned, failure_of, verdict_of
from sekisho.verdict import (
    BlockedError,
    DeviationError,
    EnvironmentProblemError,
    NotApplicableError,
    Verdict,
    doing,
    require,
    worst,
)
from steps.keys import IMPORTED, opened


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
    assert verdict_of(error) is verdict


@pytest.mark.parametrize(
    ("error", "start"),
    [
        (
            BrowserTimeoutError("Timeout 5000ms exceeded.\nCall log:\n  - waiting for locator"),
            "ブラウザーを操作できなくなった",
        ),
        (KeyError("renew"), "sekisho の中で思いがけない誤りが起きた（KeyError: 'renew'）"),
        (MemoryError(), "sekisho の中で思いがけない誤りが起きた（MemoryError）"),
        (EnvironmentProblemError("空きがない\n/tmp"), "空きがない\n/tmp"),
    ],
)
def test_a_librarys_dump_is_told_in_a_sentence(error: BaseException, start: str) -> None:
    """And the whole of it stays in the result's JSON."""
    told = scenario_verdict.told(error)

    assert told.startswith(start)
    assert "Call log" not in told


def test_a_failure_says_requirement_manual_and_portal() -> None:
    """The three lines a reader needs."""
    cited = next(one for one in scenarios() if one.scenario_ids == ("DAN-RULE-02",))
    failure = failure_of(DeviationError("2年だった"), cited, cited.steps[-1], "")
    assert failure
    assert failure.requirement == ["DAN-RULE-02"]
    assert failure.manual_says.startswith("DAN-RULE-02 有効期間は発行（再発行）より3年")
    assert failure.portal_did == "2年だった"


def test_what_goes_beyond_the_manual_is_never_more_than_a_warning() -> None:
    """Our own trouble stays ours, and a row's own step stays a FAIL."""
    beyond = CitedStep(1, "長すぎるパスワードは拒まれる", (), own=False, kind="then", beyond=True)
    assert verdict_of(DeviationError("受け付けた"), beyond) is Verdict.WARNING
    assert verdict_of(KeyError("ours"), beyond) is Verdict.ERROR
    assert verdict_of(DeviationError("受け付けた"), replace(beyond, beyond=False)) is Verdict.FAIL


def test_an_action_on_the_way_counts_against_the_row_that_it_is_about() -> None:
    """The rows of the check were not reached; a longer sentence says what it was doing."""
    cited = next(one for one in scenarios() if one.name == "有効期限の31日前は更新を申請できない")
    opened, pressed, seen = cited.steps[-3:]
    assert concerned(DeviationError("x"), cited, pressed) == ("DAN-RENEW-03",)
    assert concerned(DeviationError("x"), cited, seen) == ("DAN-RULE-03",)
    with pytest.raises(DeviationError) as raised, doing("更新案内のリンクを開き更新対象の証明書を選ぶ"):
        raise DeviationError("x")
    assert concerned(raised.value, cited, opened) == ("DAN-RENEW-02",)


def test_what_several_procedures_have_counts_in_the_one_under_way() -> None:
    """A key is downloaded in the enrolment and in the renewal."""
    cited = next(one for one in scenarios() if one.name == "更新した証明書の有効期間" and one.manual == "danshin")
    renewed = next(one for one in cited.steps if one.text == "手順どおりに証明書を更新する")
    with pytest.raises(DeviationError) as raised, doing("更新を申請する"), doing("鍵をダウンロードする"):
        raise DeviationError("x")
    assert concerned(raised.value, cited, renewed) == ("DAN-RENEW-07",)
    resumed = next(one for one in scenarios() if one.name == "鍵のダウンロードが途中で切れても、一覧から取り直せる")
    fetched = next(one for one in resumed.steps if one.text == "一覧の先頭の鍵を取得して取り込む")
    with pytest.raises(DeviationError) as raised, doing("鍵をダウンロードする"):
        raise DeviationError("x")
    assert concerned(raised.value, resumed, fetched) == ("DAN-RESUME-03A",)


def test_a_screen_that_does_not_go_on_counts_against_the_row_that_says_it_does() -> None:
    """Nothing of the key was reached."""
    cited = next(one for one in scenarios() if one.name == "更新した証明書の有効期間" and one.manual == "danshin")
    renewed = next(one for one in cited.steps if one.text == "手順どおりに証明書を更新する")
    with pytest.raises(DeviationError) as raised, doing(*APPLIED), doing(*SWITCHED):
        raise DeviationError("x")
    assert concerned(raised.value, cited, renewed) == ("DAN-RENEW-04",)


def test_a_file_that_cannot_be_imported_counts_against_the_import() -> None:
    """Neither against the list of certificates, which was not opened, nor against what a check would have shown."""
    cited = next(one for one in scenarios() if one.name == "証明書の管理で取得した証明書を確認する")
    fetched = next(one for one in cited.steps if one.text == "案内に従って証明書を取得し取り込む")
    with pytest.raises(DeviationError) as raised, doing(*IMPORTED):
        raise DeviationError("x")
    assert concerned(raised.value, cited, fetched) == tuple(f"DAN-ISSUE-{number:02}" for number in range(7, 11))


def test_a_bad_file_counts_against_the_download_though_a_check_finds_it() -> None:
    """What is refused anyway says nothing of a wrong password, nor of what a good one would have said."""
    bad = Download(Path("a.p12"), "a.p12", data=b"0")
    for name, file, row in (
        ("誤ったパスワードでは取り込めない", bad, "DAN-ISSUE-06"),
        ("新しく取得した証明書の有効期間", bad, "DAN-ISSUE-06"),
        ("更新した証明書の有効期間", replace(bad, within=APPLIED), "DAN-RENEW-07"),
    ):
        cited = next(one for one in scenarios() if one.name == name and one.manual == "danshin")
        with pytest.raises(DeviationError) as raised:
            opened(file, "password")
        assert concerned(raised.value, cited, cited.steps[-1]) == (row,)


def test_an_action_that_no_scenario_explains_counts_against_what_it_leads_up_to() -> None:
    """The other rows were not reached."""
    cited = next(one for one in scenarios() if one.name == "申請の応答が失われても、一覧から鍵を取得して更新を終える")
    lost = next(one for one in cited.steps if one.text == "更新の申請が回線の障害で途切れる" and not one.ids)
    assert concerned(DeviationError("x"), cited, lost) == ("DAN-RESUME-01", "DAN-RESUME-02")
    cited = next(one for one in scenarios() if one.name == "再発行前の証明書だけを削除する")
    listed = next(one for one in cited.steps if one.text == "個人の証明書の一覧に証明書が2枚ある")
    assert concerned(DeviationError("x"), cited, listed) == ("DAN-DELETE-CHROME-08", "DAN-REISSUE-03")


def test_a_step_of_the_procedure_counts_against_its_own_row() -> None:
    """As the comment above it says."""
    cited = next(one for one in scenarios() if one.name == "取得案内のメールから団信ネットへのログインまで")
    step = next(one for one in cited.steps if one.text == "鍵の取得を送信する")
    assert concerned(DeviationError("x"), cited, step) == ("DAN-ISSUE-05",)


def test_require_raises_only_when_unmet() -> None:
    """With what the portal did."""
    require([1], "never")
    with pytest.raises(DeviationError, match="空である"):
        require([], "空である")


def test_fail_is_the_worst_verdict_and_nothing_is_not_reached() -> None:
    """The order of severity."""
    assert worst([Verdict.PASS, Verdict.FAIL, Verdict.ERROR]) is Verdict.FAIL
    assert worst([]) is Verdict.NOT_REACHED
