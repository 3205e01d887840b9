"""The words of a portal of the family: the usual ones, what somebody says instead, and none of what is not there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

USUAL = Path(__file__).with_name("words.toml")
OPTIONAL = {"values": ("subscriber_id", "notify_mail", "application_data")}
"""What a portal has only if somebody says what it is called."""

Words = dict[str, dict[str, list[str]]]


@cache
def usual() -> Mapping[str, Mapping[str, list[str]]]:
    """The usual ones, with places for figures."""
    return tomllib.loads(USUAL.read_text("utf-8"))


def known() -> dict[str, list[str]]:
    """What may have words, by section."""
    return {section: [*names, *OPTIONAL.get(section, ())] for section, names in usual().items()}


def merged(said: Mapping[str, Mapping[str, tuple[str, ...]]], left_out: frozenset[tuple[str, str]]) -> Words:
    """The usual words with those that somebody says in their place, without those that are left out."""
    found: Words = {}
    for section in dict.fromkeys([*usual(), *said]):
        given = {name: list(words) for name, words in said.get(section, {}).items()}
        names = {**usual().get(section, {}), **given}
        kept = {name: list(words) for name, words in names.items() if (section, name) not in left_out}
        if kept:
            found[section] = kept
    return found


def first(words: Words, section: str, name: str) -> str:
    """The words for something, as scenarios and rows say them: the first of its spellings."""
    return words[section][name][0]
