"""The title of a scenario as people read it: with the values of its example in their places."""

from __future__ import annotations

from collections.abc import Mapping


def titled(name: str, example: Mapping[str, str], attempt: int = 1) -> str:
    """An outline's name with the values of one example in place of its <placeholders>, and which repetition it is.

    Where the name has a place for none of them, they are behind it.
    """
    placed = any(f"<{key}>" in name for key in example)
    more = [] if placed else [f"{key}: {value}" for key, value in example.items()]
    name = filled(name, example)
    more += [f"{attempt}回目"] if attempt > 1 else []
    return f"{name}（{'、'.join(more)}）" if more else name


def filled(text: str, example: Mapping[str, str]) -> str:
    """A name or a sentence with the values of one example in their places."""
    for key, value in example.items():
        text = text.replace(f"<{key}>", value)
    return text
