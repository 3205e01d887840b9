"""Processes that a test started, found by a mark in their environment, and waiting for what they do."""

from __future__ import annotations

import time
from collections.abc import Callable
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
