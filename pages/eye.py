"""How a person's eye finds and reads things in frames: the selector engine in eye.js, and waiting with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame, Locator, Page, Playwright
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.browser.idle import Waiting, wait_until_there
from sekisho.evidence.reading import READING
from sekisho.evidence.screen_text import frames_of
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

ENGINE = "eye"
_FOLDER = Path(__file__).parent
_OF_ONE_SUBJECT = [
    "naming",
    "headings",
    "rows",
    "cards",
    "places",
    "choices",
    "files",
    "folds",
    "fronts",
    "sentences",
    "titles",
]
FINDING, *PARTS, ASKING = (
    (_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ("eye", *_OF_ONE_SUBJECT, "questions")
)
SCRIPT = f"Object.assign({', '.join([FINDING, *PARTS, READING])}, {{ questions: {ASKING} }})"
AT_ONCE = 1000.0  # milliseconds for what has been seen, or will not change any more
ONE_LOOK = 100  # milliseconds for which a page without frames is watched before asking what goes on there


def register(playwright: Playwright) -> None:
    """Teach Playwright to find controls by a person's words; to be called once, before the first window."""
    playwright.selectors.register(ENGINE, script=SCRIPT, content_script=True)


def selector(kind: str, words: Sequence[str], headings: Sequence[str] = ()) -> str:
    """What finds things of a kind (the finders of eye.js) by their words; `headings` are never a value."""
    argument = {"kind": kind, "words": list(words)} | ({"headings": list(headings)} if headings else {})
    return f"{ENGINE}={json.dumps(argument, ensure_ascii=False)}"


def ask(about: Frame | Locator, question: str, given: object = None, *, timeout: float | None = None) -> Any:  # noqa: ANN401 - JSON
    """The answer to a question (questions.js) about a whole frame, or about the one thing that a locator finds.

    It is waited for as Playwright waits for an element, for so many milliseconds. In the page's own world Playwright
    would have to set itself up a second time, for every page.
    """
    (answer,) = _answers(about, question, given, timeout)
    return answer


def ask_all(found: Locator, question: str) -> list[Any]:
    """The answers for all that a locator finds at this moment."""
    try:
        return _answers(found, question, None, AT_ONCE) if found.count() else []
    except BrowserTimeoutError:  # it has gone meanwhile
        return []


def _answers(about: Frame | Locator, question: str, given: object, timeout: float | None) -> list[Any]:
    argument = json.dumps({"ask": question, "with": given}, ensure_ascii=False)
    written = about.locator(f"{ENGINE}={argument}").text_content(timeout=timeout)
    return list(json.loads(f"[{written}]"))


def find(windows: Callable[[], Sequence[Page]], selectors: Sequence[str], waiting: Waiting) -> Locator | None:
    """The first of several things to show in any frame of any window; None when the wait is over without it.

    Windows behind the first are looked at only while the first, once it is there, does not show it. At least one look
    is taken. Raises ConfigurationProblemError for a selector of a target file that is none.
    """
    over = False
    while True:
        found = _look(windows, selectors, waiting)
        if found or over:
            return found
        over = waiting.over(windows())  # what came since the last look is still seen


def _look(windows: Callable[[], Sequence[Page]], selectors: Sequence[str], waiting: Waiting) -> Locator | None:
    front, *behind = windows()
    left = max(waiting.left, 0.001)
    try:
        found = _alone(front, selectors, left) if len(front.frames) == 1 and not behind else _in(front, selectors, left)
    except BrowserError:
        if front.is_closed() and windows()[0] is not front:  # a window has closed itself: the one behind it is seen
            return None
        raise
    return found or next((seen for one in behind if (seen := among(frames_of(one), selectors))), None)


def _first(frame: Frame, selectors: Sequence[str]) -> Locator:
    first, *others = (frame.locator(selector) for selector in selectors)
    for other in others:
        first = first.or_(other)
    return first.first


def _alone(page: Page, selectors: Sequence[str], seconds: float) -> Locator | None:
    """What shows in the one frame within one look; event-driven, so it costs nothing when it shows at once."""
    found = _first(page.main_frame, selectors)
    try:
        if not found.is_visible():  # what is there already needs no waiting
            found.wait_for(timeout=min(ONE_LOOK, seconds * 1000))
    except BrowserTimeoutError:
        return among([page.main_frame], selectors)  # on a busy machine not even one look was taken
    except BrowserError as error:
        raise _explained(error, selectors) from error
    return found


def _in(page: Page, selectors: Sequence[str], seconds: float) -> Locator | None:
    """What a window shows once it is there."""
    with suppress(BrowserError):  # it may just be closing
        wait_until_there(page, seconds * 1000)
    return among(frames_of(page), selectors)


def among(frames: Sequence[Frame], selectors: Sequence[str]) -> Locator | None:
    """What shows in frames at this moment; frames that are just leaving show nothing."""
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
        return ConfigurationProblemError(
            say(
                f"[locators] {'、'.join(given)}: セレクターとして読めません",
                f"[locators] {', '.join(given)}: cannot be read as a selector",
            )
        )
    return error
