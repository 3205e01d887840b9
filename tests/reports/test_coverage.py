"""The rows of a manual against what cites them."""

from __future__ import annotations

import json
from dataclasses import replace

from reports.coverage import coverage
from sekisho.manual.citations import CitedScenario
from sekisho.manual.rows import Row, members
from sekisho.verdict import Verdict

from .samples import failing, scenario, step


def row(row_id: str, step: str = "①") -> Row:
    """A row of the renewal procedure."""
    return Row(row_id, "danshin", "更新", step, "する", "なる", members(row_id))


def cited(name: str, *ids: str) -> CitedScenario:
    """A scenario of the renewal feature as its file has it."""
    return CitedScenario(
        manual="danshin",
        procedure="クライアント証明書の更新",
        feature="danshin/renewal.feature",
        rule="",
        name=name,
        ids=ids,
        scenario_ids=ids,
        tags=(),
        values=({},),
    )


def test_rows_without_a_scenario_are_named_one_by_one() -> None:
    """Of a range, the single ids that nobody cites."""
    found = coverage([row("DAN-RENEW-01"), row("DAN-RENEW-08..10")], [cited("a", "DAN-RENEW-08", "DAN-RENEW-10")])
    assert found.uncited == ["DAN-RENEW-01", "DAN-RENEW-09"]
    assert [one.verdict for one in found.rows] == [None, None]


def test_results_and_feature_files_meet_in_one_citation() -> None:
    """A scenario that was run is not listed twice, and its examples stand side by side."""
    runs = [
        scenario("a", [step("x", "DAN-RENEW-01", verdict=verdict)], id=f"a-{verdict}", verdict=verdict)
        for verdict in (Verdict.PASS, Verdict.FAIL)
    ]
    [only] = coverage([row("DAN-RENEW-01")], [cited("a", "DAN-RENEW-01")], runs).rows
    [citation] = only.citations
    assert [one.scenario_id for one in citation.results] == ["a-PASS", "a-FAIL"]
    assert only.verdict is Verdict.FAIL


def test_a_failed_scenario_gives_each_row_its_own_verdict() -> None:
    """The row before the failing step passed."""
    rows = coverage([row("DAN-RENEW-01"), row("DAN-RULE-03")], [], [failing()]).rows
    assert [one.verdict for one in rows] == [Verdict.PASS, Verdict.FAIL]


def test_an_id_without_a_row_is_reported() -> None:
    """A mistyped id must not vanish."""
    assert coverage([row("DAN-RENEW-01")], [cited("a", "DAN-RENEV-01")]).unknown == ["DAN-RENEV-01"]


def test_json_holds_the_rows_and_japanese_stays_readable() -> None:
    """What `sekisho coverage --json` prints."""
    text = coverage([row("DAN-RENEW-01")], [cited("あ", "DAN-RENEW-01")]).to_json()
    assert "あ" in text
    assert json.loads(text)["rows"][0]["citations"][0]["ids"] == ["DAN-RENEW-01"]


def test_a_scenario_beyond_the_manual_is_marked() -> None:
    """Whoever reads the list sees that the row does not ask for it."""
    beyond = replace(cited("長い", "DAN-RENEW-01"), tags=("手順書の外",))
    found = coverage([row("DAN-RENEW-01")], [beyond, cited("短い", "DAN-RENEW-01")])
    assert [(one.name, one.beyond) for one in found.rows[0].citations] == [("長い", True), ("短い", False)]
