"""What other portals have: files sent, ZIP files and attachments received, keys made in a page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict
from tests.manuals.portal.post import USER

PROCEDURES = ("UPLOAD", "PARCEL", "OWNKEY")


@pytest.fixture
def rooms(target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal's target file with somebody to whom it writes."""
    monkeypatch.setenv("KURA_PASSWORD", "unused-so-far")
    user = f'state = "invited"\nuser_id = "emp00021"\nmail = "{USER}"\nlogin_password_env = "KURA_PASSWORD"\n'
    target.write_text(f"{target.read_text('utf-8')}[[accounts]]\n{user}", encoding="utf-8")
    return target


def run(folder: Path, target: Path, out: Path, *select: str) -> list[Scenario]:
    """What comes of scenarios; how long it takes on a busy machine is no matter."""
    chosen = [part for one in select for part in ("--select", one)]
    where = ["--manual-dir", str(folder), "--target", str(target), "--certs", "context", "--out", str(out)]
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "run", *where, *chosen, "--jobs", "1"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=False, timeout=3600
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return read_scenarios(out)


def told(one: Scenario) -> tuple[str, str]:
    """A scenario, and what tells its examples apart."""
    return one.name, one.example.get("名前", "")


def test_a_portal_that_keeps_its_manual_is_told_so(sixth: Path, rooms: Path) -> None:
    """Every file arrives, every certificate fits, and no key leaves the page."""
    found = run(sixth, rooms, rooms.parent / "run", *(f"KURA-{one}*" for one in PROCEDURES))
    assert {told(one): (one.verdict, one.failure) for one in found if one.verdict is not Verdict.PASS} == {}
    assert len(found) == 22
