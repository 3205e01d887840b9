"""Processes that a test started, found by a mark in their environment, and waiting for what they do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def marked(mark: str) -> dict[int, str]:
    """Every living process that inherited a mark in its environment: number and command line."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_text("utf-8").replace("\0", " ")
        except OSError:
            continue
    return found


def until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Look every 50 ms; fail when it takes longer than this."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


@contextmanager
def under_way(folder: Path, jobs: str, mark: str) -> Iterator[subprocess.Popen[str]]:
    """A run of danshin in a session of its own, marked, once its first scenario is finished."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "run", "--manual", "danshin"]
    with subprocess.Popen(
        [*command, "--jobs", jobs, "--out", str(folder)],
        env={**os.environ, "PYTHONUTF8": "1", "SEKISHO_TEST_MARK": mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as run:
        until(lambda: any(folder.glob("scenarios/*.json")) or run.poll() is not None, seconds=60)
        yield run
