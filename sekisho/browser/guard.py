"""Bounds on what a page can do to the person who looks at it: how much it sends, how often it asks, how long it keeps.

A page that goes beyond one loses its window at once, so that whatever waits for it ends; `offence` says what it did.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from greenlet import greenlet  # type: ignore[import-untyped] # what Playwright's own calls run in
from playwright.sync_api import Browser, BrowserContext, CDPSession, Dialog, Page
from playwright.sync_api import Error as PlaywrightError

from sekisho import results
from sekisho.language import say
from sekisho.machine.processes import family
from sekisho.verdict import BrokenError, DeviationError, EnvironmentProblemError

MEBI = 2**20
MOST_BYTES = 128 * MEBI  # of all answers in one scenario; the largest honest one is a program to install
MOST_DIALOGS = 20
MOST_PAGES = 30
MOST_MOVES = 20  # of a page by itself in so many seconds; one that waits for its portal looks again less often
MOVES_SECONDS = 3.0
LONGEST_ANSWER = 60.0  # seconds from the first byte of a page or a file to its last; a target file may allow more
LONGEST_SILENCE = 60  # seconds in the browser without a sign of life; a run's is longer than any wait of its steps
ASKED_EVERY = 10  # seconds in calls of the browser, after which it is asked whether it is still there
LONGEST_STILLNESS = 60  # such seconds in which it has not answered that; it takes a millisecond
SCRIPT_DIALOG = "ページからのメッセージ"


_guards: WeakSet[Guard] = WeakSet()
_of_window: WeakKeyDictionary[BrowserContext, Guard] = WeakKeyDictionary()


def arrived(window: BrowserContext, url: str) -> int | None:
    """How many bytes the last download from an address brought to a window; None where that is not known."""
    guard = _of_window.get(window)
    return guard._bytes_of(url) if guard else None  # noqa: SLF001 - of this file


class Guard:
    """Watches every window of one PC, from Playwright's own event loop: it works while a call waits for the browser."""

    def __init__(self, browser: Browser) -> None:
        """Begin to count; the bounds are attributes."""
        self.most_bytes, self.longest_answer = MOST_BYTES, LONGEST_ANSWER
        self.answers = True
        """Whether a page's own messages and questions are answered here, with OK, as by somebody who wants to go on."""
        self.heard: Callable[[results.Dialog, str], None] = lambda *_: None
        """Told of each message that was answered here."""
        self.longest_silence, self.longest_stillness = LONGEST_SILENCE, LONGEST_STILLNESS
        self.offence: Exception | None = None
        self.ended = False
        """Whether the browser had to be ended, or is being ended."""
        self._browser = browser
        self._windows: list[BrowserContext] = []
        self._timer: asyncio.TimerHandle
        self._session = browser.new_browser_cdp_session()
        self._process = _process_of(self._session)
        self._still, self._asking = 0, False
        _guards.add(self)
        self.begin()
        self._watch_downloads()
        self._wait()

    def begin(self) -> None:
        """Forget what was counted: another scenario begins."""
        self.offence, self.answers, self.heard = None, True, lambda *_: None
        self._bytes = self._dialogs = self._pages = self._silence = 0
        self._moves: list[float] = []
        self._answers: dict[str, tuple[str, float]] = {}
        self._downloads: dict[str, int] = {}
        self._arrived: dict[str, int] = {}

    def watch(self, window: BrowserContext, commands: Mapping[str, dict[str, Any]]) -> None:
        """Watch a window and every page that is opened in it, by whomever, and give each page these commands of CDP."""
        self._windows.append(window)
        _of_window[window] = self
        window.on("close", lambda _: self._windows.remove(window))
        window.on("page", lambda page: self._meet(window, page, commands))
        window.on("dialog", self._hear)
        window.on("request", lambda _: self.alive())

    def acted(self) -> None:
        """The person does something: where a page moves then is not by itself."""
        self._moves.clear()
        self.alive()

    def alive(self) -> None:
        """Note a sign of life. While it comes from one browser, nobody waits for another one."""
        for one in _guards:
            one._silence = 0  # noqa: SLF001 - of its own kind

    @contextmanager
    def judging(self) -> Iterator[None]:
        """Raise the offence, if there is one, in place of whatever it broke."""
        try:
            yield
        except Exception as broken:
            if self.offence:
                raise self.offence from broken
            raise

    def stop(self) -> None:
        """End the watch."""
        self._timer.cancel()

    def _meet(self, window: BrowserContext, page: Page, commands: Mapping[str, dict[str, Any]]) -> None:
        self._pages += 1
        if self._pages > MOST_PAGES:
            self._give_up(
                DeviationError(
                    say(
                        f"ポータルの画面が、ウィンドウを {MOST_PAGES} 個を超えて開いた",
                        f"The portal's screen opened more than {MOST_PAGES} windows",
                    )
                )
            )
            return
        page.on(
            "crash",
            lambda _: self._give_up(
                EnvironmentProblemError(
                    say(f"{page.url} の表示中に画面が落ちた", f"The page crashed while {page.url} was shown")
                )
            ),
        )
        page.on("framenavigated", lambda frame: None if frame.parent_frame else self._move(page))
        try:
            session = window.new_cdp_session(page)
            self._count(session)
            session.send("Network.enable")
            for command, parameters in commands.items():
                session.send(command, parameters)
        except PlaywrightError:  # it has gone already, as some pop-ups do
            return

    def _move(self, page: Page) -> None:
        now = time.monotonic()
        self._moves = [*(one for one in self._moves if now - one < MOVES_SECONDS), now]
        if len(self._moves) > MOST_MOVES:
            self._give_up(
                DeviationError(
                    say(
                        f"画面が {MOST_MOVES} 回を超えて自分で移動し、止まらない（{page.url}）",
                        f"The page moved on by itself more than {MOST_MOVES} times and does not stop ({page.url})",
                    )
                )
            )

    def _count(self, session: CDPSession) -> None:
        session.on("Network.responseReceived", self._answered)
        session.on("Network.dataReceived", self._bring)
        session.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict[str, Any]) -> None:
        if event["type"] == "Document":
            self._answers[event["requestId"]] = event["response"]["url"], event["timestamp"]

    def _bring(self, event: dict[str, Any]) -> None:
        # By the browser's clock: told late, by a busy machine, the bytes still came in time.
        self._received(event["requestId"], event["dataLength"], event["timestamp"])

    def _finished(self, event: dict[str, Any]) -> None:
        self._answers.pop(event["requestId"], None)

    def _watch_downloads(self) -> None:
        """Of every window: what a download brings is told to the browser's own session only."""
        session = self._session
        session.on("Browser.downloadWillBegin", self._begin_download)
        session.on("Browser.downloadProgress", self._go_on_downloading)
        session.send("Browser.setDownloadBehavior", {"behavior": "default", "eventsEnabled": True})

    def _begin_download(self, event: dict[str, Any]) -> None:
        self._answers[event["guid"]], self._downloads[event["guid"]] = (event["url"], time.monotonic()), 0

    def _go_on_downloading(self, event: dict[str, Any]) -> None:
        guid, received = event["guid"], int(event["receivedBytes"])
        if guid not in self._downloads:
            return
        if event["state"] == "inProgress":
            more, self._downloads[guid] = received - self._downloads[guid], received
            self._received(guid, more, time.monotonic())
        else:
            (url, _) = self._answers.pop(guid)
            self._arrived[url] = received
            del self._downloads[guid]

    def _bytes_of(self, url: str) -> int | None:
        """After its next answer: of the end of a download it tells Playwright first."""
        with suppress(PlaywrightError):  # it has ended: what it told us till then is known
            self._session.send("Browser.getVersion")
        return self._arrived.get(url)

    def _received(self, answer: str, count: int, moment: float) -> None:
        if count:
            self.alive()
        self._bytes += count
        url, began = self._answers.get(answer, (say("ページの部品", "a part of the page"), moment))
        if self._bytes > self.most_bytes:
            size = f"{self.most_bytes / MEBI:g} MiB"
            self._give_up(
                DeviationError(
                    say(
                        f"ポータルの応答が {size} を超えても終わらない（{url}）",
                        f"The portal's answer is more than {size} and does not end ({url})",
                    )
                )
            )
        elif moment - began > self.longest_answer:
            self._give_up(
                DeviationError(
                    say(
                        f"{url} の応答が、始まってから {self.longest_answer:g} 秒たっても終わらない",
                        f"The answer of {url} has not ended {self.longest_answer:g} s after it began",
                    )
                )
            )

    def _hear(self, dialog: Dialog) -> None:
        self._dialogs += 1
        if self._dialogs > MOST_DIALOGS:
            said = dialog.message[:100]
            self._give_up(
                DeviationError(
                    say(
                        f"ポータルの画面が、メッセージを {MOST_DIALOGS} 回を超えて出した（「{said}」）",
                        f'The portal\'s screen showed more than {MOST_DIALOGS} messages ("{said}")',
                    )
                )
            )
        elif self.answers:
            kind, message = dialog.type, dialog.message
            self._accept(dialog)
            if kind != "beforeunload":
                said_so = results.Dialog(title=SCRIPT_DIALOG, text=message, columns=[], rows=[], pressed="OK")
                self.heard(said_so, kind)

    def _accept(self, dialog: Dialog) -> None:
        try:
            dialog.accept()
        except PlaywrightError:  # its page has gone meanwhile
            return

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(1, self._tick)

    def _tick(self) -> None:
        """Each second that a call spends in the browser; while nothing waits for it, no time passes here."""
        self._wait()
        self._look_whether_it_stands_still()
        self._silence += 1
        if self._silence < self.longest_silence:
            return
        if self.offence:  # the windows were taken away, and still a call waits: nothing but its end makes it return
            self._silence = 0
            greenlet(self._end_browser).switch()
        elif self._windows:
            self._silence = 0
            greenlet(lambda: self._give_up(self._unresponsive())).switch()

    def _look_whether_it_stands_still(self) -> None:
        """Also where it has no window: not even the making of one would return."""
        self._still += 1
        if self._still % ASKED_EVERY == 0 and not self._asking:
            greenlet(self._ask).switch()
        if self._still == self.longest_stillness:
            what = say(
                f"ブラウザーが {self.longest_stillness} 秒のあいだ、何にも応じないので、終了させた",
                f"The browser did not respond to anything for {self.longest_stillness} s, and was ended",
            )
            self.offence = self.offence or BrokenError(what)
            greenlet(self._end_browser).switch()

    def _ask(self) -> None:
        self._asking = True
        with suppress(PlaywrightError):  # it has ended: whoever waits for it is told so
            self._session.send("Browser.getVersion")
            self._still = 0
        self._asking = False

    def kill(self) -> None:
        """Kill the browser's process (SIGKILL), if it is one of ours; from any thread."""
        for one in family(os.getpid()):
            if one.number == self._process:
                one.kill()

    def _end_browser(self) -> None:
        """By its process: one that stands still would not end itself."""
        self.ended = True
        self.kill()
        with suppress(PlaywrightError):
            self._browser.close()

    def _unresponsive(self) -> Exception:
        if self._downloads:
            return DeviationError(
                say(
                    f"ダウンロードが {self.longest_silence} 秒のあいだ進まず、終わらない",
                    f"The download has not moved for {self.longest_silence} s, and does not end",
                )
            )
        urls = say("、", ", ").join(page.url for window in self._windows for page in window.pages)
        return EnvironmentProblemError(
            say(
                f"画面が {self.longest_silence} 秒のあいだ、何にも応じない（{urls}）",
                f"The page has not responded to anything for {self.longest_silence} s ({urls})",
            )
        )

    def _give_up(self, offence: Exception) -> None:
        """Take every window away. The first offence is the one that is told."""
        if self.offence:
            return
        self.offence = offence
        for window in list(self._windows):
            try:
                window.close()
            except PlaywrightError:  # the browser itself has gone
                continue


def _process_of(session: CDPSession) -> int:
    """The number of a browser's main process on its machine; 0 for one that does not say."""
    try:
        told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    except PlaywrightError:
        return 0
    return next((int(one["id"]) for one in told if one["type"] == "browser"), 0)
