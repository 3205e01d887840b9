"""Amounts in a text: what is looked for is no part of one."""

from __future__ import annotations

import re

GROUPED = re.compile(r"(?<![0-9A-Za-z,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")  # and no list: 12345,345


def stands(wanted: re.Pattern[str], text: str) -> bool:
    """Whether a text has what is looked for, and not in the middle of an amount: 12,345 says neither 345 nor 12."""
    amounts = [one.span() for one in GROUPED.finditer(text)]
    found = (one.span() for one in wanted.finditer(text))
    return any(not any(begin < edge < end for begin, end in amounts for edge in span) for span in found)
