"""What this machine lacks: exit code 3 before the run, or one line and a run that goes on with what is there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere browsers are found by other means than PATH")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment in which no program of the system is found."""
    return {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "HOME": str(tmp_path)}


def test_without_a_browser_nothing_is_started(sekisho: Command, bare: dict[str, str], tmp_path: Path) -> None:
    """The sentence says what is missing and how to get it."""
    result = sekisho("run", "--manual", "danshin", "--out", str(tmp_path / "run"), **bare)

    assert result.returncode == 3, result.stderr
    assert "ブラウザー" in result.stderr
    assert "playwright install --with-deps chromium" in result.stderr
    assert not (tmp_path / "run").exists()


def test_doctor_says_that_nothing_can_run_without_a_browser(sekisho: Command, bare: dict[str, str]) -> None:
    """Exit code 3, and the way to get one."""
    result = sekisho("doctor", **bare)

    assert result.returncode == 3, result.stdout
    assert "実行できません" in result.stdout


def test_a_store_that_was_asked_for_and_is_not_there_stops_the_run(
    sekisho: Command, bare: dict[str, str], tmp_path: Path
) -> None:
    """--certs native without the store's tools names what is missing."""
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n", encoding="utf-8")
    browser.chmod(0o755)

    result = sekisho("run", "--manual", "danshin", "--certs", "native", "--out", str(tmp_path / "run"), **bare)

    assert result.returncode == 3, result.stderr
    assert "--certs native" in result.stderr
    assert not (tmp_path / "run").exists()
