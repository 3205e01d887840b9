"""The addresses of a portal's sites, by the names that its manual has for them."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.language import say
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.verdict import BlockedError, ConfigurationProblemError


class Sites(dict[str, str]):
    """Whoever asks for one that is not there is told whose fault it is."""

    def __init__(self, given: Mapping[str, str], manual: Manual) -> None:
        """Take the addresses, and the manual that says which sites there are."""
        super().__init__(given)
        self._manual = manual

    def __missing__(self, name: str) -> str:
        """Raise BlockedError for a site that the target file does not give.

        Raises ConfigurationProblemError for one that the manual does not have: the sentence is about another manual.
        """
        if name in self._manual.about.sites:
            raise BlockedError(
                say(f"ターゲットファイルの [sites] に {name} がない", f"[sites] of the target file has no {name}")
            )
        path, known = self._manual / folders.ABOUT, self._manual.about.sites
        raise ConfigurationProblemError(
            say(
                f"{path}: サイト {name} がありません（あるもの: {', '.join(known)}）。"
                "この文は、このサイトのある手順書のものです。ほかの文を使うか、[sites] に加えてください。",
                f"{path}: has no site {name} (it has: {', '.join(known)}). "
                "This sentence is for manuals that have it. Use another one, or add it to [sites].",
            )
        )
