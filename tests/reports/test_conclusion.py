"""What a run as a whole may claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.conclusion import Conclusion, conclude
from reports.reading import read
from sekisho.results import Run, Scenario
from sekisho.verdict import Verdict

from .samples import failing, run, save, scenario, step, stopped

PASSED = scenario("通る", [step("a", "DAN-RENEW-01")])
ABSENT = stopped("Edge がない", Verdict.NOT_APPLICABLE, "Edge がありません", "DAN-VERIFY-EDGE-01")
BLOCKED = stopped("利用者がない", Verdict.BLOCKED, "利用者がありません", "DAN-FAQ-05")
ERROR = stopped("環境", Verdict.ERROR, "ポートは使われています", "DAN-RESUME-03A")


@pytest.mark.parametrize(
    ("a_run", "scenarios", "expected"),
    [
        (run(), [PASSED, ABSENT], Conclusion.CONFORMANT),
        (run(), [PASSED, ERROR, failing()], Conclusion.NOT_CONFORMANT),
        (run(finished=None), [failing()], Conclusion.NOT_CONFORMANT),
        (run(finished=None), [PASSED], Conclusion.INTERRUPTED),
        (run(), [PASSED, BLOCKED, ERROR], Conclusion.ENVIRONMENT),
        (run(), [PASSED, BLOCKED], Conclusion.INCOMPLETE),
        (run(), [ABSENT], Conclusion.EMPTY),
        (run(), [], Conclusion.EMPTY),
    ],
)
def test_the_worst_news_names_the_run(
    tmp_path: Path, a_run: Run, scenarios: list[Scenario], expected: Conclusion
) -> None:
    """A run is conformant only when it ended, left nothing undecided, and passed something."""
    assert conclude(read(save(tmp_path, a_run, scenarios))) is expected


def test_a_result_file_that_cannot_be_read_forbids_conformant(tmp_path: Path) -> None:
    """The unread file may hold a failure."""
    folder = save(tmp_path, run(), [PASSED])
    (folder / "scenarios" / "half.json").write_text('{"id": "x"', encoding="utf-8")
    assert conclude(read(folder)) is Conclusion.ENVIRONMENT
