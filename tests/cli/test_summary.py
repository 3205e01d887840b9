"""What a run comes to: the exit code, the table and the failures."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from reports.conclusion import Conclusion
from reports.reading import Results
from sekisho.cli import summary
from sekisho.manual.rows import rows
from sekisho.results import Failure, Gap, Run, Scenario, Step
from sekisho.verdict import Verdict


def scenario(
    name: str, verdict: Verdict, *, procedure: str = "更新", seconds: float = 1.0, manual: str = "danshin"
) -> Scenario:
    """A finished scenario."""
    failure = Failure(
        verdict=verdict,
        requirement=["DAN-RULE-03"],
        manual_says="更新は有効期限の30日前から",
        portal_did="31日前に [更新] できた",
        step="ならば 更新を申請できない",
    )
    return Scenario(
        id=name,
        nodeid=name,
        manual=manual,
        procedure=procedure,
        feature=f"{manual}/x.feature",
        name=name,
        ids=["DAN-RULE-03"],
        worker="main",
        started=datetime.now(UTC),
        seconds=seconds,
        verdict=verdict,
        steps=[],
        failure=None if verdict is Verdict.PASS else failure,
        repeat=f"sekisho run --select {name}",
    )


@pytest.mark.parametrize(
    ("concluded", "verdicts", "broken", "code"),
    [
        (Conclusion.CONFORMANT, {Verdict.PASS}, False, 0),
        (Conclusion.INCOMPLETE, {Verdict.PASS, Verdict.BLOCKED}, False, 0),
        (Conclusion.NOT_CONFORMANT, {Verdict.PASS, Verdict.FAIL}, False, 1),
        (Conclusion.NOT_CONFORMANT, {Verdict.FAIL}, True, 1),
        (Conclusion.INCOMPLETE, {Verdict.BLOCKED}, False, 2),
        (Conclusion.EMPTY, {Verdict.NOT_APPLICABLE}, False, 2),
        (Conclusion.ENVIRONMENT, {Verdict.PASS, Verdict.ERROR}, False, 3),
        (Conclusion.CONFORMANT, {Verdict.PASS}, True, 3),
        (Conclusion.EMPTY, set(), True, 3),
        (Conclusion.INTERRUPTED, {Verdict.PASS}, False, 130),
    ],
)
def test_the_exit_code_says_what_was_concluded(
    concluded: Conclusion, verdicts: set[Verdict], *, broken: bool, code: int
) -> None:
    """A deviation outweighs everything; nothing that broke passes for conformance."""
    assert summary.exit_code(concluded, verdicts, broken=broken) == code


def test_every_conclusion_has_a_code_and_a_sentence() -> None:
    """A new conclusion cannot be forgotten here."""
    assert summary.CODES.keys() == set(Conclusion)
    assert all(summary.sentence(one) for one in Conclusion)


def printed(*scenarios: Scenario, manuals: tuple[str, ...] = ()) -> str:
    """The summary on a wide screen."""
    screen = io.StringIO()
    run = Run(
        id="1",
        version="0",
        command="sekisho run",
        target="模擬",
        manuals=list(manuals or dict.fromkeys(one.manual for one in scenarios)),
        browser="chromium",
        certs="native",
        machine="Linux",
        jobs=1,
        started=datetime.now(UTC),
    )
    summary.show(Console(file=screen, width=120), Results(Path(), run, list(scenarios), rows(), []))
    return screen.getvalue()


def test_a_run_that_was_interrupted_before_its_first_scenario_has_no_table() -> None:
    """There is nothing to count."""
    assert printed(manuals=("danshin",)) == ""


def test_the_table_counts_verdicts_for_each_procedure() -> None:
    """Procedure by verdict, with the sum below; verdicts nobody got have no column."""
    text = printed(
        scenario("一", Verdict.PASS),
        scenario("二", Verdict.FAIL, seconds=2.5),
        scenario("三", Verdict.PASS, procedure="規則"),
    )

    rows = [line.split() for line in text.splitlines()]
    assert ["手続き", "適合", "不適合", "秒"] in rows
    assert ["更新", "1", "1", "3.5"] in rows
    assert ["規則", "1", "1.0"] in rows
    assert ["合計", "2", "1", "4.5"] in rows
    assert "実施不能" not in text


def test_several_manuals_get_a_line_each_with_what_was_decided_of_them() -> None:
    """Their procedures have the same names."""
    text = printed(
        scenario("一", Verdict.PASS),
        scenario("二", Verdict.FAIL, manual="kihonet", seconds=2.5),
    )

    rows = [line.split() for line in text.splitlines()]
    assert ["danshin", "更新", "1", "1.0"] in rows
    assert ["kihonet", "更新", "1", "2.5"] in rows
    assert ["団信ネット・団信Web（68", "項目中", "1", "項目を判定）", "1", "1.0"] in rows
    assert ["企保ネット・N-ナビ（37", "項目中", "0", "項目を判定）", "1", "2.5"] in rows
    assert ["合計", "1", "1", "3.5"] in rows


def test_a_manual_of_which_nothing_was_chosen_has_no_line() -> None:
    """One scenario of one manual, of a run over all five."""
    text = printed(scenario("一", Verdict.PASS), manuals=("danshin", "kihonet", "obn", "nec", "gunma"))
    assert [line.split() for line in text.splitlines() if line.strip(" ─")] == [
        ["手続き", "適合", "秒"],
        ["更新", "1", "1.0"],
        ["合計", "1", "1.0"],
    ]


def warned(name: str, *reasons: str) -> Scenario:
    """A scenario with steps that warn."""
    step = Step(keyword="ならば", text="見る", ids=[], verdict=Verdict.WARNING, started=datetime.now(UTC), seconds=0)
    steps = [step.model_copy(update={"reason": reason}) for reason in reasons]
    return scenario(name, Verdict.PASS).model_copy(update={"verdict": Verdict.WARNING, "steps": steps})


def test_a_warning_is_named_with_its_reason() -> None:
    """The run conforms, and its owner still reads of it."""
    assert "適合（注意） danshin 更新 / 五: [遅い] 画面" in printed(warned("五", "[遅い] 画面"))


def test_what_many_scenarios_warn_of_is_said_once() -> None:
    """A portal's own title shows in each that comes by it, and in some at several steps."""
    text = printed(warned("五", "題名", "題名", "列"), warned("六", "題名"), warned("七", "題名"))
    lines = [line for line in text.splitlines() if line.startswith("適合（注意）")]
    assert lines == ["適合（注意） danshin 更新 / 五（ほか 2 件）: 題名", "適合（注意） danshin 更新 / 五: 列"]


