"""The mutants that no scenario can notice, and why: `equivalents.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from .making import Key, Mutant

FILE = Path(__file__).with_name("equivalents.toml")


def equivalents(file: Path = FILE) -> dict[Key, str]:
    """Each listed mutant with the reason. Raises ValueError naming the entry and what is wrong with it."""
    found: dict[Key, str] = {}
    for number, entry in enumerate(tomllib.loads(file.read_text(encoding="utf-8")).get("equivalent", []), 1):
        given = dict(entry)
        reason = str(given.pop("reason", "")).strip()
        try:
            key = Key(**given)
        except TypeError as error:
            raise ValueError(f"{file}: entry {number} needs file, function, text, operator: {error}") from None
        if not reason:
            raise ValueError(f"{file}: entry {number} ({key.file}, {key.text!r}) has no reason")
        if key in found:
            raise ValueError(f"{file}: entry {number} ({key.file}, {key.text!r}) is there twice")
        found[key] = reason
    return found


def unmatched(listed: Iterable[Key], made: Iterable[Mutant]) -> list[Key]:
    """The listed ones that the code has no more."""
    there = {one.key for one in made}
    return [key for key in listed if key not in there]
