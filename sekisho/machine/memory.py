"""The memory of a process that reads what a stranger made."""

from __future__ import annotations

import sys

MOST = 2 << 30  # bytes


def limit_memory() -> None:
    """Let this process have so much and no more; not on Windows."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
