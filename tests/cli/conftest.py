"""Running the command line as a person does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest


@pytest.fixture
def sekisho() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run one command to its end, with changes to the environment, and catch what it prints."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from sekisho.cli import main; main()", *arguments],
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "160", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )

    return run
