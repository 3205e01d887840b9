"""The parts of the eye's selector engine, which become one object."""

from __future__ import annotations

import re
from collections import Counter

from pages.eye import FINDING, PARTS

NAME = re.compile(r"^  (\w+)(?:\(.*\) \{|: )", re.MULTILINE)


def test_no_part_takes_the_place_of_anothers_function() -> None:
    """The later one would win, and nobody would be told."""
    named = Counter(name for part in (FINDING, *PARTS) for name in set(NAME.findall(part)))
    assert [name for name, count in named.items() if count > 1] == []
    assert {"closers", "wordsOf", "isFree"} <= set(named)
