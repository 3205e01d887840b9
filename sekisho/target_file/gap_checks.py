"""What can be wrong with a known gap in a target file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from sekisho.browser.places import NAMES
from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.manual.folders import options
from sekisho.manual.rows import members, rows
from sekisho.target_file.model import GapEntry

EXAMPLE = ">=120, <131"


def gap_problems(gap: GapEntry, manual: str) -> Iterator[str]:
    """Each as 'key = value: what is wrong and what is allowed'."""
    known = {one for row in rows() if row.manual == manual for one in (row.id, *row.members)}
    unknown = [one for one in _members(gap.requirement) if one not in known]
    if unknown:
        near = difflib.get_close_matches(unknown[0], sorted(known), n=3, cutoff=0.5)
        listed = command("coverage", *options())
        hint = (
            say(f"（{'、'.join(near)} のことですか）", f" (did you mean {', '.join(near)}?)")
            if near
            else say(f"（{listed} が項番を一覧します）", f" (`{listed}` lists the rows)")
        )
        yield say(
            f"requirement = {gap.requirement!r}: {manual} に項番 {unknown[0]} はありません{hint}",
            f"requirement = {gap.requirement!r}: {manual} has no row {unknown[0]}{hint}",
        )
    if gap.browser and gap.browser not in NAMES:
        yield say(
            f"browser = {gap.browser!r}: 使えるのは {', '.join(NAMES)} です",
            f"browser = {gap.browser!r}: must be one of {', '.join(NAMES)}",
        )
    try:
        SpecifierSet(gap.versions)
    except InvalidSpecifier:
        yield say(
            f"versions = {gap.versions!r}: {EXAMPLE!r} のように書いてください",
            f"versions = {gap.versions!r}: must be written like {EXAMPLE!r}",
        )


def _members(requirement: str) -> tuple[str, ...]:
    try:
        return members(requirement) or (requirement,)
    except ValueError:
        return (requirement,)
