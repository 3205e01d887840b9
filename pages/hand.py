"""A hand on a control: it waits for one that is still covered or greyed out, as long as something goes on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Request
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from pages.dialect import plain
from pages.eye import AT_ONCE, ask
from sekisho.browser.idle import Waiting, watch


def pressable(found: Locator) -> bool:
    """Whether a button can be pressed at this moment; one that has just gone cannot be."""
    try:
        return ask(found, "aim", timeout=AT_ONCE) is not None
    except BrowserTimeoutError:
        return False


def press(found: Locator, windows: Sequence[Page], waiting: Waiting) -> None:
    """Click, and wait as long as the wait allows for the page that the click leads to.

    Raises Playwright's TimeoutError where it cannot be clicked.
    """
    aim = _aim(found, windows, waiting)
    watch(found.page.context).act()
    if aim is None:
        found.click(timeout=AT_ONCE, trial=True)  # the browser has the last word
    if aim:
        picture = found.locator(f"xpath=ancestor::*[last()]//img[@usemap='{aim['map']}']").first
        picture.click(position={"x": aim["x"], "y": aim["y"]}, timeout=_milliseconds(waiting))
    else:
        _click(found, _milliseconds(waiting))
    watch(found.page.context).touch()


def _click(found: Locator, timeout: float) -> None:
    """Click. What moves all the time, as a button that pulses, never holds still; a person presses it all the same."""
    try:
        found.click(timeout=timeout)
    except BrowserTimeoutError as error:
        if "element is not stable" not in error.message or not pressable(found):
            raise
        found.click(timeout=AT_ONCE, force=True)


def press_edge(found: Locator, windows: Sequence[Page], waiting: Waiting) -> None:
    """Click as `press` does, but at the edge of a label with a link in it, which leads away."""
    if found.locator("a").count():
        begins, place = found.locator("xpath=node()[normalize-space()][1][self::a]").count(), found.bounding_box()
        watch(found.page.context).act()
        edge = place["width"] - 2 if begins and place else 2
        found.click(position={"x": edge, "y": place["height"] / 2 if place else 2}, timeout=_milliseconds(waiting))
        watch(found.page.context).touch()
    else:
        press(found, windows, waiting)


def _aim(found: Locator, windows: Sequence[Page], waiting: Waiting) -> Any:  # noqa: ANN401 - JSON
    """Where a button can be pressed, as soon as it can be."""
    aims: list[Any] = []

    def free() -> bool:
        aims.append(ask(found, "aim"))
        return aims[-1] is not None

    waiting.until(free, lambda: windows)
    return aims[-1]


def write(found: Locator, text: str, windows: Sequence[Page], waiting: Waiting) -> None:
    """Type a text, and leave the field. Raises Playwright's TimeoutError where nothing can be typed.

    Some fields can be written in only once the hand is on them; some pages look at what is typed when a key goes up,
    and others when the field is left. Of a field in several boxes the text fills one after the other.
    """
    room = _room(found, windows, waiting)
    found.fill(text, timeout=AT_ONCE if room is None else _milliseconds(waiting))
    if room is not None and len(text) > room:
        rest = text[int(room) :]
        for place, size in ask(found, "boxesFor", len(rest)):
            found.locator(f"xpath=following::input[{place}]").fill(rest[:size], timeout=_milliseconds(waiting))
            rest = rest[size:]
    for key in ("End", "Tab"):
        found.page.keyboard.press(key)


def _room(found: Locator, windows: Sequence[Page], waiting: Waiting) -> float | None:
    """How many characters a field takes; None where nothing can be typed."""
    room = ask(found, "room")
    if room is None:  # a page may let its field be written in only when the hand is on it
        found.focus(timeout=_milliseconds(waiting))
        waiting.until(lambda: ask(found, "room") is not None, lambda: windows)
        room = ask(found, "room")
    return math.inf if room == -1 else room


def choose(found: Locator, words: Sequence[str], windows: Sequence[Page], waiting: Waiting) -> bool:
    """Choose an option of a list by any of its words, as a person reads them; False where it does not offer it."""
    wanted = set(map(plain, words))

    def places() -> list[int]:
        return [place for place, one in enumerate(options(found)) if plain(one) in wanted]

    if not waiting.until(lambda: bool(places()), lambda: windows):
        return False
    found.select_option(index=places()[0], timeout=_milliseconds(waiting))
    return True


def options(found: Locator) -> list[str]:
    """What can be chosen; nothing where it is no list."""
    return list(ask(found, "options"))


@contextmanager
def requests(page: Page, wanted: Callable[[Request], bool]) -> Iterator[list[Request]]:
    """What a page asks for meanwhile, of what is wanted."""
    heard: list[Request] = []

    def hear(request: Request) -> None:
        if wanted(request):
            heard.append(request)

    page.on("request", hear)
    try:
        yield heard
    finally:
        page.remove_listener("request", hear)


def _milliseconds(waiting: Waiting) -> float:
    return max(waiting.left * 1000, AT_ONCE)
