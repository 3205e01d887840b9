"""Playwright's own program, started by itself."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sekisho.browser import driver


def started_once() -> dict[str, str]:
    """The environment as it is while a driver runs, which has ended then."""
    with driver.running():
        return dict(os.environ)


def test_what_the_driver_has_compiled_is_kept_for_its_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this user's own folder; what else is started finds its environment as it was."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    before = dict(os.environ)
    with ThreadPoolExecutor(1) as thread:  # where Playwright may be started again
        meanwhile = thread.submit(started_once).result(timeout=60)
    assert meanwhile == before == dict(os.environ)
    kept = tmp_path / "sekisho" / "node"
    assert kept.stat().st_mode & 0o777 == 0o700
    assert [one for one in kept.rglob("*") if one.is_file()]


def test_a_folder_that_cannot_be_had_keeps_no_driver_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as in a container without a home."""
    (tmp_path / "sekisho").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(started_once).result(timeout=60)
