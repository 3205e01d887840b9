"""The browser's settings (インターネット オプション) that decide whether a page may use the control."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class InternetOptions:
    """What is set now. A browser heeds what was set when it was started.

    `locked_down`: the company lets no site run controls, but for those that are trusted. `ask_about_unmarked`: controls
    that are not marked as safe run after a question (ダイアログを表示する).
    """

    locked_down: bool = False
    protected_mode: bool = True
    ask_about_unmarked: bool = False
    addon_allowed: bool = False
    trusted_sites: set[str] = field(default_factory=set)

    def trusts(self, origin: str) -> bool:
        """Whether a site is in the zone 信頼済みサイト."""
        return origin in self.trusted_sites

    def forbids(self, origin: str) -> bool:
        """Whether a site cannot use the control, whatever the user answers."""
        return self.locked_down and not (self.trusts(origin) and self.ask_about_unmarked and not self.protected_mode)

    def asks(self, origin: str) -> bool:
        """Whether the browser asks before a site's script may reach the control."""
        return self.trusts(origin) and self.ask_about_unmarked

    def elevates(self, origin: str) -> bool:
        """Whether protected mode stands between a site and the user's stores."""
        return self.protected_mode and not self.trusts(origin)
