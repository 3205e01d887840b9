"""Whether a screen has come to rest: what is still going on in a window, by the browser's word and not by a clock.

A portal takes as long as it takes, and no manual gives a number of seconds. So whatever is waited for is waited for as
long as something goes on (a request, a page that loads, refreshes or moves on by itself, words that ask for patience),
up to a limit of the target file; and once a screen has come to rest, waiting on is of no use.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, Frame, Page, Request, Response
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.evidence.screen_text import frames_of
from sekisho.language import Pair, say
from sekisho.network.faults.fault import without_query
from sekisho.verdict import EnvironmentProblemError

SCRIPT = Path(__file__).with_name("idle.js")
ASKED = """([horizon, background]) => {
  const ask = window[Symbol.for("sekisho.browser.idle")];
  return ask ? ask(horizon, background) : [document.readyState === "complete" ? "" : "loading", 1e9];
}"""
LIMIT = 120.0  # seconds; [limits] processing_seconds of a target file
QUIET = 0.5  # seconds without any change, after which a screen is at rest
SLOW = 10  # times what asking takes: on a busy machine everything comes later
PAUSE = 50  # milliseconds between looks where nothing happens
HELD_UP = 1.0  # seconds without an answer, after which the browser itself may be asking its user something
CUT_SEEN_WITHIN = PAUSE  # milliseconds, of a page that stopped coming
STARTS_LATE = 2.0  # seconds that a browser may be late with a refresh
SCRIPTS_OWN = {"xhr", "fetch"}
WAITED_FOR = {"document", "xhr", "fetch", "script", "stylesheet"}  # what a page is not whole without
LONG = 10.0  # seconds for which an answer that was asked for before a hand's act may still have to do with it
# What a browser says where a connection died; where it never got an answer it leaves for a page of its own.
CUT = re.compile("ERR_(CONNECTION_|CONTENT_LENGTH_MISMATCH|INCOMPLETE_|NETWORK_|HTTP2_|SSL_)")
SECONDS = re.compile(r"\s*(\d+(?:\.\d*)?)")
WORDS = {
    "loading": Pair("ページを読み込んでいる", "a page is loading"),
    "leaving": Pair("次の画面に移ろうとしている", "it is about to go to the next screen"),
    "refresh": Pair("画面が自分で更新されるのを待っている", "it waits to be refreshed by itself"),
    "timer": Pair("画面のスクリプトが待っている", "its script waits"),
    "computing": Pair("画面のスクリプトが鍵などを計算している", "its script computes, a key perhaps"),
    "network": Pair("ポータルの応答を待っている", "it waits for the portal's answer"),
    "changing": Pair("画面が変わり続けている", "it goes on changing"),
}


class UnfinishedError(EnvironmentProblemError):
    """The portal was still at work when patience ended: nothing can be said of what it would have shown."""


class Activity:
    """What goes on in the pages of one window, from the making of this on."""

    def __init__(self, window: BrowserContext) -> None:
        """Watch a window."""
        self._asked: dict[Request, float] = {}
        self._beside: set[str] = set()
        self._acted = 0.0
        self._refreshes: dict[Frame, float] = {}
        self._statuses: dict[Frame, int] = {}
        self._cut: set[Frame] = set()
        self._times: Counter[str] = Counter()
        self._given_up = False
        self.background: Sequence[str] = ()
        """The paths that pages ask for all the time, and nobody waits for."""
        self._last = 0.0
        self._heard: float | None = None
        self._looked = 0.0
        self.held_up: Callable[[], None] | None = None
        """Looks whether the browser asks something, and answers it: no page comes before that."""
        self.asked = ""
        """The address, without its query, whose answer was last waited for."""
        window.add_init_script(path=SCRIPT)
        window.on("request", self._begin)
        window.on("response", self._answer)
        window.on("requestfinished", self._end)
        window.on("requestfailed", self._fail)
        window.on("page", self._meet)
        for page in window.pages:
            self._meet(page)

    def going_on(self, pages: Sequence[Page], horizon: float, longest_quiet: float) -> str:
        """What goes on in some of its pages, a key of `WORDS`; empty once they have been quiet for a moment.

        `horizon` is in seconds: what a page has arranged for later than that does not count. On a busy machine the
        moment is longer, up to `longest_quiet` seconds.
        """
        if all(page.is_closed() for page in pages):
            return ""  # and of what a window that was just opening asked for, nobody hears that it failed
        began = time.monotonic()
        told = [self._ask(frame, horizon) for page in pages if not page.is_closed() for frame in frames_of(page)]
        asked = (one for one in list(self._asked) if self._matters(one) and _is_of(one, pages))
        waited_for = (one for one in asked if not self._is_beside(one))
        if found := next(waited_for, None):
            self.asked = without_query(found.url)
            return "network"
        if what := next((what for what, _ in told if what), ""):
            return what
        at_rest = min([began - self._last, *(quiet for _, quiet in told)])
        moment = min(max(QUIET, SLOW * (time.monotonic() - began)), longest_quiet)
        return "changing" if at_rest < moment else ""

    def status(self, pages: Sequence[Page]) -> int | None:
        """The worst HTTP status with which what the pages show was sent; None where nothing was sent."""
        shown = (self._statuses.get(frame) for page in pages for frame in page.frames)
        return max((one for one in shown if one is not None), default=None)

    def own_status(self, page: Page) -> int | None:
        """The HTTP status of a page itself, whatever its frames have."""
        return self._statuses.get(page.main_frame)

    def is_cut(self, frame: Frame) -> bool:
        """Whether the connection died while a frame's page came: the browser shows what it has, and nothing follows.

        To the page's own scripts it is loading for ever.
        """
        return frame in self._cut and not any(_leaves(one, frame) for one in list(self._asked))

    @property
    def recurring(self) -> list[str]:
        """The paths that scripts ask for again and again, and that are waited for."""
        return sorted(path for path, times in self._times.items() if times > 1 and path not in self.background)

    def awaits_answer(self, pages: Sequence[Page]) -> bool:
        """Whether a script in some pages has asked for something and not yet shown what came of the answer.

        What it looks up again and again is none of that.
        """
        if self._heard is not None and time.monotonic() - self._heard < QUIET:
            return True
        asked = (one for one in list(self._asked) if self._is_question(one) and self._matters(one))
        return any(_is_of(one, pages) and not self._is_beside(one) for one in asked)

    def _is_question(self, request: Request) -> bool:
        again = request.method == "GET" and self._times[urlsplit(request.url).path] > 1
        return request.resource_type in SCRIPTS_OWN and not again

    def look_for_questions(self) -> None:
        """Have it looked whether the browser asks something, where a page, or what a script asks for, does not come."""
        now = time.monotonic()
        since = [began for one, began in list(self._asked.items()) if self._may_be_held_up(one)]
        if self.held_up and since and now - max(min(since), self._looked) > HELD_UP:
            self.held_up()
            self._looked = time.monotonic()

    def _may_be_held_up(self, request: Request) -> bool:
        scripts = request.resource_type in SCRIPTS_OWN and self._matters(request) and not self._is_beside(request)
        return request.is_navigation_request() or scripts

    def give_up(self) -> None:
        """Stop was pressed: nothing that was asked for is waited for any more, be it in a window that is just opening.

        Until something is asked for again, a page that asks for patience gets none.
        """
        self._asked.clear()
        self._given_up = True

    @property
    def given_up(self) -> bool:
        """Whether nothing was asked for since Stop was pressed."""
        return self._given_up

    def touch(self) -> None:
        """A hand has done something: what comes of it may not have begun."""
        self._last = time.monotonic()

    def act(self) -> None:
        """A hand is about to do something: what was asked for before is none of its doing."""
        self._acted = time.monotonic()

    def _is_beside(self, request: Request) -> bool:
        """Whether a request is one by which a page waits for news all the time (a long poll), whatever is done there.

        It was open before the hand did something, and still is long after; so is each further one to its address.
        """
        address, began = without_query(request.url), self._asked[request]
        if request.resource_type in SCRIPTS_OWN and began < self._acted and time.monotonic() - began > LONG:
            self._beside.add(address)
        return address in self._beside

    def _ask(self, frame: Frame, horizon: float) -> tuple[str, float]:
        if self._refreshes.get(frame, 0) + STARTS_LATE > time.monotonic():
            return "refresh", 0
        if frame in self._cut or (frame.parent_frame and self._is_background(frame.url)):
            return "", time.monotonic() - self._last
        try:
            what, quiet = frame.evaluate(ASKED, [horizon * 1000, list(self.background)])
        except BrowserError:  # it is just leaving, or has gone
            return "" if frame.is_detached() or frame.page.is_closed() else "leaving", 0
        return what, quiet / 1000

    def _matters(self, request: Request) -> bool:
        return request.resource_type in WAITED_FOR and not self._is_background(request.url)

    def _is_background(self, address: str) -> bool:
        return urlsplit(address).path in self.background

    def _meet(self, page: Page) -> None:
        page.on("framenavigated", self._come)

    def _come(self, frame: Frame) -> None:
        self._cut.discard(frame)  # and not when it was asked for: a file, or no answer, leaves the page that is there

    def _begin(self, request: Request) -> None:
        self._asked[request] = time.monotonic()
        if request.resource_type in SCRIPTS_OWN:
            self._times[urlsplit(request.url).path] += 1
        if request.is_navigation_request():
            self._given_up = False
        if self._matters(request):
            self.touch()

    def _end(self, request: Request) -> None:
        self._asked.pop(request, None)
        if self._matters(request):
            self.touch()
            self._heard = self._last if self._is_question(request) else self._heard

    def _fail(self, request: Request) -> None:
        self._end(request)
        if request.is_navigation_request() and CUT.search(request.failure or ""):
            with suppress(BrowserError):
                self._cut.add(request.frame)

    def _answer(self, response: Response) -> None:
        if not response.request.is_navigation_request():
            return
        self._end(response.request)  # from here on the page itself says that it is loading; a file has no page
        with suppress(BrowserError):  # a frame that has gone already
            self._statuses[response.frame] = response.status
            self._refreshes.pop(response.frame, None)
            if found := SECONDS.match(response.headers.get("refresh", "")):
                self._refreshes[response.frame] = time.monotonic() + float(found[1])


def wait_until_there(page: Page, milliseconds: float) -> None:
    """Wait until a page is there whole, or as whole as it will ever be. Raises Playwright's TimeoutError."""
    ends = time.monotonic() + milliseconds / 1000
    while True:
        left = max(ends - time.monotonic(), 0.001) * 1000
        try:
            page.wait_for_load_state("domcontentloaded", timeout=min(left, CUT_SEEN_WITHIN))
        except BrowserTimeoutError:
            activity = watch(page.context)
            if activity.is_cut(page.main_frame) or activity.given_up:  # who pressed Stop has what had come
                return
            if left <= CUT_SEEN_WITHIN:
                raise
        else:
            return


