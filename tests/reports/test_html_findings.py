"""What the report says of known gaps, the product, parts of runs, runs given up, and verdicts that waver."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from reports import html, junit
from reports.reading import read
from sekisho.results import Gap, Product, Run, Scenario
from sekisho.run.trend import Change, Trend
from sekisho.verdict import Verdict

from .conftest import Reader
from .samples import START, failing, run, save, saved, scenario, step, stopped

GAP = Gap(
    requirement="DAN-RULE-03", reason="次の版で直します", until=date(2027, 2, 19), browser="msedge", versions=">=120"
)
OTHER = Gap(requirement="DAN-FAQ-05", reason="直す予定はありません", until=date(2026, 12, 31))
TEXT = "document.querySelector('{}').innerText"


def excused() -> Scenario:
    """A failure that a known gap excuses."""
    found = failing("既知", gap=GAP, verdict=Verdict.KNOWN_GAP)
    assert found.failure
    steps = [
        one.model_copy(update={"verdict": Verdict.KNOWN_GAP}) if one.verdict is Verdict.FAIL else one
        for one in found.steps
    ]
    failure = found.failure.model_copy(update={"verdict": Verdict.KNOWN_GAP})
    return found.model_copy(update={"steps": steps, "failure": failure})


def closed() -> Scenario:
    """A scenario that passed though a gap names its row."""
    return scenario("直った", [step("見る", "DAN-RULE-03")], verdict=Verdict.UNEXPECTED_PASS, gap=GAP)


def shown(reader: Reader, folder: Path, scenarios: list[Scenario], selector: str, a_run: Run | None = None) -> str:
    """The words of a part of the report."""
    seen = reader.read(html.write(saved(folder, a_run or run(), scenarios)), TEXT.format(selector))
    assert seen.errors == []
    return str(seen.value)


def test_every_known_gap_is_listed_with_reason_date_and_condition(tmp_path: Path, reader: Reader) -> None:
    """Also the one that excused nothing."""
    found = shown(reader, tmp_path, [excused()], "#findings", run(gaps=[GAP, OTHER]))

    for words in ("DAN-RULE-03", "次の版で直します", "2027-02-19", "msedge >=120", "既知"):
        assert words in found
    for words in ("DAN-FAQ-05", "直す予定はありません", "この実行ではありません", "不適合はありません"):
        assert words in found


def test_an_unexpected_pass_is_a_finding_that_says_what_to_do(tmp_path: Path, reader: Reader) -> None:
    """It fails the run, though nothing failed."""
    folder = save(tmp_path, run(gaps=[GAP]), [closed()])
    seen = reader.read(
        html.write(read(folder)), "[document.querySelector('#findings .finding').innerText, document.title]"
    )

    assert seen.errors == []
    assert "gaps から外してください" in seen.value[0]
    assert "予期しない適合" in seen.value[1]


def test_the_product_is_named_on_the_first_page(tmp_path: Path, reader: Reader) -> None:
    """As its vendor calls it, with the edition of the manual."""
    product = Product(name="認証ポータル", version="2.4.1", vendor="見本株式会社", manual_version="2025年4月版")
    found = shown(reader, tmp_path, [failing()], "#overview", run(product=product))
    for words in ("認証ポータル 2.4.1", "見本株式会社", "2025年4月版"):
        assert words in found


def test_a_shard_and_a_run_given_up_say_so_on_the_first_page(tmp_path: Path, reader: Reader) -> None:
    """Nobody takes a part for the whole."""
    changed = run(shard="2/8", stopped="3 つの手続きが続けてポータルに届きませんでした")
    found = shown(reader, tmp_path, [scenario("x", [step("a", "DAN-RENEW-01")])], "#overview", changed)
    assert "2/8" in found
    assert "続けてポータルに届きませんでした" in found


def test_a_scenario_that_is_not_steady_is_named_with_n_of_m(tmp_path: Path, reader: Reader) -> None:
    """Of the repetitions of this run."""
    again = failing("揺れる").model_copy(update={"id": "揺れる-2", "attempt": 2})
    found = shown(reader, tmp_path, [scenario("揺れる", [step("a", "DAN-RULE-03")]), again], "#findings")
    assert "揺れる" in found
    assert "2 回のうち" in found
    assert "2回目" in found


def test_changes_since_earlier_runs_are_shown(tmp_path: Path, reader: Reader) -> None:
    """Where the run was made with --history."""
    change = Change(
        scenario="x",
        manual="danshin",
        procedure="更新",
        name="変わった",
        before=Verdict.PASS,
        now=Verdict.FAIL,
        since=START,
    )
    (tmp_path / "trend.json").write_text(Trend(earlier=3, changed=[change]).model_dump_json(), "utf-8")
    assert "変わった" in shown(reader, tmp_path, [failing()], "#trend + ul")


def test_a_broken_trend_hides_nothing(tmp_path: Path, reader: Reader) -> None:
    """It is named, and the report is written."""
    (tmp_path / "trend.json").write_text("{", "utf-8")
    assert "trend.json" in shown(reader, tmp_path, [failing()], "#overview")


def test_text_of_a_target_file_stays_text(tmp_path: Path, reader: Reader) -> None:
    """In reasons, products, parts and why a run stopped."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    gap = Gap(requirement="DAN-RULE-03", reason=attack, until=date(2027, 1, 1), browser=attack)
    product = Product(name=attack, version=attack, vendor=attack, manual_version=attack)
    found = closed().model_copy(update={"gap": gap})
    folder = save(tmp_path, run(product=product, gaps=[gap], stopped=attack, shard=attack), [found])

    seen = reader.read(html.write(read(folder)), "document.querySelectorAll('img[src=x]').length")

    assert (seen.value, seen.errors) == (0, [])


