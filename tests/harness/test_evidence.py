"""What a scenario's record on disk concludes from its steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Place, Recorder
from sekisho.manual.citations import scenarios
from sekisho.results import Scenario
from sekisho.verdict import Verdict


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """The record of some scenario."""
    (tmp_path / "scenarios").mkdir()
    return Recorder(tmp_path, scenarios()[0], Place("node", "main", {}, "sekisho run"), Masking())


def ended(recorder: Recorder, verdict: Verdict = Verdict.PASS) -> Scenario:
    """The one step ends, and with it the scenario."""
    recorder.end(verdict)
    return recorder.write(verdict, None)


def test_a_warning_in_a_step_makes_the_scenario_a_warning(recorder: Recorder) -> None:
    """It passed, but its owner should know."""
    recorder.begin("もし", "証明書を取得する", (), [])
    recorder.warning("鍵が1024ビットである")
    scenario = ended(recorder)
    assert (scenario.verdict, scenario.steps[0].verdict) == (Verdict.WARNING, Verdict.WARNING)
    assert scenario.steps[0].reason == "鍵が1024ビットである"


def test_a_failure_outweighs_a_warning(recorder: Recorder) -> None:
    """In the same step too."""
    recorder.begin("もし", "証明書を取得する", (), [])
    recorder.warning("鍵が1024ビットである")
    assert ended(recorder, Verdict.FAIL).steps[0].verdict is Verdict.FAIL


def test_a_step_that_can_show_nothing_leaves_the_scenario_passed(recorder: Recorder) -> None:
    """The others have shown what they are about."""
    recorder.begin("もし", "証明書選択画面を見る", (), [])
    recorder.not_applicable("--certs context")
    scenario = ended(recorder)
    assert (scenario.verdict, scenario.steps[0].verdict) == (Verdict.PASS, Verdict.NOT_APPLICABLE)


def test_a_step_shows_the_rows_that_are_cited_for_itself_only(recorder: Recorder) -> None:
    """Not those of its scenario as a whole, and nothing where nothing is cited."""
    shown = []
    for ids, own in ((("DAN-VERIFY-CHROME-01",), True), (("DAN-VERIFY-CHROME-01",), False), ((), True)):
        recorder.begin("もし", "証明書の管理を開く", ids, [], own=own)
        shown.append(recorder.shows_rows)
    assert shown == [True, False, False]
