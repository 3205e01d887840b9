"""What a manual prints: such words a portal must have, and of all else it has its own."""

from __future__ import annotations

from collections.abc import Iterable

from pages.dialect import has_any
from sekisho.manual.rows import rows


def row_with(manual: str, words: Iterable[str]) -> str:
    """The id of the first row of a manual that prints one of some words; empty where none does."""
    wanted = list(words)
    return next((row.id for row in rows() if row.manual == manual and has_any(row.says, wanted)), "")
