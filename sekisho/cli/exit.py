"""The exit codes, which scripts and CI rely on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    USAGE = 2
    ENVIRONMENT = 3
    WAITING = 4
    INTERRUPTED = 130
