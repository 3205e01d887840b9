"""`sekisho explore` in a real browser: what only a lost answer shows, found by the smallest cell; and going on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.explore.fault_cells import FAULT
from sekisho.results import FaultCell, Picture, Scenario, Step, read_scenarios
from sekisho.verdict import Verdict

LOST = "障害: ポータルが処理したあと、応答が届かない"
ISSUE = "取得案内のメールから*POST enrol /NipponLifeInsuranceCompanyKihonetCA/ee"
CHOSEN = [f"{ISSUE}/{page}.jsp、{LOST}*" for page in ("login", "key")]
WORDS = ("--manual", "kihonet", "--jobs", "1", *(word for one in CHOSEN for word in ("--select", one)))
DEFECT = ("--defect", "unseen-download-issues-again")
AGAIN = f"やり直しの{FAULT}"
PATIENCE = 300  # seconds


def started(*words: str) -> subprocess.Popen[str]:
    """`sekisho explore` with a defect of the mock."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *WORDS, *DEFECT, *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def cells(folder: Path) -> list[Scenario]:
    """Those that were carried out so far."""
    written = folder / "scenarios"
    return [one for one in read_scenarios(folder) if one.cell] if written.is_dir() else []


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[Scenario], str]:
    """Exit code, results and report of a procedure's two most telling cells, between which all was killed (SIGKILL).

    Behind them comes the most telling cell with a second fault.
    """
    folder = tmp_path_factory.mktemp("explored") / "run"
    with started("--out", str(folder)) as first:
        assert first.stdout
        for line in first.stdout:  # one for each that was carried out; the second cell is under way
            if "[1/2]" in line and len(cells(folder)) == 1:
                break
        os.killpg(first.pid, signal.SIGKILL)
    kept = {one.id: one.started for one in read_scenarios(folder)}
    with started("--depth", "2", "--budget", "3", "--resume", str(folder)) as second:
        said, _ = second.communicate(timeout=PATIENCE)
    assert (folder / "report.html").is_file(), said
    found = read_scenarios(folder)
    assert kept.items() <= {one.id: one.started for one in found}.items()
    return second.returncode, found, (folder / "report.html").read_text("utf-8")


def test_undisturbed_the_procedure_passes_and_tells_its_exchanges(explored: tuple[int, list[Scenario], str]) -> None:
    """Each with the sentence and the screen of its press; parts of pages are left out with the reason."""
    (clean,) = [one for one in explored[1] if one.cell is None and one.feature.endswith("/issue.feature")]
    assert clean.verdict is Verdict.PASS
    kept = [(one.press, one.method, Path(one.address).name) for one in clean.exchanges if not one.left_out]
    assert kept == [
        (1, "GET", "index.jsp"),
        (2, "POST", "login.jsp"),
        (2, "GET", "top.jsp"),
        (3, "GET", "key.jsp"),
        (4, "POST", "key.jsp"),
        (4, "GET", "download.jsp"),
        (5, "POST", "file.p12"),
    ]
    assert clean.exchanges[0].cause == "取得案内メールの証明書取得用リンクを開く"


def test_the_lost_answer_to_submit_alone_shows_a_second_certificate(
    explored: tuple[int, list[Scenario], str],
) -> None:
    """Against the row that forbids it; the lost answer to the log-in shows nothing."""
    code, found, _ = explored
    first = [one for one in found if one.cell and AGAIN not in one.example]
    log_in, submit = sorted(first, key=lambda one: one.example["操作"])
    assert (code, log_in.verdict, submit.verdict) == (1, Verdict.PASS, Verdict.FAIL)
    assert submit.example["障害"] == "ポータルが処理したあと、応答が届かない"
    assert submit.failure
    assert submit.failure.requirement == ["KIHO-RULE-01"]
    assert "証明書が 2 枚発行された" in submit.failure.portal_did
    assert submit.repeat.endswith(f"explore --select {submit.id} --defect unseen-download-issues-again")


def test_a_cell_has_pictures_from_its_fault_on(explored: tuple[int, list[Scenario], str]) -> None:
    """What comes before is what the procedure undisturbed shows, with its pictures."""
    (clean,) = [one for one in explored[1] if one.cell is None and one.feature.endswith("/issue.feature")]
    submit = max(
        (one for one in explored[1] if one.cell and AGAIN not in one.example), key=lambda one: one.example["操作"]
    )
    before = [one.text for one in submit.steps].index("鍵の取得を送信する")
    assert any(pictured(one) for one in clean.steps[:before])
    assert not any(pictured(one) for one in submit.steps[:before])
    assert any(pictured(one) for one in submit.steps[before:])


def pictured(step: Step) -> bool:
    """Whether a step shows a screen."""
    return any(isinstance(one, Picture) for one in step.evidence)


def test_the_report_shows_the_matrix(explored: tuple[int, list[Scenario], str]) -> None:
    """With a link from each cell to what was seen, and the command that repeats it."""
    _, found, report = explored
    matrix = report[report.index('id="exploration"') : report.index('id="coverage"')]
    assert all(f'href="#scenario-{one.id}"' in matrix for one in found)
    assert "64 セルのうち 2 セルを実行" in matrix


def test_what_was_finished_before_a_kill_is_kept(explored: tuple[int, list[Scenario], str]) -> None:
    """The procedure undisturbed and the first cell are not carried out again: each cell once."""
    assert sum(one.cell is not None and AGAIN not in one.example for one in explored[1]) == 2


def test_a_second_fault_strikes_while_it_is_done_over(explored: tuple[int, list[Scenario], str]) -> None:
    """And then it is done over once more; the command carries out both cells."""
    (twice,) = [one for one in explored[1] if AGAIN in one.example]
    (once,) = [
        one for one in explored[1] if one.cell and one.example["通信"].endswith("login.jsp") and one is not twice
    ]
    assert twice.verdict is Verdict.PASS
    assert isinstance(twice.cell, FaultCell)
    assert twice.cell.second
    assert (twice.cell.second.method, twice.cell.second.fault) == ("POST", "reply-lost")
    over = [one.verdict for one in twice.steps if one.text == "案内に従って証明書を取得し取り込む"]
    assert over == [Verdict.NOT_APPLICABLE, Verdict.PASS]
    assert f"--select {once.id} --select {twice.id} --depth 2" in twice.repeat
