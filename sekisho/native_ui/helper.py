"""Programs that a browser's surroundings need: each says on its first line that it is ready, or does not start."""

from __future__ import annotations

import select
import subprocess

READY_SECONDS = 10.0


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
