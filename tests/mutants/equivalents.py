"""The mutants that no scenario has to notice, and why: `equivalents.toml`.

`[[equivalent]]`: nobody could see a difference. `[[no_row]]`: somebody could, but no row of the manual says which of
the two is right, so that no scenario may ask.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .making import Key, Mutant
from .outcomes import Status

FILE = Path(__file__).with_name("equivalents.toml")
KINDS = {"equivalent": Status.EQUIVALENT, "no_row": Status.NO_ROW}


def equivalents(file: Path = FILE) -> dict[Key, Status]:
    """What each listed mutant is. Raises ValueError naming the entry and what is wrong with it."""
    found: dict[Key, Status] = {}
    for kind, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for number, entry in enumerate(entries, 1):
            place = f"{file}: [[{kind}]] number {number}"
            key = _key(entry, place)
            if kind not in KINDS:
                raise ValueError(f"{place}: only [[{']] and [['.join(KINDS)}]] are known")
            if key in found:
                raise ValueError(f"{place} ({key.file}, {key.text!r}) is there twice")
            found[key] = KINDS[kind]
    return found


def _key(entry: dict[str, Any], place: str) -> Key:
    given = dict(entry)
    reason = str(given.pop("reason", "")).strip()
    try:
        key = Key(**given)
    except TypeError as error:
        raise ValueError(f"{place} needs file, function, text, operator, and may have nth: {error}") from None
    if not reason:
        raise ValueError(f"{place} ({key.file}, {key.text!r}) has no reason")
    return key


def unmatched(listed: Iterable[Key], made: Iterable[Mutant]) -> list[Key]:
    """The listed ones that the code has no more."""
    there = {one.key for one in made}
    return [key for key in listed if key not in there]
