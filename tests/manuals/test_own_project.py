"""A pytest project of somebody's own gets the sentences that only its manual has, too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("manual", "there"), [("gunma", True), ("danshin", False)])
def test_the_manuals_own_fixtures_are_there(tmp_path: Path, manual: str, there: bool) -> None:  # noqa: FBT001 - a case
    """And nobody else's."""
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nsekisho_manual = {manual}\n", "utf-8")
    (tmp_path / "test_nothing.py").write_text("def test_nothing(): pass\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "--fixtures", "-p", "no:playwright", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ("one_time_password" in done.stdout) is there
