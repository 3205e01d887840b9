"""What the tabs of a person's browser exchange with the portal, each request with what the person did in that tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Request, Response
from playwright.sync_api import Error as BrowserError

from sekisho.person.windows import Windows
from sekisho.results import Exchange

# What brings a page or its data; pictures and styles change nothing at a portal.
PAGES = frozenset({"document", "xhr", "fetch"})


@dataclass(frozen=True)
class _Doing:
    """What a person does in a tab."""

    number: int
    sentence: str
    screen: str


class Traffic:
    """Hears what each window sends from now on."""

    def __init__(self, windows: Windows, address: Callable[[str], str]) -> None:
        """Listen to windows that are yet to be opened. `address` names a place at the portal; empty for any other."""
        self._windows, self._address = windows, address
        self._tab, self._number, self._doing = "", 0, dict[str, _Doing]()
        self._asked: list[tuple[Request, _Doing]] = []
        self._answers: dict[Request, Response] = {}
        windows.prepared.append(self._listen)

    def begin(self, tab: str, sentence: str, *, looks: bool = False) -> None:
        """The person begins to do something in a tab: what the tab asks from now on, it asks because of that.

        One who only `looks` causes nothing, but the sentence has a number too.
        """
        self._tab, self._number = tab, self._number + 1
        if not looks:
            screen = self._windows.title if self._windows.has_tab(tab) else ""
            self._doing[tab] = _Doing(self._number, sentence, screen)

    def stop(self) -> None:
        """Hear nothing of windows that are opened from now on."""
        self._windows.prepared.remove(self._listen)

    @property
    def exchanges(self) -> list[Exchange]:
        """What was asked of the portal so far, in order."""
        return [self._exchange(request, doing) for request, doing in self._asked if self._address(request.url)]

    def _listen(self, window: BrowserContext) -> None:
        window.on("request", self._ask)
        window.on("response", self._answer)

    def _ask(self, request: Request) -> None:
        doing = self._doing.get(self._tab_of(request)) or self._doing.get(self._tab)
        if doing and request.resource_type in PAGES:
            self._asked.append((request, doing))

    def _tab_of(self, request: Request) -> str:
        try:
            return self._windows.tab_of(request.frame.page)
        except BrowserError:  # a page that is only just opening
            return ""

    def _answer(self, response: Response) -> None:
        self._answers[response.request] = response

    def _exchange(self, request: Request, doing: _Doing) -> Exchange:
        answer = self._answers.get(request)
        length = answer.headers.get("content-length", "") if answer else ""
        return Exchange(
            press=doing.number,
            cause=doing.sentence,
            screen=doing.screen,
            method=request.method,
            address=self._address(request.url),
            status=answer.status if answer else None,
            size=int(length) if length.isdecimal() else 0,
        )
