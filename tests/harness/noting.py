"""A record of warnings, in place of a scenario's."""

from __future__ import annotations

from sekisho.results import OwnWords

MANUALS = {"DAN": "danshin", "KIHO": "kihonet", "OBN": "obn", "NEC": "nec", "GUN": "gunma"}


class Noted:
    """The record of a scenario that cites some rows."""

    def __init__(self, *ids: str) -> None:
        """Without a warning so far."""
        self.ids, self.warnings = ids, list[str]()
        self.manual = MANUALS.get(ids[0].partition("-")[0], "danshin") if ids else "danshin"

    def warning(self, reason: str) -> None:
        """Note one."""
        self.warnings.append(reason)

    def own_words(self, words: OwnWords, reason: str) -> None:
        """Note one about words of the portal's own."""
        assert words.said in reason
        self.warning(reason)
