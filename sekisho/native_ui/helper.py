"""Programs that a browser's surroundings need: each says on its first line that it is ready, or does not start."""

from __future__ import annotations

import select
import subprocess
from pathlib import Path

READY_SECONDS = 10.0


def start(guard: str, folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a program by a script that gets its folder and ends when standard input closes; with its first line."""
    process = subprocess.Popen(
        ["sh", "-c", guard, "sh", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C on the terminal must not end it before the browser that needs it
    )
    return process, first_line(process)


def first_line(process: subprocess.Popen[str], seconds: float = READY_SECONDS) -> str:
    """What it says when it is ready; empty for one that ends, or says nothing in time: that one is ended."""
    assert process.stdin
    assert process.stdout
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    line = process.stdout.readline().strip() if ready else ""
    if not line:
        process.stdin.close()
        process.wait()
        process.stdout.close()
    return line