def _is_of(request: Request, pages: Sequence[Page]) -> bool:
    try:
        page = request.frame.page
        return page in pages and not page.is_closed()  # of a browser that has ended nobody hears that it failed
    except BrowserError:  # a window that is just opening has no frame yet; a worker never has one
        return request.is_navigation_request()


def _leaves(request: Request, frame: Frame) -> bool:
    """Whether a request may bring a frame its next page."""
    try:
        return request.is_navigation_request() and request.frame == frame
    except BrowserError:  # a window that is just opening has no frame yet
        return False


_activities: WeakKeyDictionary[BrowserContext, Activity] = WeakKeyDictionary()


def watch(window: BrowserContext) -> Activity:
    """The activity of a window, watched from the first call on: best before anything is opened in it."""
    if window not in _activities:
        _activities[window] = Activity(window)
    return _activities[window]


class Waiting:
    """One wait for something to show: over when the screen has come to rest, or the limit is reached."""

    def __init__(self, limit: float = LIMIT, says: Callable[[], str] = str) -> None:
        """Begin. `limit` is in seconds; `says` gives the words by which the screen asks for patience, if it does."""
        self._limit, self._says, self._began = limit, says, time.monotonic()
        self.reason = ""
        """What was going on when last asked, or what the screen asked for: empty for a screen at rest."""
        self.at_rest = False
        """Whether nothing was going on by itself when last asked, whatever the screen said."""

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return max(self._began + self._limit - time.monotonic(), 0)

    def over(self, pages: Sequence[Page]) -> bool:
        """Whether there is no use in waiting on; if there is, a moment has passed when this returns."""
        activity = watch(pages[0].context)
        going_on = activity.going_on(pages, self.left, self._limit / 2)
        words, self.at_rest = "" if activity.given_up else self._says(), not going_on
        what = f"{WORDS[going_on]} ({activity.asked})" if going_on == "network" else str(WORDS.get(going_on, ""))
        self.reason = say(f"「{words}」と表示している", f'says "{words}"') if words else what
        if not self.reason or not self.left:
            return True
        activity.look_for_questions()
        _pause(pages[0])
        return False

    def rest(self, page: Page, seconds: float) -> None:
        """Leave a page alone for some seconds, or until it moves on by itself."""
        _pause(page, 1000 * min(seconds, self.left))

    def until(self, happened: Callable[[], bool], pages: Callable[[], Sequence[Page]]) -> bool:
        """Whether something happens before this is over."""
        while not happened():
            if self.over(pages()):
                return happened()
        return True


def _pause(page: Page, milliseconds: float = PAUSE) -> None:
    try:
        page.wait_for_event("framenavigated", timeout=max(milliseconds, 1))
    except BrowserTimeoutError:
        return
    except BrowserError:  # a window that has just closed
        return