def test_a_failure_says_requirement_manual_portal_and_how_to_repeat() -> None:
    """Everything that the reader needs is there, brackets included."""
    text = printed(scenario("二", Verdict.FAIL))

    for part in ("DAN-RULE-03", "更新は有効期限の30日前から", "31日前に [更新] できた", "sekisho run --select 二"):
        assert part in text


GAP = Gap(requirement="DAN-RULE-03", reason="次の版で直す", until=date(2099, 12, 31))


def test_a_known_gap_is_told_with_its_reason_and_its_last_day() -> None:
    """What the portal did stands beside why that is admitted."""
    text = printed(scenario("二", Verdict.KNOWN_GAP).model_copy(update={"gap": GAP}))

    assert "ポータル    31日前に [更新] できた" in text
    assert "既知の理由  次の版で直す（2099-12-31 まで）" in text


def test_a_closed_gap_is_told_with_what_to_do() -> None:
    """It fails the run, and nothing is wrong with the portal."""
    closed = scenario("五", Verdict.PASS).model_copy(update={"verdict": Verdict.UNEXPECTED_PASS, "gap": GAP})

    assert "予期しない適合 danshin 更新 / 五: 既知の不適合 DAN-RULE-03（次の版で直す）は解消しています" in printed(
        closed
    )


def test_a_broken_portal_does_not_flood_the_screen() -> None:
    """The worst come first, and the rest is counted."""
    many = [scenario(f"不適合{number}", Verdict.FAIL) for number in range(summary.MOST_SHOWN + 1)]

    text = printed(scenario("エラー", Verdict.ERROR), *many)

    assert text.index("不適合19") < text.index("エラー")
    assert "ほか 1 件は報告書にあります。" in text


def test_what_does_not_apply_here_is_not_explained() -> None:
    """NOT APPLICABLE is counted, not explained at length."""
    assert "要求事項" not in printed(scenario("四", Verdict.NOT_APPLICABLE))


def test_a_strangers_words_steer_no_terminal() -> None:
    """A subject of a mail, say, in what the portal did and in a step's warning."""
    shown = io.StringIO()
    console = Console(file=shown, width=200)
    failed = scenario("a", Verdict.FAIL)
    assert failed.failure
    failed = failed.model_copy(
        update={"failure": failed.failure.model_copy(update={"portal_did": "件名が \x1b]0;x\x07[red]\u202e である"})}
    )
    summary._explain(console, failed)
    told = "件名が ␛]0;x␇[red]⟨U+202E⟩ である"
    assert told in shown.getvalue()
    summary._warn(console, "\x1b[2J[red]", [failed])
    assert "␛[2J[red]" in shown.getvalue()
    assert "\x1b" not in shown.getvalue()


def test_one_cause_of_many_undecided_scenarios_is_told_once() -> None:
    """Whatever port or user it names; with the first few of them, and the command for one."""
    many = [scenario(f"項目{number}", Verdict.ERROR) for number in range(18)]
    for number, one in enumerate(many):
        assert one.failure
        many[number] = one.model_copy(
            update={
                "failure": one.failure.model_copy(
                    update={"portal_did": f"127.0.0.1:{40000 + number} の模擬認証局が応答しない"}
                )
            }
        )
    other = scenario("別の項目", Verdict.ERROR)

    text = printed(other, *many)

    assert text.count("の模擬認証局が応答しない") == 1
    assert "18 件が同じ理由" in text
    assert "項目4" in text
    assert "項目5" not in text
    assert text.count("再実行") == 2
    assert len(text.splitlines()) < 30
