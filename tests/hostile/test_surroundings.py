"""What a run's processes know and whom they let in: no secret that is sekisho's alone, and nobody from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest

from tests.processes import listening, marked

SECRETS = {
    "SEKISHO_KEY_PASSWORD": "secret-of-the-key",
    "PORTAL_EMP1_PASSWORD": "secret-of-an-account",
    "AWS_SECRET_ACCESS_KEY": "secret-of-a-stranger",
}
MOMENT = 20  # looks, a second on a quiet machine
WANTED = ("GUN-ISSUE-04", "DAN-FAQ-02")
PROGRAMS = (
    "chrom",
    "playwright/driver/node",
    "mock_ca",
    "mock_apps",
    "dbus-daemon",
    "at-spi2-registryd",
    "exec(eval(sys.stdin",
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def test_no_process_of_a_run_gets_a_secret_of_others_or_listens_to_them(tmp_path: Path) -> None:
    """Browser, driver, mock, bus, programs, tools and workers, from their first moment to their last."""
    mark = uuid.uuid4().hex
    asked = ["run", *(f"--select={one}" for one in WANTED), "--jobs", "2", "--out", str(tmp_path / "run")]
    becoming = Counter[int]()  # forked, and about to become another program: for a moment each looks as the run does
    seen, heard = dict[int, tuple[str, bytes]](), set[tuple[str, str]]()
    with subprocess.Popen(
        [sys.executable, "-c", "from sekisho.cli import main; main()", *asked],
        env={**os.environ, **SECRETS, "SEKISHO_TEST_MARK": mark, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as run:
        while run.poll() is None:
            found = marked(mark)
            becoming.update(one for one, command in found.items() if one != run.pid and command == found.get(run.pid))
            for process, command in found.items():
                if command != found.get(run.pid) and seen.get(process, ("",))[0] != command:
                    seen[process] = command, environ(process)
                heard |= {(command, address) for address in listening(process)}
            time.sleep(0.05)
        assert run.stdout
        assert run.returncode == 0, run.stdout.read()
    commands = " ".join(command for command, _ in seen.values())
    assert [name for name in PROGRAMS if name not in commands] == []
    assert [process for process, looks in becoming.items() if looks > MOMENT] == []
    assert [command for command, known in seen.values() if b"secret-of-" in known] == []
    assert {address for _, address in heard} == {"127.0.0.1"}, heard
    assert any("mock_ca" in command for command, _ in heard)


def environ(process: int) -> bytes:
    """What a process knows; nothing when it has gone."""
    try:
        return Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return b""
