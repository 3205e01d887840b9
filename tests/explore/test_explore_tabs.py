"""Two tabs in a real browser: what only the copy of a tab shows, found by its smallest cell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reports.lanes import taken
from sekisho.results import Scenario, TabsCell, read_scenarios
from sekisho.verdict import Verdict

COPIED = "kihonet-explore-tabs_issue-a7bac7ec"
WORDS = ("--kind", "tabs", "--select", COPIED, "--defect", "copied-page-issues-again", "--jobs", "1")


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[Scenario], str]:
    """Exit code, results and report of one cell, with a defect of the mock."""
    folder = tmp_path_factory.mktemp("tabs") / "run"
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *WORDS, "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (folder / "report.html").is_file(), done.stdout + done.stderr
    return done.returncode, read_scenarios(folder), (folder / "report.html").read_text("utf-8")


def test_one_tab_after_the_other_the_procedure_passes(explored: tuple[int, list[Scenario], str]) -> None:
    """And tells what each of its sentences exchanged: typing asks the portal for nothing."""
    (clean,) = [one for one in explored[1] if not one.cell and one.name.startswith("同じ利用者")]
    assert clean.verdict is Verdict.PASS
    (first, typing, submit, *_) = taken(clean)
    assert not typing.exchanges
    assert [one.method for one in first.exchanges] == ["GET", "POST", "GET", "GET"]
    assert [(one.method, Path(one.address).name) for one in submit.exchanges] == [
        ("POST", "key.jsp"),
        ("GET", "download.jsp"),
    ]


def test_a_copied_tab_that_issues_again_is_found_against_the_row_that_forbids_it(
    explored: tuple[int, list[Scenario], str],
) -> None:
    """With the command that repeats exactly this cell."""
    code, found, _ = explored
    (cell,) = [one for one in found if one.cell]
    assert isinstance(cell.cell, TabsCell)
    assert (code, cell.cell.order, cell.cell.letter, cell.cell.at) == (1, "AAABBB", "duplicate", 2)
    assert cell.failure
    assert cell.failure.requirement == ["KIHO-RULE-01"]
    assert "証明書が 2 枚発行された" in cell.failure.portal_did
    assert cell.repeat.endswith(f"explore --select {COPIED} --defect copied-page-issues-again")
    copied, sent = taken(cell)[1:4:2]
    assert (copied.copied, copied.text) == (False, "タブを複製する")
    assert (sent.copied, sent.text) == (True, "鍵の取得を送信する")


def test_the_report_shows_two_lanes(explored: tuple[int, list[Scenario], str]) -> None:
    """With what each step exchanged, and what was left out and why."""
    _, found, report = explored
    orders = report[report.index('id="orders"') : report.index('id="coverage"')]
    (cell,) = [one for one in found if one.cell]
    assert f'href="#scenario-{cell.id}"' in orders
    assert "順序 252 通りのうち、通信の無い文の位置だけが違う 232 通りと、タブの名だけが違う 10 通りは略" in orders
    finding = report[report.index('id="findings"') : report.index('id="orders"')]
    assert finding.count('class="lane-b"') == 5
    assert "key.jsp" in finding
