"""How many inputs a test tries: the same each time, and more at night (`SEKISHO_TRIES=50` is fifty times as many)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("SEKISHO_TRIES", "1"))


def tried(count: int) -> settings:
    """So many inputs."""
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
