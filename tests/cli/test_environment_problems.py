"""What this machine lacks: exit code 3 before the run, or one line and a run that goes on with what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere browsers are found by other means than PATH")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment in which no program of the system is found; a browser there has its sandbox, whoever runs this."""
    (tmp_path / "chrome-sandbox").touch()
    (tmp_path / "chrome-sandbox").chmod(0o4755)
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


def test_a_bus_that_does_not_start_is_one_line_for_the_whole_run(sekisho: Command, tmp_path: Path) -> None:
    """With --certs native exit code 3, before any scenario."""
    bus = tmp_path / "dbus-daemon"
    bus.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    bus.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"

    result = sekisho("run", "--manual", "danshin", "--certs", "native", "--out", str(tmp_path / "run"), PATH=path)

    assert result.returncode == 3, result.stderr
    assert result.stderr.count("D-Bus が起動しません") == 1
    assert not (tmp_path / "run").exists()


def test_a_browser_that_was_half_unpacked_stops_the_run(sekisho: Command, bare: dict[str, str], tmp_path: Path) -> None:
    """Its own words are repeated, and the way to have it whole; doctor ends with the same code."""
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\necho 'chromium: [/lib] libnss3.so: cannot open' >&2; exit 127\n", encoding="utf-8")
    browser.chmod(0o755)

    run = sekisho("run", "--manual", "danshin", "--out", str(tmp_path / "run"), **bare)
    doctor = sekisho("doctor", **bare)

    assert (run.returncode, doctor.returncode) == (3, 3)
    assert "libnss3.so: cannot open" in run.stderr
    assert "実行できません" in doctor.stdout
    assert "[/lib] libnss3.so" in doctor.stdout
