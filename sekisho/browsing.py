"""What a person has open in the browser during one scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

from sekisho.evidence import Recorder
from sekisho.pc import Pc, Visit
from sekisho.results import Certificate
from sekisho.verdict import DeviationError


class Browsing:
    """One person at one PC: the current page, and the windows it is in. Pictures are taken of it after each step."""

    def __init__(self, pc: Pc, recorder: Recorder, options: Callable[[], dict[str, Any]] = dict) -> None:
        """Begin with nothing open. `options` gives the options of each new window, such as a proxy."""
        self._pc, self._recorder, self._options = pc, recorder, options
        self._window: BrowserContext | None = None
        self._page: Page | None = None
        self._looked = False

    @property
    def page(self) -> Page:
        """The page the person looks at. Raises DeviationError when none is open."""
        if self._page is None:
            raise DeviationError("画面が開いていない")
        self._looked = True
        return self._page

    def touched(self) -> bool:
        """Whether the page was looked at since the last call, and is still there."""
        looked, self._looked = self._looked, False
        return looked and self._page is not None and not self._page.is_closed()

    def open(self, url: str) -> Page:
        """Open an address that asks for no certificate, in the current window or a new one."""
        if self._window is None:
            self._window = self.window()
        self._page = self._page or self._window.new_page()
        self.page.goto(url, wait_until="commit")
        return self._page

    def visit(
        self, url: str, choose: Certificate | Literal["cancel"] | None = None, origins: Iterable[str] = ()
    ) -> Visit:
        """Open an address that asks for a certificate, in a new window, and choose one in the browser's dialog."""
        self.close()
        self._window = self.window(url=url, choose=choose, origins=origins)
        visit = self._pc.visit(url, choose=choose, window=self._window, origins=origins)
        self._page, self._looked = visit.page, True
        if visit.dialog:
            self._recorder.add(visit.dialog)
        return visit

    def close(self) -> None:
        """Close the window, as a person does who is told to start again."""
        if self._window:
            self._window.close()
        self._window = self._page = None

    def window(self, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own options
        """A new window whose requests are noted."""
        window = self._pc.window(**self._options())
        window.on("request", self._note)
        return window

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"}:
            self._recorder.host(f"{parts.scheme}://{parts.netloc}")
