"""The windows and tabs that a person has open in the browser of one PC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Download, Page, Request
from playwright.sync_api import Error as BrowserError

from sekisho.browser.pc import Pc
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.network.hosts import ElsewhereError, origin
from sekisho.network.sent import sent
from sekisho.person.popups import Popups
from sekisho.person.sight import Sight

PUT_AWAY = "() => [localStorage.length, sessionStorage.length]"


class Windows:
    """Opens and closes them, knows which page is in front, and hears to whom they send something."""

    def __init__(self, pc: Pc, recorder: Recorder, sight: Sight, options: Callable[[], dict[str, Any]]) -> None:
        """Begin with nothing open. `options` gives what each new window needs, such as a proxy."""
        self.pc, self._recorder, self._sight, self.options = pc, recorder, sight, options
        self.page: Page | None = None
        """The page in front."""
        self.current: BrowserContext | None = None
        """The window in front."""
        self._open: list[BrowserContext] = []
        self._tabs: dict[str, Page] = {}
        self._popups = Popups()
        self._gave_files = WeakSet[BrowserContext]()
        self.prepared: list[Callable[[BrowserContext], None]] = []
        """What is done to each new window before anything is opened in it."""

    def new(self, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own options
        """A new window in place of all that are open."""
        self.close()
        return self.beside(**options)

    def beside(self, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own options
        """A new window beside those that are open."""
        self.current = self.pc.window(**{**self.options(), **options})
        for prepare in self.prepared:
            prepare(self.current)
        self.current.on("request", self._heed)
        self.current.on("download", self._put_away)
        self._open.append(self.current)
        return self.current

    def close(self) -> None:
        """Close every window, as a person does who is told to start again."""
        for window in self._open:
            window.close()
        self._open.clear()
        self._tabs.clear()
        self.current = self.page = None
        self._sight.outside = False

    def forget(self) -> None:
        """Of what was open nothing is left: the browser has ended."""
        self._open.clear()
        self.close()

    @property
    def title(self) -> str:
        """The title of the page in front; empty where there is none, or it is just leaving."""
        try:
            return self.page.title() if self.page and not self.page.is_closed() else ""
        except BrowserError:
            return ""

    @property
    def any_open(self) -> bool:
        """Whether there is any window."""
        return bool(self._open)

    @property
    def kept(self) -> tuple[str, ...]:
        """What the window in front keeps for sites: the names of its cookies, and how much its page has put away."""
        cookies = self.current.cookies() if self.current else []
        names = sorted(f"{one.get('domain')} {one.get('name')}" for one in cookies)
        return (*names, *self._put_away_by_scripts())

    def _put_away_by_scripts(self) -> Iterator[str]:
        """How much there is of it; a page of the browser's own has none."""
        with suppress(BrowserError):
            if self.page and not self.page.is_closed() and any(lengths := self.page.evaluate(PUT_AWAY)):
                yield str(lengths)

    def front(self, page: Page) -> Page:
        """From now on this page is in front, and what happens to it is heard of."""
        page.on("framenavigated", lambda _: self._sight.navigate())
        page.on("popup", lambda popup: self._opened(page, popup))
        page.on("close", self._closed)
        self._sight.navigate()
        self.page = page
        return page

    def name(self, tab: str, page: Page) -> None:
        """Call a page by a name, by which `turn_to_tab` finds it."""
        self._tabs[tab] = page

    def has_tab(self, tab: str) -> bool:
        """Whether a page has this name, and is still open."""
        return tab in self._tabs and not self._tabs[tab].is_closed()

    def tab_of(self, page: Page) -> str:
        """The name of a page; empty for one that was given none."""
        return next((name for name, one in self._tabs.items() if one is page), "")

    def turn_to_tab(self, tab: str) -> None:
        """Bring a page to the front that was given a name."""
        self.current = self._tabs[tab].context
        self._turn_to(self._tabs[tab])

    def family(self, page: Page) -> list[Page]:
        """A page, and the windows behind it that belong to it."""
        return self._popups.family(page)

    def turn_to(self, page: Page) -> None:
        """Bring one of the family to the front."""
        self._popups.turn_to(page)
        self._turn_to(page)

    def _turn_to(self, page: Page) -> None:
        self.page = page
        page.bring_to_front()
        self._sight.turn()

    def _opened(self, opener: Page, popup: Page) -> None:
        self._popups.opened(opener, popup)
        self.front(popup)
        if not popup.url and popup.context in self._gave_files:  # of the file one hears first
            popup.close()
        if popup.is_closed():  # it was there for a file only, and had gone before it was heard of
            self._closed(popup)

    def _put_away(self, file: Download) -> None:
        """Close what was opened for a file only: Chromium does so with tabs; a window of a certain size stays.

        Nothing was ever shown in it, and no page would ever be there.
        """
        self._gave_files.add(file.page.context)
        for one in file.page.context.pages:
            if not one.url and len(self._popups.family(one)) > 1:
                one.close()

    def _closed(self, page: Page) -> None:
        if page is self.page:
            (self.page, *_) = self._popups.family(page)
            self._sight.navigate()

    def _heed(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"}:
            self._recorder.host(f"{parts.scheme}://{parts.netloc}")
        if self.pc.hosts.has(request.url):
            return
        carried = sent(request.url, request.post_data_buffer)
        if self._recorder.tells_a_secret(carried.text, carried.values):
            self.pc.guard.offence = ElsewhereError(
                say("画面が秘密を送った", "a page sent a secret"), origin(request.url)
            )
