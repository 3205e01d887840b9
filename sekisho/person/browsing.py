"""One person at one PC: opens addresses and answers the browser's dialogs, and knows what went wrong where it does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Frame, Page
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.browser import idle
from sekisho.browser.blame import Blame
from sekisho.browser.pc import Pc
from sekisho.browser.visit import NoAnswerError, PageClosedError, Visit
from sekisho.evidence.recorder import Recorder
from sekisho.evidence.screen_text import Before
from sekisho.language import say
from sekisho.native_ui import Choice, ChoiceMissingError, SurfaceAbsentError, SurfaceError
from sekisho.network.hosts import ElsewhereError
from sekisho.person.reachability import Reaching
from sekisho.person.sight import Sight
from sekisho.person.throttle import Pace
from sekisho.person.windows import Windows
from sekisho.results import Certificate, Dialog
from sekisho.verdict import DeviationError, EnvironmentProblemError

INTERRUPTIONS = 10  # a page that moves on by itself does so a few times a second
ASKS_WITHIN, LOOK_SECONDS = 1.0, 0.05  # seconds for one look at whether the browser asks something
COPY = "{}の複製"
"""What scenarios call the copy of a tab."""
GONE = "has been closed"
INTERRUPTED = re.compile("interrupted by another navigation")
MOVED_ON = re.compile(f"ERR_ABORTED|{INTERRUPTED.pattern}")  # the former also where an answer has no page


def _identity(choose: Choice) -> Certificate | None:
    return choose if isinstance(choose, Certificate) else None


class Browsing:
    """One person at one PC. `windows` are those that are open, `sight` is what each step leaves to be seen of them."""

    def __init__(
        self,
        pc: Pc,
        recorder: Recorder,
        options: Callable[[], dict[str, Any]] = dict,
        pace: Pace = Pace(),  # noqa: B008 - without a pause it keeps nothing
    ) -> None:
        """Begin with nothing open. `options` gives what each new window needs, such as a proxy."""
        self._recorder, self._pace = recorder, pace
        self.sight = Sight()
        self.windows = Windows(pc, recorder, self.sight, options)
        self._reaching = Reaching(lambda: "proxy" in options())
        self._blame = Blame(pc)
        self._said: list[str] = []
        self.before = Before()
        """What stood on the screen before the person's last press."""
        pc.guard.heard = self._hear
        self._choice: Choice = None
        self._tab, self._apart = "", False
        self._origins: tuple[str, ...] = ()
        self.presses: Callable[[str], None] = lambda _: None
        """Told before each press, and before each address that is opened; with the title of a window elsewhere."""

    @property
    def pc(self) -> Pc:
        """The PC at which the person sits."""
        return self.windows.pc

    @property
    def page(self) -> Page:
        """The page the person looks at. Raises DeviationError when none is open."""
        page = self.windows.page
        if page is None:
            raise DeviationError(say("画面が開いていない", "no page is open"))
        self.sight.look()
        self.pc.guard.alive()
        if isinstance(self.pc.guard.offence, ElsewhereError):  # it broke nothing, and must not pass unseen
            raise self.pc.guard.offence
        return page

    @property
    def reached(self) -> bool:
        """Whether something has answered, which may be a wire between with a page of its own."""
        return self._reaching.reached

    @property
    def met_nobody(self) -> bool:
        """Whether nobody was at the portal's addresses, so that it knows nothing of what was tried."""
        return self._reaching.nobody

    def explain(self, error: BaseException | None) -> BaseException | None:
        """What really happened, where an error only says that a page is gone or keeps somebody waiting, or nothing."""
        if self.pc.guard.offence:
            return self.pc.guard.offence
        if isinstance(error, DeviationError | BrowserError | SurfaceError) and not self.pc.running:
            return self.pc.lost
        if isinstance(error, DeviationError) and self.windows.page:
            return self._reaching.lost(self.windows.page) or self._blame.of_deviation(error)
        if isinstance(error, SurfaceAbsentError):
            return self._blame.of_absence(error)
        return self._meaning(error) if isinstance(error, BrowserError) else error

    def _meaning(self, error: BrowserError) -> BaseException:
        if GONE in error.message:
            return PageClosedError(
                say(
                    "見ていた画面が、ポータルによって閉じられた",
                    "the page that was being looked at was closed by the portal",
                )
            )
        if isinstance(error, BrowserTimeoutError) and "wait_for_load_state" in error.message:
            return DeviationError(
                say(
                    f"ページが {self.pc.answer_seconds:g} 秒たっても最後まで届かない（{self._page_url}）",
                    f"the page did not arrive to its end within {self.pc.answer_seconds:g} s ({self._page_url})",
                )
            )
        return error

    @property
    def _page_url(self) -> str:
        return self.windows.page.url if self.windows.page else ""

    def act(self, act: Literal["fill", "press"]) -> None:
        """Note what a hand did to the page."""
        self._about_to(press=act == "press")
        self.sight.act(act)
        self._said.clear()

    def _begin_anew(self) -> None:
        """Leave behind what stood on the screen, and what it said: another address is opened."""
        self.before.forget()
        self._said.clear()

    def _about_to(self, *, press: bool = True) -> None:
        self._pace.keep()
        self.pc.guard.acted()
        if press:
            self.presses("")

    @property
    def said(self) -> list[str]:
        """What the page said in boxes of its own (`alert`) since a hand last did something; they are closed already."""
        return self._said

    def read(self, text: str) -> None:
        """Take note of what the page has just said in a box that somebody else has closed."""
        self._said.append(text)

    def _hear(self, message: Dialog, kind: str) -> None:
        self._recorder.add(message)
        if kind == "alert":
            self.read(message.text)
        else:  # `confirm` and `prompt` ask before anything is done: no answer, where another comes
            self.before.ask(message.text)

    def sit_before(self, tab: str, *, apart: bool = False, origins: Sequence[str] = ()) -> None:
        """From now on do everything in a tab beside the others: the next address opens there, whoever opens it.

        `apart` gives it a window of its own, with cookies of its own. `origins` are all that a window's certificate
        may be shown to (context mode). An empty name: from now on each address opens in a new window again.
        """
        self._tab, self._apart, self._origins = tab, apart, tuple(origins)
        if self.windows.has_tab(tab):
            self.turn_to(tab)

    def duplicate_tab(self) -> str:
        """Have the browser make a copy of the tab, which loads the same address; gives the copy's name."""
        copy, apart = COPY.format(self._tab), self._apart
        url = self.page.url
        self.sit_before(copy)
        self.visit(url)
        self._apart = apart
        return copy

    def open(self, url: str, **options: Any) -> None:  # noqa: ANN401 - Playwright's own options
        """Open an address that asks for no certificate, in the current window or a new one with some options."""
        if self._tab:
            self.visit(url)
            return
        window = self.windows.new(**options) if options else self.windows.current or self.windows.new()
        if self.windows.page is None:
            self.windows.front(window.new_page())
        self._begin_anew()
        self._about_to()
        self._load(url)
        self._reaching.reached = True

    def open_again(self, url: str, frame: Frame) -> None:
        """Load an address again where it was: in the page itself, or in one of its frames."""
        self._about_to()
        self._load(url, frame)

    def _load(self, url: str, where: Page | Frame | None = None) -> None:
        """Load an address in the page, however often the page itself moves on at the same moment."""
        try:
            with self.pc.guard.judging():
                self._goto(url, where or self.page)
        except BrowserError as error:
            raise self._reaching.why_not(url, error, self.pc.answer_seconds) from error

    def _goto(self, url: str, where: Page | Frame, times: int = INTERRUPTIONS) -> None:
        try:
            where.goto(url, wait_until="commit")
        except BrowserError as error:
            if times > 1 and MOVED_ON.search(error.message):
                self._goto(url, where, times - 1)
                return
            if not INTERRUPTED.search(error.message):
                raise
            raise EnvironmentProblemError(
                say(
                    f"{url} を開けない: 画面が {INTERRUPTIONS} 回続けて自分で移動した",
                    f"{url} cannot be opened: the page moved on by itself {INTERRUPTIONS} times in a row",
                )
            ) from error

    def visit(self, url: str, choose: Choice = None, **how: Any) -> Visit:  # noqa: ANN401 - Pc.visit's own, passed on
        """Open an address that asks for a certificate, in a new window, and answer the browser's dialog."""
        if self._tab:
            opens = self.visit_apart if self._apart and not self.windows.has_tab(self._tab) else self.visit_in
            return opens(self._tab, url, choose, origins=self._origins)
        self._check_presenting(url, _identity(choose))
        return self._go(self.windows.new(present=_identity(choose), origins=[url]), url, choose, **how)

    @contextmanager
    def answering(self) -> Iterator[Sequence[Dialog]]:
        """Answer as at the last address what the browser asks meanwhile, where a site leads to further places.

        A browser keeps a choice for one server: at the next it asks anew, while the press that led there still waits.
        """
        if self.pc.mode != "native" or not self.pc.hosts.further:
            yield ()
            return
        try:
            with self.pc.answering(self._choice) as dialogs:
                yield dialogs
        except ChoiceMissingError as missing:
            self._recorder.add(missing.dialog)
            raise DeviationError(str(missing)) from missing
        for dialog in dialogs:
            self._recorder.add(dialog)

    def _look_for_questions(self) -> None:
        with self.answering() as dialogs:
            ends = time.monotonic() + ASKS_WITHIN
            while not dialogs and time.monotonic() < ends:
                time.sleep(LOOK_SECONDS)

    def _check_presenting(self, url: str, certificate: Certificate | None) -> None:
        """Raise ElsewhereError where Playwright would present a certificate, and not to the portal.

        The browser's own dialog says for whom it is, also behind redirects, and is not answered for anybody else.
        """
        if certificate and self.pc.mode == "context":
            self.pc.hosts.check(say("証明書を示す", "a certificate is shown"), url)

    def show(self, url: str, certificate: Certificate) -> Visit:
        """Open an address in a new window and show it a certificate that the browser would not offer, if it asks."""
        self.pc.hosts.check(say("証明書を示す", "a certificate is shown"), url)
        return self._go(self.windows.new(present=certificate, origins=[url], unasked=True), url, None)

    def visit_in(self, tab: str, url: str, choose: Choice = None, *, origins: Sequence[str] = ()) -> Visit:
        """Open an address in a tab of the window that is open, beside the others; `turn_to` comes back to it.

        `origins` are all that the window's certificate will be shown to (context mode), named with its first tab.
        """
        self._check_presenting(url, _identity(choose))
        window = self.windows.current or self.windows.beside(present=_identity(choose), origins=[url, *origins])
        visit = self._go(window, url, choose)
        self.windows.name(tab, visit.page)
        return visit

    def visit_apart(self, tab: str, url: str, choose: Choice = None, *, origins: Sequence[str] = ()) -> Visit:
        """Open an address in another window, beside those that are open; `turn_to` comes back to it."""
        self._check_presenting(url, _identity(choose))
        self.windows.beside(present=_identity(choose), origins=[url, *origins])
        return self.visit_in(tab, url, choose)

    def turn_to(self, tab: str) -> None:
        """Look at a tab that was opened by name."""
        self.windows.turn_to_tab(tab)
        self.before.forget()

    def _go(self, window: BrowserContext, url: str, choose: Choice, **how: Any) -> Visit:  # noqa: ANN401 - see visit
        self._begin_anew()
        self._about_to()
        self._choice = choose
        if self.pc.hosts.further:
            idle.watch(window).held_up = self._look_for_questions
        try:
            visit = self.pc.visit(url, choose=choose, window=window, **how)
        except ChoiceMissingError as missing:
            self._recorder.add(missing.dialog)
            raise DeviationError(str(missing)) from missing
        except ElsewhereError as elsewhere:
            if elsewhere.dialog:
                self._recorder.add(elsewhere.dialog)
            raise
        except NoAnswerError as silence:
            raise self._reaching.silent(silence) from silence
        self._reaching.check(url, visit)
        self._blame.note(self.pc, window, url, visit, _identity(choose))
        self.windows.front(visit.page)
        self.sight.look()
        for dialog in (*([visit.dialog] if visit.dialog else []), *visit.prompts):
            self._recorder.add(dialog)
        return visit

    def close(self) -> None:
        """Close every window, as a person does who is told to start again."""
        self.windows.close()

    def move_to(self, pc: Pc) -> None:
        """Leave everything and sit down at another PC, or log in there as another user."""
        self.close()
        self.windows.pc = pc
        pc.guard.heard = self._hear

    def start_browser_again(self) -> None:
        """Start the browser again, which has ended with all its windows."""
        self.windows.forget()
        self.pc.start_again()
        self.move_to(self.pc)
