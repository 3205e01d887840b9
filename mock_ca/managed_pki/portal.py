"""What enrolment, renewal and services have in common: pages, the session-invalid page, the not-found page."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from aiohttp import web

from mock_ca.managed_pki.issuing import Parcel
from mock_ca.managed_pki.office import Office
from mock_ca.managed_pki.rules import CrashError
from mock_ca.registry import Certificate, serial_text
from mock_ca.web import Session, SessionInvalidError, Sessions, client_certificate, supported_browser

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Memory:
    """What a site remembers of one visitor's stay."""

    serial: str = ""
    opened: date | None = None
    parcels: dict[str, Parcel] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    stages: dict[str, int] = field(default_factory=dict)
    before: str = ""
    """Who was logged in in this browser before, if it was somebody else."""
    pages: list[str] = field(default_factory=list)
    """The tickets of the key pages that were opened, in order."""
    given: set[str] = field(default_factory=set)
    """The tickets of the download pages whose file was sent."""


@dataclass(frozen=True)
class Paths:
    """Where a site's pages are: prefix, name and suffix (files have their own), or what `others` says."""

    prefix: str
    suffix: str = ".jsp"
    others: tuple[tuple[str, str], ...] = ()

    def of(self, page: str) -> str:
        """The path of a page."""
        suffix = "" if "." in page else self.suffix
        return dict(self.others).get(page, f"{self.prefix}{page}{suffix}")


class Portal(ABC):
    """One site: its routes, and the pages that every site can answer. `memory` is what it keeps of a stay."""

    memory: type[Memory] = Memory

    def __init__(self, office: Office, key: str, title: str, paths: Paths) -> None:
        """Begin with nobody logged in."""
        self.office, self.mock, self.rules, self.words = office, office.mock, office.rules, office.words
        self.key, self.title, self.paths = key, title, paths
        cookie = f"{office.system.title()}{key.title()}Session"
        self.sessions = Sessions(cookie, self.mock.clock, self.rules.session_expired, self.memory)

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
        if self.rules.figures.any_browser or supported_browser(request):
            return None
        if self.mock.defects.broken("any-browser-accepted"):
            return None
        return self.page("unsupported.html")

    def to(self, page: str, query: str = "") -> str:
        """The address of a page of this site, for links, forms and redirections."""
        return self.paths.of(page) + (f"?{query}" if query else "")

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """One page of this site."""
        return self.office.pages.page(template, status=status, site=self, **values)

    def simple_page(self, template: str) -> Handler:
        """A handler that shows one page to those who are logged in."""

        async def show(request: web.Request) -> web.StreamResponse:
            self.sessions.require(request)
            return self.page(template)

        return show

    async def log_out(self, request: web.Request) -> web.StreamResponse:
        """ログアウト."""
        self.sessions.end(request)
        return self.page("logged_out.html")

    def invalid(self) -> web.Response:
        """The page that says the session is over."""
        if self.mock.defects.broken("session-invalid-page-missing"):
            return web.Response(status=500, text="500: Internal Server Error")
        return self.page("session_invalid.html")

    def cannot_restart(self, request: web.Request, user_id: str = "") -> bool:
        """Whether a defect keeps out a visitor whose last session ended by itself."""
        return self.sessions.timed_out(request, user_id) and self.mock.defects.broken("session-cannot-restart")

    def presented(self, request: web.Request) -> Certificate | None:
        """The certificate of this system that the browser presented, if any."""
        shown = client_certificate(request)
        return self.office.certificate(serial_text(shown.serial_number)) if shown else None

    def ticket(self, session: Session[Memory], about: str = "") -> str:  # noqa: ARG002 - for those who override it
        """A mark for a form that is `about` something, by which it is known when it is sent."""
        return secrets.token_urlsafe(12)

    def submitted(self, session: Session[Memory], ticket: str, about: str) -> str:  # noqa: ARG002
        """What a form that is sent now is about: what it says itself."""
        return about

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == "/favicon.ico":  # browsers ask for it unasked
            return web.Response(status=204)
        return await self.admit(request) or await self.answer(request, handler)

    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The handler's answer, or the page for what it raised."""
        try:
            return await handler(request)
        except SessionInvalidError:
            return self.invalid()
        except CrashError:
            return web.Response(status=500, text="500: Internal Server Error")
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            if self.mock.defects.broken("unknown-url-shows-top"):
                return await self.entrance(request)
            return self.page("not_found.html", status=404, path=request.path)
