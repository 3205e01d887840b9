"""A record of warnings, in place of a scenario's."""

from __future__ import annotations


class Noted:
    """The record of a scenario that cites some rows."""

    def __init__(self, *ids: str) -> None:
        """Without a warning so far."""
        self.ids, self.warnings = ids, list[str]()

    def warning(self, reason: str) -> None:
        """Note one."""
        self.warnings.append(reason)
