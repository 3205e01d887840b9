"""A known gap excuses what it names for as long as it lasts, and a closed one fails the run."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reports.requirements import given, requirements
from sekisho.manual.citations import CitedScenario
from sekisho.results import Failure, Gap, Run, Scenario, Step
from sekisho.run.known_gaps import excuse, settle, why_not
from sekisho.target_file import read
from sekisho.verdict import ConfigurationProblemError, Verdict

from .least import LEAST

START = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
BROWSER = "chromium 156.0.8078.79"
GAP = Gap(requirement="DAN-RULE-03", reason="2027年春に直す", until=date(2026, 11, 21))

PASS, FAIL, KNOWN, UNEXPECTED = Verdict.PASS, Verdict.FAIL, Verdict.KNOWN_GAP, Verdict.UNEXPECTED_PASS


def step(*ids: str, verdict: Verdict = PASS) -> Step:
    """A sentence about these rows."""
    return Step(keyword="もし", text="x", ids=list(ids), verdict=verdict, started=START, seconds=0)


def scenario(
    name: str, *steps: Step, verdict: Verdict = PASS, tags: tuple[str, ...] = (), at: datetime = START
) -> Scenario:
    """A scenario of these steps; one that failed did so at the first failed step."""
    ids = [*tags, *(one for each in steps for one in each.ids)]
    failed = next((each.ids for each in steps if each.verdict is FAIL), list(tags))
    did = "利用者に断らず発行した"
    failure = Failure(verdict=FAIL, requirement=failed, manual_says="x", portal_did=did, step="x")
    return Scenario(
        id=f"danshin-rules-{name}",
        nodeid=name,
        manual="danshin",
        procedure="規則",
        feature="danshin/rules.feature",
        name=name,
        ids=ids,
        worker="main",
        started=START,
        seconds=0,
        verdict=verdict,
        steps=list(steps),
        failure=failure if verdict is FAIL else None,
        repeat="",
    )


def cited(*found: Scenario) -> list[CitedScenario]:
    """The feature files that hold exactly these scenarios."""
    return [
        CitedScenario("danshin", one.procedure, one.feature, "", one.name, tuple(one.ids), (), (), ({},))
        for one in found
    ]


def run(*gaps: Gap, **changes: object) -> Run:
    """A run whose target admits these gaps."""
    facts: dict[str, object] = {
        "id": "x",
        "version": "0",
        "command": "x",
        "target": "x",
        "manuals": ["danshin"],
        "browser": BROWSER,
        "certs": "native",
        "machine": "x",
        "jobs": 1,
        "started": START,
        "gaps": list(gaps),
    }
    return Run.model_validate(facts | changes)


FAILED = scenario("a", step("DAN-ISSUE-01"), step("DAN-RULE-03", verdict=FAIL), step("DAN-RULE-04"), verdict=FAIL)
PASSED = scenario("b", step("DAN-RULE-03"), step("DAN-RULE-05"))


def test_a_gap_turns_fail_into_known_gap_for_scenario_step_and_row() -> None:
    """What passed before stays passed, and the reason is in the step."""
    excused = excuse(FAILED, [GAP], BROWSER)
    assert (excused.verdict, excused.gap) == (KNOWN, GAP)
    assert excused.failure is not None
    assert excused.failure.verdict is KNOWN
    assert excused.steps[1].reason == "2027年春に直す"
    assert given(excused) == {
        "DAN-ISSUE-01": PASS,
        "DAN-RULE-03": KNOWN,
        "DAN-RULE-04": Verdict.NOT_REACHED,
    }


def test_a_gap_excuses_only_what_it_names() -> None:
    """A scenario that fails elsewhere fails, though it cites the row."""
    other = scenario("c", step("DAN-ISSUE-01", verdict=FAIL), step("DAN-RULE-03"), verdict=FAIL)
    assert excuse(other, [GAP], BROWSER) == other
    assert excuse(PASSED, [GAP], BROWSER) == PASSED


def test_a_range_of_rows_may_be_admitted() -> None:
    """As the manual's own rows are ranges."""
    wide = GAP.model_copy(update={"requirement": "DAN-RULE-01..04"})
    assert excuse(FAILED, [wide], BROWSER).verdict is KNOWN


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (datetime(2026, 11, 21, 14, 59, tzinfo=UTC), ""),
        (datetime(2026, 11, 21, 15, 0, tzinfo=UTC), "2026-11-21 に期限が切れた"),
    ],
)
def test_a_gap_lasts_to_the_end_of_its_last_day_in_tokyo(at: datetime, reason: str) -> None:
    """15:00 UTC is midnight there."""
    assert why_not(GAP, BROWSER, at) == reason


def test_an_ended_gap_is_no_excuse_and_the_failure_says_so() -> None:
    """With its reason, for whoever wonders why it is red today."""
    old = GAP.model_copy(update={"until": date(2026, 10, 31)})
    judged = excuse(FAILED, [old], BROWSER)
    assert judged.verdict is FAIL
    assert judged.failure is not None
    assert "既知の不適合 DAN-RULE-03（2027年春に直す）は、2026-10-31 に期限が切れた。" in judged.failure.portal_did


@pytest.mark.parametrize(
    ("browser", "versions", "in_force"),
    [
        ("chromium", "", True),
        ("msedge", "", False),
        ("", ">=120, <157", True),
        ("", "<156", False),
        ("chromium", "==156.*", True),
    ],
)
def test_a_gap_may_be_about_some_browsers_only(browser: str, versions: str, in_force: bool) -> None:  # noqa: FBT001
    """By name and by version, as Python's packages do it."""
    gap = GAP.model_copy(update={"browser": browser, "versions": versions})
    assert (why_not(gap, BROWSER, START) == "") is in_force


