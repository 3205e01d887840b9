"""What every test of the harness needs of the process that runs it."""

from __future__ import annotations

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_reaches_what_is_started() -> None:
    """A shell lets its background jobs ignore Ctrl-C, and whatever they start would ignore it too."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
