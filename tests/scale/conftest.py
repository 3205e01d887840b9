"""The command line, as in tests/cli."""

from __future__ import annotations

from tests.cli.conftest import sekisho

__all__ = ["sekisho"]
