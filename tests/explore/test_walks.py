"""A walk in a real browser: what fails only behind two other procedures, and what is printed of it, pasted and run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.evidence.masking import MASK
from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict
from tests.explore import slipping

TOP = Path(__file__).resolve().parents[2]

DEFECT = "second-reissue-leaves-certificate-alive"
WORDS = ("--manual", "kihonet", "--kind", "walks", "--select", "*更新案内を受け取った*", "--walk", "3,1,3")
PASTED = "from pytest_bdd import scenarios\n\nscenarios('pasted.feature')\n"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The result of one walk, with a defect of the mock."""
    folder = tmp_path_factory.mktemp("walked") / "run"
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *WORDS, "--defect", DEFECT]
    done = subprocess.run([*command, "--out", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    (found,) = read_scenarios(folder)
    return found


def test_the_second_reissue_alone_shows_that_a_certificate_lives_on(walked: Scenario) -> None:
    """Against the row that forbids it, at its last sentence; the command repeats this very walk."""
    assert walked.failure
    assert walked.verdict is Verdict.FAIL
    assert walked.failure.requirement == ["KIHO-RULE-01"]
    assert [one.verdict for one in walked.steps[:-1]] == [Verdict.PASS] * (len(walked.steps) - 1)
    assert walked.walked
    assert (walked.walked.tried, walked.walked.longest) == (1, 0)  # none went well
    assert walked.repeat.endswith(f"explore --select {walked.id} --defect {DEFECT} --walk 3,1,3")


def test_what_is_printed_of_a_walk_can_be_pasted_and_run(walked: Scenario, tmp_path: Path) -> None:
    """Into a feature of somebody's own project: the same sentences, to the same end."""
    assert walked.walked
    (tmp_path / "pytest.ini").write_text("[pytest]\nsekisho_manual = kihonet\n", "utf-8")
    (tmp_path / "pasted.feature").write_text(walked.walked.gherkin, "utf-8")
    (tmp_path / "test_pasted.py").write_text(PASTED, "utf-8")
    words = ["-p", "no:playwright", "-p", "no:cacheprovider", "-n", "0", "--sekisho-run-dir=run"]
    command = [sys.executable, "-m", "pytest", *words, f"--sekisho-defect={DEFECT}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    (again,) = read_scenarios(tmp_path / "run")
    assert [(one.text, one.verdict) for one in again.steps] == [(one.text, one.verdict) for one in walked.steps]


def test_of_walks_that_go_well_the_longest_is_shown(tmp_path: Path) -> None:
    """Each is tried by a user of its own; what is shown is carried out once more."""
    words = ["--manual", "kihonet", "--kind", "walks", "--select", "*取得案内を受け取った*", "--jobs", "1"]
    words += ["--walks", "2", "--walk-length", "1", "--out", str(tmp_path / "run")]
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = read_scenarios(tmp_path / "run")
    assert found.verdict is Verdict.PASS
    assert found.walked
    assert (found.walked.longest, len(found.walked.moves)) == (1, 1)
    assert found.repeat.split()[-1] in {
        "1",
        "9",
    }  # of the first moves only these two are possible: fetch, and days pass


@pytest.mark.parametrize("kind", slipping.KINDS)
def test_what_a_walk_showed_that_was_only_tried_tells_no_secret(tmp_path: Path, kind: str) -> None:
    """Its user is not that of the walk which is shown, and the report tells what happened to it."""
    words = ["--manual", "kihonet", "--kind", "walks", "--select", "*取得案内を受け取った*", "--jobs", "1"]
    words += ["--walks", "2", "--walk-length", "1", "--out", str(tmp_path / "run")]
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "explore", *words]
    told = {slipping.NOTES: str(tmp_path / "secrets.txt"), slipping.KIND: kind}
    plugin = {"PYTHONPATH": str(TOP), "PYTEST_ADDOPTS": "-p tests.explore.slipping"}
    done = subprocess.run(command, env=os.environ | plugin | told, capture_output=True, text=True, check=False)
    (found,) = read_scenarios(tmp_path / "run")
    assert found.failure, done.stdout + done.stderr
    assert f"初期パスワード {MASK}" in found.failure.portal_did
    secrets = (tmp_path / "secrets.txt").read_text("utf-8").split()
    assert secrets
    written = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    texts = [done.stdout, done.stderr, *(path.read_bytes().decode("utf-8", "replace") for path in written)]
    assert not [one for one in secrets for text in texts if one in text]
