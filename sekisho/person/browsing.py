"""What a person has open in the browser during one scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, Literal
from urllib.parse import unquote_plus, urlsplit

from playwright.sync_api import BrowserContext, Page, Request
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho.browser.blame import Blame, agree
from sekisho.browser.certificate_lists import (
    Listing,
    ManagerWithStoredDetails,
    Managing,
    StoredList,
    StoredOwn,
    WithStoredDetails,
)
from sekisho.browser.pc import NoAnswerError, PageClosedError, Pc, Visit
from sekisho.evidence.recorder import Recorder
from sekisho.evidence.screen_text import Before
from sekisho.native_ui import (
    CertificateList,
    CertificateManager,
    Choice,
    ChoiceMissingError,
    Surface,
    SurfaceAbsentError,
    SurfaceError,
)
from sekisho.network.hosts import ElsewhereError, origin
from sekisho.person.popups import Popups
from sekisho.person.reachability import Reaching
from sekisho.person.throttle import Pace
from sekisho.results import Certificate, Dialog, Note
from sekisho.verdict import DeviationError, EnvironmentProblemError

INTERRUPTIONS = 10  # a page that moves on by itself does so a few times a second
GONE = "has been closed"
MOVED_ON = re.compile("ERR_ABORTED|interrupted by another navigation")


class View(Enum):
    """What a step leaves on the screen."""

    NOTHING = "nobody looked"
    SAME = "the screen is as it was when it was last looked at"
    NEW = "another screen"
    MOVING = "a button was pressed, and its answer is still to come"


def _identity(choose: Choice) -> Certificate | None:
    return choose if isinstance(choose, Certificate) else None


class Browsing:
    """One person at one PC: the current page, and the windows it is in. Pictures are taken of it after each step."""

    def __init__(
        self,
        pc: Pc,
        recorder: Recorder,
        options: Callable[[], dict[str, Any]] = dict,
        pace: Pace = Pace(),  # noqa: B008 - without a pause it keeps nothing
    ) -> None:
        """Begin with nothing open. `options` gives what each new window needs, such as a proxy."""
        self.pc, self._recorder, self._options, self._pace = pc, recorder, options, pace
        self._window: BrowserContext | None = None
        self._windows: list[BrowserContext] = []
        self._tabs: dict[str, Page] = {}
        self._popups = Popups()
        self._page: Page | None = None
        self._aside: Page | None = None
        self._sight: Page | None = None
        self._looked = self._managing = False
        self._changed = self._pressed = False
        self._reaching = Reaching(lambda: "proxy" in self._options())
        self._blame = Blame(pc)
        self._said: list[str] = []
        self.before = Before()
        """What stood on the screen before the person's last press."""
        pc.guard.heard = self._hear
        self.prepared: list[Callable[[BrowserContext], None]] = []
        """What is done to each new window before anything is opened in it."""

    @property
    def page(self) -> Page:
        """The page the person looks at. Raises DeviationError when none is open."""
        if self._page is None:
            raise DeviationError("画面が開いていない")
        self._looked = True
        self.pc.guard.alive()
        if isinstance(self.pc.guard.offence, ElsewhereError):  # it broke nothing, and must not pass unseen
            raise self.pc.guard.offence
        return self._page

    @property
    def family(self) -> list[Page]:
        """The page the person looks at, and the windows behind it that belong to it."""
        return self._popups.family(self.page)

    def turn_to_window(self, page: Page) -> None:
        """Bring one of the family to the front."""
        self._popups.turn_to(page)
        page.bring_to_front()
        self._page, self._looked, self._changed = page, True, True

    def explain(self, error: BaseException | None) -> BaseException | None:
        """What really happened, where an error only says that a page is gone or keeps somebody waiting, or nothing."""
        if self.pc.guard.offence:
            return self.pc.guard.offence
        if isinstance(error, DeviationError | BrowserError | SurfaceError) and not self.pc.running:
            return self.pc.lost
        if isinstance(error, DeviationError) and self._page:
            return self._reaching.lost(self._page) or self._blame.of_deviation(error)
        if isinstance(error, SurfaceAbsentError):
            return self._blame.of_absence(error)
        return self._meaning(error) if isinstance(error, BrowserError) else error

    def _meaning(self, error: BrowserError) -> BaseException:
        if GONE in error.message:
            return PageClosedError("見ていた画面が、ポータルによって閉じられた")
        if isinstance(error, BrowserTimeoutError) and "wait_for_load_state" in error.message:
            return DeviationError(f"ページが {self.pc.answer_seconds:g} 秒たっても最後まで届かない（{self._page_url}）")
        return error

    @property
    def _page_url(self) -> str:
        return self._page.url if self._page else ""

    def act(self, act: Literal["fill", "press"]) -> None:
        """Note what a hand did to the page."""
        self._pace.keep()
        self.pc.guard.acted()
        self._changed, self._pressed = True, act == "press"
        self._said.clear()

    @property
    def said(self) -> list[str]:
        """What the page said in boxes of its own (`alert`) since a hand last did something; they are closed already."""
        return self._said

    def _hear(self, message: Dialog) -> None:
        self._recorder.add(message)
        self._said.append(message.text)

    def glance(self, page: Page) -> None:
        """Look at a window that is not the browser's, such as a program's: it is what this step shows."""
        self._aside = page

    @property
    def sight(self) -> Page:
        """The page that `view` spoke of."""
        assert self._sight
        return self._sight

    def view(self) -> View:
        """What there is to see of the page since the last call, at the end of a step."""
        aside, self._aside = self._aside, None
        self._sight = aside or self._page
        if aside:
            return View.NOTHING if aside.is_closed() else View.NEW
        looked, pressed, changed = self._looked or self._managing, self._pressed, self._changed
        self._looked = self._pressed = False
        if not looked or self._page is None or self._page.is_closed():
            return View.NOTHING
        if pressed:
            return View.MOVING
        self._changed = False
        return View.NEW if changed or self._managing else View.SAME

    def open(self, url: str, **options: Any) -> None:  # noqa: ANN401 - Playwright's own options
        """Open an address that asks for no certificate, in the current window or a new one with some options."""
        if self._window is None or options:
            self._new_window(**options)
        assert self._window
        self._page = self._page or self._watched(self._window.new_page())
        self.before.forget()
        self._pace.keep()
        self.pc.guard.acted()
        try:
            with self.pc.guard.judging():
                self.page.goto(url, wait_until="commit")
        except BrowserError as error:
            raise self._reaching.why_not(url, error, self.pc.answer_seconds) from error
        self._reaching.reached = True

    def open_again(self, url: str) -> None:
        """Load an address again in the same page, however often the page itself moves on at the same moment."""
        self._pace.keep()
        for _ in range(INTERRUPTIONS):
            try:
                self.page.goto(url, wait_until="commit")
            except BrowserError as error:
                if not MOVED_ON.search(error.message):
                    raise
            else:
                return
        raise EnvironmentProblemError(f"{url} を開き直せない: 画面が {INTERRUPTIONS} 回続けて自分で移動した")

    def visit(self, url: str, choose: Choice = None, **how: Any) -> Visit:  # noqa: ANN401 - Pc.visit's own, passed on
        """Open an address that asks for a certificate, in a new window, and answer the browser's dialog."""
        self._check_presenting(url, _identity(choose))
        return self._go(self._new_window(present=_identity(choose), origins=[url]), url, choose, **how)

    def _check_presenting(self, url: str, certificate: Certificate | None) -> None:
        """Raise ElsewhereError where Playwright would present a certificate, and not to the portal.

        The browser's own dialog says for whom it is, also behind redirects, and is not answered for anybody else.
        """
        if certificate and self.pc.mode == "context":
            self.pc.hosts.check("証明書を示す", url)

    def show(self, url: str, certificate: Certificate) -> Visit:
        """Open an address in a new window and show it a certificate that the browser would not offer, if it asks."""
        self.pc.hosts.check("証明書を示す", url)
        return self._go(self._new_window(present=certificate, origins=[url], unasked=True), url, None)

    def visit_in(self, tab: str, url: str, choose: Choice = None, *, origins: Sequence[str] = ()) -> Visit:
        """Open an address in a tab of the window that is open, beside the others; `turn_to` comes back to it.

        `origins` are all that the window's certificate will be shown to (context mode), named with its first tab.
        """
        self._check_presenting(url, _identity(choose))
        window = self._window or self._another_window(present=_identity(choose), origins=[url, *origins])
        visit = self._go(window, url, choose)
        self._tabs[tab] = visit.page
        return visit

    def visit_apart(self, tab: str, url: str, choose: Choice = None) -> Visit:
        """Open an address in another window, beside those that are open; `turn_to` comes back to it."""
        self._check_presenting(url, _identity(choose))
        self._another_window(present=_identity(choose), origins=[url])
        return self.visit_in(tab, url, choose)

    def turn_to(self, tab: str) -> None:
        """Look at a tab that was opened by name."""
        self._page = self._tabs[tab]
        self._window = self._page.context
        self._page.bring_to_front()
        self.before.forget()
        self._looked = self._changed = True

    def _go(self, window: BrowserContext, url: str, choose: Choice, **how: Any) -> Visit:  # noqa: ANN401 - see visit
        self.before.forget()
        self._pace.keep()
        self.pc.guard.acted()
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
        self._page, self._looked = self._watched(visit.page), True
        for dialog in (*([visit.dialog] if visit.dialog else []), *visit.prompts):
            self._recorder.add(dialog)
        return visit

    def manage_certificates(self) -> Managing:
        """Open the browser's own certificate manager, in a new window.

        Where rows of the manual describe the way there, that is walked from the browser's menu (5 s), else its address
        leads there.
        Where the manager cannot be read, the store itself is; where only the viewer cannot, the details are the
        store's. The report says so.
        """
        stored = StoredOwn(self.pc.store)
        if self._reads_the_store_for(Surface.CERTIFICATE_MANAGER):
            return stored
        manager = CertificateManager.open(self.pc, self._new_window(), walk=self._recorder.shows_rows)
        self._manage(manager)
        agree(manager, self.pc.store.personal())
        return ManagerWithStoredDetails(manager, stored) if self._notes_lack_of_viewer() else manager

    def list_roots(self) -> Listing:
        """Open the browser's own list of the roots that this PC trusts, as `manage_certificates` does its own."""
        stored = StoredList(self.pc.store.trusted_roots)
        if self._reads_the_store_for(Surface.TRUSTED_ROOTS):
            return stored
        listed = CertificateManager.open_roots(self.pc, self._new_window(), walk=self._recorder.shows_rows)
        self._manage(listed)
        agree(listed, self.pc.store.trusted_roots())
        return WithStoredDetails(listed, stored) if self._notes_lack_of_viewer() else listed

    def _reads_the_store_for(self, surface: Surface) -> bool:
        """Whether a list of the browser's cannot be read here, as the report says then; nothing of it is shown."""
        if surface not in self.pc.lacking or self.pc.mode == "context":
            return False
        self._page = self._watched(self._new_window().new_page())
        self._note_lack_of(surface)
        return True

    def _notes_lack_of_viewer(self) -> bool:
        lacks = Surface.CERTIFICATE_VIEWER in self.pc.lacking
        if lacks:
            self._note_lack_of(Surface.CERTIFICATE_VIEWER)
        return lacks

    def _note_lack_of(self, surface: Surface) -> None:
        line = f"「{surface}」を操作できない（{self.pc.lacking[surface]}）ので、証明書ストアそのものを読んだ"
        self._recorder.add(Note(title="ブラウザーの画面の代わり", lines=[line]))

    def _manage(self, opened: CertificateList) -> None:
        self._page, self._managing = opened.page, True
        self._recorder.add(Note(title="証明書の管理までに押したもの", lines=opened.route))

    def close(self) -> None:
        """Close every window, as a person does who is told to start again."""
        for window in self._windows:
            window.close()
        self._windows.clear()
        self._tabs.clear()
        self._window = self._page = None
        self._managing = False

    def move_to(self, pc: Pc) -> None:
        """Leave everything and sit down at another PC, or log in there as another user."""
        self.close()
        self.pc = pc
        pc.guard.heard = self._hear

    def _new_window(self, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own options
        self.close()
        return self._another_window(**options)

    def _another_window(self, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own options
        self._window = self.pc.window(**self._options(), **options)
        for prepare in self.prepared:
            prepare(self._window)
        self._window.on("request", self._note)
        self._windows.append(self._window)
        return self._window

    def _watched(self, page: Page) -> Page:
        page.on("framenavigated", lambda _: self._navigated())
        page.on("popup", lambda popup: self._opened(page, popup))
        page.on("close", self._closed)
        self._navigated()
        return page

    def _opened(self, opener: Page, popup: Page) -> None:
        self._popups.opened(opener, popup)
        self._page = self._watched(popup)

    def _closed(self, page: Page) -> None:
        if page is self._page:
            (self._page, *_) = self._popups.family(page)
            self._navigated()

    def _navigated(self) -> None:
        self._changed, self._pressed = True, False

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"}:
            self._recorder.host(f"{parts.scheme}://{parts.netloc}")
        if not self.pc.hosts.has(request.url) and self._recorder.tells_a_secret(sent(request)):
            self.pc.guard.offence = ElsewhereError("画面が秘密を送った", origin(request.url))


def sent(request: Request) -> str:
    """What a request carries: its address and its body, as they are and as a form is read."""
    body = (request.post_data_buffer or b"").decode("utf-8", "replace")
    whole = f"{request.url}\n{body}"
    return f"{whole}\n{unquote_plus(whole)}"
