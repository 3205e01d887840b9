"""Text from outside on the terminal: neither its control characters nor its brackets mean anything there."""

from __future__ import annotations

from rich.markup import escape

from sekisho.visible import visible


def plainly(text: str) -> str:
    """The text for a console that knows markup."""
    return escape(visible(text))
