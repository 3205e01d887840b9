"""How the words in a page are read: a part of scripts, for they run in worlds that know nothing of each other."""

from __future__ import annotations

from pathlib import Path

READING = Path(__file__).with_name("reading.js").read_text(encoding="utf-8")


def reading(script: str) -> str:
    """A script that is a function of one argument, with `reading` at hand."""
    return f"(given) => {{ const reading = {READING}; return ({script})(given); }}"
