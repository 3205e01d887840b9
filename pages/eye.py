"""How a person's eye finds things in frames: the selector engine in eye.js, and waiting with it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Locator, Page, Playwright
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.verdict import ConfigurationProblemError

ENGINE = "eye"
SOURCE = Path(__file__).with_name("eye.js")
FRAMES_AGAIN = 50  # milliseconds between looks while a frameset is still loading
ONE_LOOK = 250  # milliseconds for which a page without frames is watched before asking whether it has got some


def register(playwright: Playwright) -> None:
    """Teach Playwright to find controls by a person's words; to be called once, before the first window."""
    playwright.selectors.register(ENGINE, path=SOURCE, content_script=True)


def selector(kind: str, words: Sequence[str], headings: Sequence[str] = ()) -> str:
    """What finds things of a kind (the finders of eye.js) by their words; `headings` are never a value."""
    argument = {"kind": kind, "words": list(words)} | ({"headings": list(headings)} if headings else {})
    return f"{ENGINE}={json.dumps(argument, ensure_ascii=False)}"


def find(windows: Callable[[], Sequence[Page]], selectors: Sequence[str], seconds: float) -> Locator | None:
    """The first of several things to show in any frame of any window; None when none does in time.

    Windows behind the first are looked at only while the first, once it is there, does not show it. At least one look
    is taken. Raises ConfigurationProblemError for a selector of a target file that is none.
    """
    end = time.monotonic() + seconds
    while True:
        front, *behind = windows()
        left = max(end - time.monotonic(), 0.001)
        found = _alone(front, selectors, left) if len(front.frames) == 1 and not behind else _in(front, selectors, left)
        found = found or next((seen for one in behind if (seen := _among(one.frames, selectors))), None)
        if found or time.monotonic() >= end:
            return found
        if behind or len(front.frames) > 1:
            _until_a_frame_moves(front)


def _first(frame: Frame, selectors: Sequence[str]) -> Locator:
    first, *others = (frame.locator(selector) for selector in selectors)
    for other in others:
        first = first.or_(other)
    return first.first


def _alone(page: Page, selectors: Sequence[str], seconds: float) -> Locator | None:
    """What shows in the one frame within one look; event-driven, so it costs nothing when it shows at once."""
    found = _first(page.main_frame, selectors)
    try:
        found.wait_for(timeout=min(ONE_LOOK, seconds * 1000))
    except BrowserTimeoutError:
        return None
    except BrowserError as error:
        raise _explained(error, selectors) from error
    return found


def _in(page: Page, selectors: Sequence[str], seconds: float) -> Locator | None:
    """What a window shows once it is there."""
    with suppress(BrowserError):  # it may just be closing
        page.wait_for_load_state("domcontentloaded", timeout=seconds * 1000)
    return _among(page.frames, selectors)


def _among(frames: Sequence[Frame], selectors: Sequence[str]) -> Locator | None:
    for frame in frames:
        found = _first(frame, selectors)
        try:
            if found.count():
                return found
        except BrowserError as error:
            if not frame.is_detached():
                raise _explained(error, selectors) from error
    return None


def _explained(error: BrowserError, selectors: Sequence[str]) -> Exception:
    """A selector that a target file gives may be none."""
    given = [one for one in selectors if not one.startswith(f"{ENGINE}=")]
    if given and "selector" in error.message:
        return ConfigurationProblemError(f"[locators] {'、'.join(given)}: セレクターとして読めません")
    return error


def _until_a_frame_moves(page: Page) -> None:
    try:
        page.wait_for_event("framenavigated", timeout=FRAMES_AGAIN)
    except BrowserTimeoutError:
        return
    except BrowserError:  # a popup that has just closed
        return
