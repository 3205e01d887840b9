"""What there is to see of a person's screens at the end of each step: a picture costs as much as a page does."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from playwright.sync_api import Page


class View(Enum):
    """What a step leaves on the screen."""

    NOTHING = "nobody looked"
    SAME = "the screen is as it was when it was last looked at"
    NEW = "another screen"
    MOVING = "a button was pressed, and its answer is still to come"


class Sight:
    """Remembers since the last step whether somebody looked, and whether something changed."""

    def __init__(self) -> None:
        """Nobody has looked yet."""
        self._aside: Page | None = None
        self._seen: Page | None = None
        self._looked = self._changed = self._pressed = False
        self.outside = False
        """Whether the page is one of the browser's own, of which Playwright hears nothing: it is new in every step."""

    def look(self) -> None:
        """Somebody looks at the page."""
        self._looked = True

    def turn(self) -> None:
        """Somebody looks at another page."""
        self._looked = self._changed = True

    def act(self, act: Literal["fill", "press"]) -> None:
        """A hand does something to the page."""
        self._changed, self._pressed = True, act == "press"

    def navigate(self) -> None:
        """A page has arrived."""
        self._changed, self._pressed = True, False

    def glance(self, page: Page) -> None:
        """Look at a window that is not the browser's, such as a program's: it is what this step shows."""
        self._aside = page

    @property
    def seen(self) -> Page:
        """The page that `view` spoke of."""
        assert self._seen
        return self._seen

    def view(self, page: Page | None) -> View:
        """What there is to see since the last call, at the end of a step; `page` is the one in front."""
        aside, self._aside = self._aside, None
        self._seen = aside or page
        if aside:
            return View.NOTHING if aside.is_closed() else View.NEW
        looked, pressed, changed = self._looked or self.outside, self._pressed, self._changed
        self._looked = self._pressed = False
        if not looked or page is None or page.is_closed():
            return View.NOTHING
        if pressed:
            return View.MOVING
        self._changed = False
        return View.NEW if changed or self.outside else View.SAME
