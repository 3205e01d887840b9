"""What must stand in a cell of a screen or a letter, for the words in a scenario's table."""

from __future__ import annotations

import re

from pages.dialect import plain
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.verdict import require
from steps.times import days
from steps.wording import deviates
from steps.words import LOOSE, MOMENT, SHAPES


def shaped(content: str) -> bool:
    """Whether a table's words tell of a kind of value, and not the value itself."""
    return content == MOMENT or content in SHAPES


def check_shape(evidence: Recorder, content: str, value: str, did: str) -> None:
    """Look whether a value is of a kind; a WARNING where portals may well have it another way.

    Raises DeviationError for anything else.
    """
    if content == MOMENT:
        require(days(value), did)
    elif not re.fullmatch(SHAPES[content], value):
        require(re.fullmatch(LOOSE[content], value), did)
        evidence.warning(say(f"{did}（手順書の見本では{content}）", f"{did} (in the manual's sample: {content})"))


def check_words(evidence: Recorder, content: str, value: str, did: str) -> None:
    """Look whether a cell has some words. Other words are a WARNING, unless a row of the manual prints these.

    Raises DeviationError for these, and for an empty cell.
    """
    if plain(value) != plain(content):
        require(plain(value), did)
        deviates(evidence, content, did)
