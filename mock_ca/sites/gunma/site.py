"""The bank's site: what every page of it goes through, and its door."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from mock_ca.registry import Certificate
from mock_ca.sites.gunma.bank import Bank
from mock_ca.sites.gunma.revoking import Revoking
from mock_ca.sites.gunma.states import State
from mock_ca.sites.gunma.visits import Visit, remember
from mock_ca.sites.gunma.words import WORDS
from mock_ca.web import supported_browser

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SCHEME = "certissue"
# What the bank gives its customers to set the program up with.
SETUP = {
    "name": "issuing_app",
    "title": "証明書発行アプリケーション",
    "version": "1.0.0",
    "folder": "C:¥Program Files (x86)¥証明書発行¥",
    "scheme": SCHEME,
}
OTHER_SYSTEMS = ("Macintosh", "Android", "iPhone", "iPad", "CrOS")
VISIT = "visit"


class BankSite:
    """Log-in, 証明書取得, and behind the door the pages of those who are logged in."""

    def __init__(self, bank: Bank) -> None:
        """Use the bank's own things."""
        self.bank, self.mock = bank, bank.mock
        self._revoking = Revoking(bank, VISIT)

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._top),
                web.post("/login", self._by_password),
                web.get("/certificate-login", self._door),
                web.post("/certificate-login", self._by_certificate),
                web.get("/certificate", self._acquire),
                web.get("/login-id", self._login_id),
                web.get("/setup.msi", self._setup),
                web.get("/home", self._home),
                web.get("/admin", self._admin),
                web.get("/logout", self._log_out),
                *self._revoking.routes(),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Known browsers only; a visit for each; and nothing more for one that the program has put out."""
        if request.path == "/favicon.ico":  # browsers ask for it unasked
            return web.Response(status=204)
        if not self._supported(request) and not self.mock.defects.broken("any-browser-accepted"):
            return self._page("unsupported.html")
        visit, cookie = self.bank.visits.of(request), ""
        if visit is None:
            cookie, visit = self.bank.visits.begin()
        request[VISIT] = visit
        response = await self._answer(request, handler, visit)
        if cookie:
            remember(response, cookie)
        return response

    async def _answer(self, request: web.Request, handler: Handler, visit: Visit) -> web.StreamResponse:
        if visit.displaced and not self.mock.defects.broken("browser-goes-on-after-issuing"):
            return self._page("displaced.html")
        try:
            return await handler(request)
        except web.HTTPSeeOther as redirection:
            return redirection
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return self._page("not_found.html", status=404)

    @staticmethod
    def _supported(request: web.Request) -> bool:
        """Edge and Chrome on Windows. Linux is let in as well: it is where this mock is looked at."""
        agent = request.headers.get("User-Agent", "")
        return supported_browser(request) and not any(system in agent for system in OTHER_SYSTEMS)

    def _page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        return self.bank.pages.page(template, status=status, **values)

    async def _top(self, request: web.Request) -> web.Response:  # noqa: ARG002 - a handler gets the request
        return self._page("top.html", error="")

    async def _by_password(self, request: web.Request) -> web.Response:
        """All users of a company with certificates need one: a password alone opens nothing, also once revoked."""
        form = await request.post()
        user_id, password = str(form.get("loginId", "")), str(form.get("password", ""))
        member = self.bank.member(user_id, password)
        if member is None:
            return self._page("top.html", error=WORDS["login-refused"])
        revoked = self.bank.states.of_user(user_id) is State.REVOKED
        if self.mock.defects.broken("revoked-falls-back-to-password" if revoked else "password-alone-logs-in"):
            return self._enter(request, user_id)
        return self._page("top.html", error=WORDS["certificate-needed"])

    async def _door(self, request: web.Request) -> web.Response:
        """電子証明書ログイン."""
        problem = self._problem(self.bank.presented(request))
        return self._page("no_certificate.html", error=problem) if problem else self._page("login.html", error="")

    def _problem(self, certificate: Certificate | None) -> str:
        """Why a certificate does not open the door; empty when it does."""
        state, broken = self.bank.states.of(certificate) if certificate else State.NONE, self.mock.defects.broken
        if state is State.NONE:
            return WORDS["no-certificate"]
        if state is State.REVOKED and not broken("revoked-certificate-opens-service"):
            return WORDS["revoked"]
        if state is State.EXPIRED and not broken("expired-certificate-opens-service"):
            return WORDS["expired"]
        return ""

    async def _by_certificate(self, request: web.Request) -> web.Response:
        form, certificate = await request.post(), self.bank.presented(request)
        problem = self._problem(certificate)
        if certificate is None or problem:
            return self._page("no_certificate.html", error=problem)
        user_id, password = str(form.get("loginId", "")), str(form.get("password", ""))
        if self.bank.member(user_id, password) is None:
            return self._page("login.html", error=WORDS["login-refused"])
        if certificate.user_id != user_id and not self.mock.defects.broken("any-certificate-logs-in"):
            return self._page("login.html", error=WORDS["not-the-owner"])
        return self._enter(request, user_id)

    def _enter(self, request: web.Request, user_id: str) -> web.Response:
        """Log in, unless a defect keeps those out whom the program has put out before."""
        put_out = self.bank.visits.was_displaced(user_id)
        if put_out and self.mock.defects.broken("no-login-after-issuing"):
            return self._page("displaced.html")
        request[VISIT].user_id = user_id
        raise web.HTTPSeeOther("/home")

    async def _acquire(self, request: web.Request) -> web.Response:
        """証明書取得認証."""
        broken = self.mock.defects.broken
        address = "" if broken("program-not-started-by-page") else f"{SCHEME}:start?{request[VISIT].handle}"
        return self._page("acquire.html", address=address, login_id=not broken("acquire-page-without-login-id"))

    async def _login_id(self, request: web.Request) -> web.Response:  # noqa: ARG002
        return self._page("login_id.html")

    async def _setup(self, request: web.Request) -> web.Response:  # noqa: ARG002
        whole = json.dumps(SETUP, ensure_ascii=False)
        body = self.mock.defects.decide("program-download-cut-off", right=whole, wrong=whole[: len(whole) // 2])
        headers = {"Content-Disposition": 'attachment; filename="setup.msi"'}
        return web.Response(body=body.encode(), content_type="application/x-msi", headers=headers)

    async def _home(self, request: web.Request) -> web.Response:
        """トップページ, with a notice to those whose certificate ends soon."""
        user_id = self._revoking.user(request)
        certificate = self.bank.states.newest(user_id)
        soon = certificate and self._notice_due(certificate)
        ends = certificate.not_after.astimezone(self.mock.clock.now().tzinfo) if certificate and soon else None
        shown = ends and self.mock.defects.decide("screen-notice-without-expiry", right=ends, wrong=None)
        return self._page("home.html", person=self.bank.person(user_id), soon=soon, ends=shown)

    def _notice_due(self, certificate: Certificate) -> bool:
        """Whether the certificate is in its last 40 days."""
        state, decide = self.bank.states.of(certificate), self.mock.defects.decide
        due = decide("screen-notice-missing", right=state is State.RENEWABLE, wrong=False)
        early = certificate.days_left(self.mock.clock.today()) == 41  # noqa: PLR2004 - the day before the first
        return decide("screen-notice-on-day-41", right=due, wrong=due or early)

    async def _admin(self, request: web.Request) -> web.Response:
        """業務選択 under 管理."""
        self._revoking.user(request)
        return self._page("admin.html", users=not self.mock.defects.broken("admin-without-user-management"))

    async def _log_out(self, request: web.Request) -> web.Response:
        request[VISIT].user_id = ""
        return self._page("logged_out.html")
