"""`sekisho run --explore`: scenarios and exploration are one run, and the second half alone can be gone on with."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sekisho.results import Run, Scenario, read_run, read_scenarios
from sekisho.verdict import Verdict

WORDS = ("--manual", "nec", "--select", "*申請*日*[更年]*", "--jobs", "1", "--budget", "2")
"""One scenario, and a rule with its boundaries."""
PATIENCE = 120  # seconds


@dataclass(frozen=True)
class Ended:
    """What it came to."""

    code: int
    said: str
    run: Run
    results: list[Scenario]


def started(*words: str) -> subprocess.Popen[str]:
    """A command of sekisho."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", start_new_session=True
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a run."""
    return tmp_path_factory.mktemp("both") / "run"


@pytest.fixture(scope="module")
def interrupted(folder: Path) -> Ended:
    """A run that ended by Ctrl-C in the second cell, with its record as it was shortly before."""
    with started("run", "--explore", *WORDS, "--out", str(folder)) as process:
        assert process.stdout
        lines = []
        for line in process.stdout:
            if line.startswith("[1/2]") and line not in lines:
                run = read_run(folder)
                os.killpg(process.pid, signal.SIGINT)
            lines.append(line)
    return Ended(process.returncode, "".join(lines), run, read_scenarios(folder))


@pytest.fixture(scope="module")
def whole(interrupted: Ended) -> Ended:
    """The same, gone on with by the command that it printed."""
    words = shlex.split(next(line for line in interrupted.said.splitlines() if "explore --resume" in line))
    with started(*words[words.index("explore") :]) as process:
        said, _ = process.communicate(timeout=PATIENCE)
    folder = Path(words[words.index("--resume") + 1])
    return Ended(process.returncode, said, read_run(folder), read_scenarios(folder))


def test_scenarios_come_first_and_what_is_explored_is_kept(interrupted: Ended) -> None:
    """Exit code 130. A run that is killed in its second half does not say that it has come to its end."""
    assert interrupted.code == 130, interrupted.said
    assert "Traceback" not in interrupted.said
    assert interrupted.run.finished is None
    scenario, *cells = sorted(interrupted.results, key=lambda one: one.started)
    assert (scenario.cell, scenario.verdict) == (None, Verdict.PASS)
    assert [one.verdict for one in cells if one.cell] == [Verdict.PASS]


def test_the_second_half_goes_on_and_the_first_is_not_carried_out_again(whole: Ended, interrupted: Ended) -> None:
    """With the same budget, in the same folder; its conclusion is about both."""
    assert whole.code == 0, whole.said
    kept = {(one.id, one.started) for one in interrupted.results}
    assert kept < {(one.id, one.started) for one in whole.results}
    assert sorted(one.cell is None for one in whole.results) == [False, False, True]
    assert whole.run.finished


def test_what_the_budget_left_out_is_said_where_the_conclusion_stands(whole: Ended, folder: Path) -> None:
    """Eight days on both sides of a rule, less two: a green run must not look as if it had tried them."""
    assert whole.run.left_out == 14
    assert "ほかに 14 セルがあります" in whole.said
    assert "ほかに 14 セルがあります" in (folder / "report.html").read_text("utf-8")


def test_the_report_and_junit_have_both_halves(whole: Ended, folder: Path) -> None:
    """The scenario, and the rule with its table."""
    assert whole.code == 0, whole.said
    report = (folder / "report.html").read_text("utf-8")
    assert all(f'id="scenario-{one.id}"' in report for one in whole.results)
    assert 'id="boundaries"' in report
    document = ET.parse(folder / "junit.xml").getroot()  # noqa: S314 - our own
    assert [document.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["3", "0", "0", "0"]
