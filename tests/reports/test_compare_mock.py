"""The same portal twice: no difference. This is what makes a difference worth reading."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reports.compare import compare
from reports.reading import read

pytestmark = pytest.mark.xdist_group("two runs")  # whole runs, each with a browser and a bus of its own

ROOT = Path(__file__).parent.parent.parent
# a mail, a certificate dialog, a refusal on the screen, a renewal with its certificate
SELECTED = ("更新した証明書は発行者と発行先が変わらない", "存在しないリクエストIDでは鍵を取得できない")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two runs of two scenarios, each with a mock of its own."""
    folders = [tmp_path_factory.mktemp("run") / name for name in ("a", "b")]
    for folder in folders:
        command = [sys.executable, "-m", "pytest", "features", "-q", "--manual", "danshin", "--run-dir", str(folder)]
        command += [f"--select={one}" for one in SELECTED]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return folders


def test_two_runs_of_the_same_mock_show_no_difference(runs: list[Path]) -> None:
    """Other ports, users, serial numbers, keys and times; the same words, screens and profiles."""
    found = compare(*(read(one) for one in runs))

    assert found.compared == len(SELECTED)
    assert [*found.verdicts, *found.wordings, *found.profiles, *found.screens, *found.notes] == []


def test_the_comparison_is_not_blind(runs: list[Path], tmp_path: Path) -> None:
    """The same runs, with a sentence and a key changed in every file of the second."""
    (tmp_path / "scenarios").mkdir()
    for path in (runs[1] / "scenarios").glob("*.json"):
        text = (
            path.read_text("utf-8").replace("の鍵は取得できません。", "は使えません。").replace("RSA-2048", "RSA-1024")
        )
        (tmp_path / "scenarios" / path.name).write_text(text, "utf-8")
    for name in ("run.json", "manual_steps.csv"):
        (tmp_path / name).write_bytes((runs[1] / name).read_bytes())

    found = compare(read(runs[0]), read(tmp_path))

    assert [one.after for one in found.wordings] == [
        ["入力されたリクエスト ID は使えません。リクエスト ID を確認してください。"]
    ]
    assert {(one.fact, one.weaker) for one in found.profiles} == {("key", True)}
