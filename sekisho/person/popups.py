"""The windows that a portal's pages open by themselves, in the order in which they lie on the desktop."""

from __future__ import annotations

from playwright.sync_api import Page


class Popups:
    """Families of windows: a page and what it opened. Pages that a person opened are families of their own."""

    def __init__(self) -> None:
        """Begin without any."""
        self._families: list[list[Page]] = []

    def family(self, page: Page) -> list[Page]:
        """A page and the open windows that belong to it, the front one first."""
        found = next((family for family in self._families if page in family), [page])
        return [one for one in found if not one.is_closed()] or [page]

    def opened(self, opener: Page, popup: Page) -> None:
        """A window appears, in front of the one that opened it."""
        for family in self._families:
            if opener in family:
                family.insert(0, popup)
                return
        self._families.append([popup, opener])

    def turn_to(self, page: Page) -> None:
        """Bring a window to the front of its family."""
        for family in self._families:
            if page in family:
                family.remove(page)
                family.insert(0, page)
