"""The version of the accessibility bus's software, which no call on the bus tells."""

from __future__ import annotations

import re
import subprocess
from functools import cache

# Each system's package manager, asked for one package.
ASKED = (
    ("dpkg-query", "-W", "-f", "${Version}", "at-spi2-core"),
    ("rpm", "-q", "--qf", "%{VERSION}", "at-spi2-core"),
    ("pacman", "-Q", "at-spi2-core"),
    ("pkg-config", "--modversion", "atspi-2"),
)
NUMBER = re.compile(r"\d+(?:\.\d+)+")
ANSWER_SECONDS = 10


@cache
def at_spi() -> str:
    """Such as 2.46.0; empty where nobody knows."""
    return next((found for command in ASKED if (found := _number(command))), "")


def _number(command: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = NUMBER.search(done.stdout) if done.returncode == 0 else None
    return found[0] if found else ""
