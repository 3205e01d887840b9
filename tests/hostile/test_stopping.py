"""A run whose portal goes away: after three scenarios in a row that could not reach it, it ends and says so."""

from __future__ import annotations

import json
import os
import signal
import sys
import uuid
from pathlib import Path

import pytest

from tests.processes import marked, under_way, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_whose_mock_dies_gives_up(tmp_path: Path, jobs: str) -> None:
    """Exit code 3; what had finished is kept, the report says why the rest is missing, and no process is left."""
    mark, folder = uuid.uuid4().hex, tmp_path / "run"
    with under_way(folder, jobs, mark) as run:
        finished = {path.name for path in folder.glob("scenarios/*.json")}
        for process, words in marked(mark).items():
            if "mock_ca" in words:
                os.kill(process, signal.SIGKILL)
        output, _ = run.communicate(timeout=120)

    assert run.returncode == 3, output
    assert "打ち切りました" in output
    assert "模擬認証局が応答しない" in output
    assert "Traceback" not in output
    told = json.loads((folder / "run.json").read_text("utf-8"))
    assert "続けてポータルに届かなかった" in told["stopped"]
    assert told["finished"]
    verdicts = {path.name: json.loads(path.read_text("utf-8"))["verdict"] for path in folder.glob("scenarios/*.json")}
    assert {verdicts[name] for name in finished} == {"PASS"}
    assert 3 <= list(verdicts.values()).count("ERROR") <= 3 * int(jobs) + 1
    assert (folder / "report.html").is_file()
    until(lambda: not marked(mark), seconds=5)
