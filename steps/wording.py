"""Words that a scenario names: what a row of the manual prints must be there, of all else the portal has its own."""

from __future__ import annotations

from collections.abc import Sequence

from pages.dialect import has_any, plain
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual.rows import cited
from sekisho.verdict import DeviationError


def prints(ids: Sequence[str], words: str) -> bool:
    """Whether one of these rows of the manual prints some words."""
    return has_any(cited(ids), [words])


def check(evidence: Recorder, wanted: str, shown: Sequence[str], did: str) -> None:
    """Look for words among those that the portal shows; `did` says what it does instead.

    Where they are not there, the step is a WARNING. Raises DeviationError where a row of the manual prints them.
    """
    if plain(wanted) not in map(plain, shown):
        deviates(evidence, wanted, did)


def deviates(evidence: Recorder, wanted: str, did: str) -> None:
    """Other words than the wanted ones: a WARNING, or DeviationError where a row of the manual prints them."""
    if prints(evidence.ids, wanted):
        raise DeviationError(did)
    evidence.warning(
        say(
            f"{did}（手順書のこの行は「{wanted}」という文言を定めていない）",
            f'{did} (this row of the manual does not prescribe the wording "{wanted}")',
        )
    )