def test_a_version_that_is_not_known_fits_no_condition() -> None:
    """Chrome on Windows does not say; the reason is given."""
    gap = GAP.model_copy(update={"versions": ">1"})
    assert "この版: 不明" in why_not(gap, "chrome ", START)


def test_a_closed_gap_is_an_unexpected_pass_for_the_rows_it_names_only() -> None:
    """The run fails until the file is put right."""
    (settled,) = settle(run(GAP), [PASSED], cited(PASSED))
    assert (settled.verdict, settled.gap) == (UNEXPECTED, GAP)
    assert requirements([settled]) == {"DAN-RULE-03": UNEXPECTED, "DAN-RULE-05": PASS}


def test_a_tag_that_the_gap_does_not_name_passes() -> None:
    """A scenario cites rows as a whole, too."""
    tagged = scenario("t", step(), tags=("DAN-RULE-03", "DAN-RULE-09"))
    (settled,) = settle(run(GAP), [tagged], cited(tagged))
    assert given(settled) == {"DAN-RULE-03": UNEXPECTED, "DAN-RULE-09": PASS}


def test_a_gap_that_excuses_one_scenario_may_pass_in_another() -> None:
    """It has not closed."""
    both = [excuse(FAILED, [GAP], BROWSER), PASSED]
    assert settle(run(GAP), both, cited(*both)) == both


BLOCKED = scenario("d", step("DAN-RULE-03", verdict=Verdict.BLOCKED), verdict=Verdict.BLOCKED)
NOT_HERE = scenario("e", step("DAN-RULE-03", verdict=Verdict.NOT_APPLICABLE))


@pytest.mark.parametrize(
    ("others", "known"),
    [
        ([], cited(PASSED, BLOCKED)),
        ([BLOCKED], cited(PASSED, BLOCKED)),
        ([FAILED], cited(PASSED, FAILED)),
    ],
    ids=["not carried out", "blocked", "fails elsewhere"],
)
def test_nothing_is_claimed_on_part_of_the_evidence(others: list[Scenario], known: list[CitedScenario]) -> None:
    """The one that is missing may be the one that shows the gap."""
    found = [PASSED, *others]
    assert settle(run(GAP), found, known) == found


def test_what_this_browser_cannot_show_does_not_keep_a_gap_open() -> None:
    """Another passed; the one that is not applicable says nothing."""
    found = settle(run(GAP), [PASSED, NOT_HERE], cited(PASSED, NOT_HERE))
    assert [one.verdict for one in found] == [UNEXPECTED, PASS]
    assert settle(run(GAP), [NOT_HERE], cited(NOT_HERE)) == [NOT_HERE]


def test_a_gap_that_is_not_in_force_is_never_unexpected() -> None:
    """It said so itself."""
    for change in ({"until": date(2026, 1, 1)}, {"browser": "msedge"}):
        assert settle(run(GAP.model_copy(update=change)), [PASSED], cited(PASSED)) == [PASSED]


def test_shards_claim_nothing_and_their_merge_does() -> None:
    """And a merge takes back what a run of one part had claimed."""
    assert settle(run(GAP, shard="1/2"), [PASSED], cited(PASSED)) == [PASSED]
    (claimed,) = settle(run(GAP), [PASSED], cited(PASSED))
    both = [claimed, excuse(FAILED, [GAP], BROWSER)]
    assert [one.verdict for one in settle(run(GAP), both, cited(*both))] == [PASS, KNOWN]


def test_settling_twice_changes_nothing() -> None:
    """Also for a pass with a warning."""
    warned = scenario("w", step("DAN-RULE-03", verdict=Verdict.WARNING), verdict=Verdict.WARNING)
    once = settle(run(GAP), [PASSED, warned], cited(PASSED, warned))
    assert settle(run(GAP), once, cited(PASSED, warned)) == once
    assert [one.verdict for one in settle(run(), once, cited(PASSED, warned))] == [PASS, Verdict.WARNING]


FILE = (
    LEAST
    + """
[[gaps]]
requirement = "DAN-RULE-03"
reason = "直す予定"
until = 2027-03-31
"""
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("DAN-RULE-03", "DAN-RUEL-03"), r"gaps\[0\].requirement = 'DAN-RUEL-03': danshin に項番 .*DAN-RULE-03"),
        (("DAN-RULE-03", "DAN-RULE-05..03"), r"項番 DAN-RULE-05..03 はありません"),
        (("DAN-RULE-03", "KIHO-RULE-03"), r"danshin に項番 KIHO-RULE-03 はありません"),
        (
            ("until = 2027-03-31", "until = 2027-03-31\nbrowser = 'edge'"),
            r"browser = 'edge': 使えるのは msedge, chrome",
        ),
        (("until = 2027-03-31", "until = 2027-03-31\nversions = '120'"), r"versions = '120': '>=120, <131' のように"),
        (("until = 2027-03-31", ""), r"gaps\[0\].until: この項目は必須です"),
        (("until = 2027-03-31", "until = '春'"), r"gaps\[0\].until = '春': 2027-03-31 のような日付"),
        (('"直す予定"', '""'), r"gaps\[0\].reason = '': 空には"),
    ],
)
def test_a_wrong_gap_is_explained(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    """With the nearest known row."""
    (tmp_path / "portal.toml").write_text(FILE, encoding="utf-8")
    assert read(tmp_path / "portal.toml").gaps[0].requirement == "DAN-RULE-03"
    (tmp_path / "portal.toml").write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match=said):
        read(tmp_path / "portal.toml")
