"""Menus whose entries show only while the mouse is on what they fold out of, or once that was pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from playwright.sync_api import Frame, Locator
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages import eye

LEVELS = 3  # of menus within menus
MOST_OPENERS = 12  # that the hand tries


def unfold(
    frames: Sequence[Frame],
    words: Sequence[str],
    look: Callable[[], Locator | None],
    press: Callable[[Locator], None],
    *,
    of_menu: bool,
) -> Locator | None:
    """Go over what an entry may fold out of, as one does who looks for it, until `look` sees it.

    The first is the nearest: when it has opened, a menu within the menu is. What says that it folds is pressed then,
    and for an entry `of_menu` what brings out the menu, if it is not there.
    """

    def hover(opener: Locator) -> None:
        opener.hover(timeout=eye.AT_ONCE)

    drawers = (("drawer", press),) if of_menu else ()
    for kind, use in (("opener", hover), ("toggle", press), *drawers):
        for opener in _openers(frames, eye.selector(kind, words)):
            with suppress(BrowserTimeoutError):
                use(opener)
                if found := look():
                    return found
    return None


def _openers(frames: Sequence[Frame], selector: str) -> Iterator[Locator]:
    for frame in frames:
        openers = frame.locator(selector)
        for place in (*[0] * LEVELS, *range(1, min(openers.count(), MOST_OPENERS))):
            if not openers.count():
                break
            yield openers.nth(place)
