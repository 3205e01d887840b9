"""Amounts in a text: 12,345 and 12345 are one, and neither says 345."""

from __future__ import annotations

import re

GROUPED = re.compile(r"(?<![0-9A-Za-z,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")  # and no list: 12345,345


def ungrouped(text: str) -> str:
    """A text whose amounts have nothing between their digits."""
    return GROUPED.sub(lambda amount: amount[0].replace(",", ""), text)