def test_junit_says_what_a_gap_means(tmp_path: Path) -> None:
    """Skipped with the reason, or failed with what to do; product and part are properties."""
    a_run = run(product=Product(name="認証ポータル", version="2.4"), shard="2/8", stopped="届かない")
    tree = ET.parse(junit.write(saved(tmp_path, a_run, [excused(), closed()])))  # noqa: S314 - our own file

    assert "次の版で直します" in str(tree.find(".//skipped").get("message"))  # type: ignore[union-attr]
    assert "gaps から外して" in str(tree.find(".//failure").get("message"))  # type: ignore[union-attr]
    facts = {one.get("name"): one.get("value") for one in tree.iter("property")}
    assert (facts["product"], facts["shard"], facts["stopped"]) == ("認証ポータル 2.4", "2/8", "届かない")


def test_one_cause_of_several_undecided_scenarios_is_one_finding(tmp_path: Path, reader: Reader) -> None:
    """With a link to each; one that stands alone is told as before, and no library's dump is on the page."""
    gone = [
        stopped(f"項目{number}", Verdict.ERROR, f"ポート {40000 + number} の模擬認証局が応答しない", "DAN-RENEW-01")
        for number in range(7)
    ]
    alone = stopped("別", Verdict.BLOCKED, "状態 revoked のアカウントがない", "DAN-RENEW-01")
    assert alone.failure
    dumped = alone.model_copy(update={"failure": alone.failure.model_copy(update={"detail": "Traceback\nCall log:"})})
    folder = save(tmp_path, run(), [*gone, dumped])

    found = shown(reader, tmp_path, [*gone, dumped], "#findings")

    assert found.count("模擬認証局が応答しない") == 1
    assert "7 件のシナリオが同じ理由" in found
    assert "状態 revoked のアカウントがない" in found
    assert "Call log" not in html.write(read(folder)).read_text(encoding="utf-8")
    links = reader.read(
        folder / "report.html", "document.querySelectorAll('#undecided ~ .finding a[href^=\"#scenario-\"]').length"
    )
    assert links.value == 8
