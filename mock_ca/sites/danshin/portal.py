"""What enrolment, renewal and services have in common: pages, the session-invalid page, the not-found page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from aiohttp import web

from mock_ca.mock import Mock
from mock_ca.registry import Certificate
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.issuing import Parcel
from mock_ca.web import Pages, SessionInvalidError, Sessions, client_certificate, supported_browser

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Desk:
    """What a site remembers of one visitor's stay."""

    serial: str = ""
    opened: date | None = None
    parcel: Parcel | None = None
    used: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)


class Portal(ABC):
    """One site: its routes below a prefix, and the pages that every site can answer."""

    title: str
    prefix: str

    def __init__(self, mock: Mock, pages: Pages, cookie: str) -> None:
        """Begin with nobody logged in."""
        self.mock, self._pages = mock, pages
        self.sessions = Sessions(cookie, mock.clock, self._expired, Desk)

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(self.routes())
        return app

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """Which address does what."""

    @abstractmethod
    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """The page a visitor comes to first."""

    async def admit(self, request: web.Request) -> web.StreamResponse | None:
        """A page that turns the visitor away, or nothing."""
        if supported_browser(request) or self.mock.defects.broken("any-browser-accepted"):
            return None
        return self.page("unsupported.html")

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """One page of this site."""
        return self._pages.page(template, status=status, site=self, **values)

    def invalid(self) -> web.Response:
        """The page that says the session is over."""
        if self.mock.defects.broken("session-invalid-page-missing"):
            return web.Response(status=500, text="500: Internal Server Error")
        return self.page("session_invalid.html")

    def presented(self, request: web.Request) -> Certificate | None:
        """The certificate of ours that the browser presented, if any."""
        shown = client_certificate(request)
        return self.mock.certificates.get(f"{shown.serial_number:x}") if shown else None

    def _expired(self, idle: timedelta) -> bool:
        return rules.session_expired(self.mock.defects, idle)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == "/favicon.ico":  # browsers ask for it unasked
            return web.Response(status=204)
        return await self.admit(request) or await self._answer(request, handler)

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except SessionInvalidError:
            return self.invalid()
        except rules.CrashError:
            return web.Response(status=500, text="500: Internal Server Error")
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            if self.mock.defects.broken("unknown-url-shows-top"):
                return await self.entrance(request)
            return self.page("not_found.html", status=404, path=request.path)
