"""The three services: a certificate opens the door, then anyone registered logs in."""

from __future__ import annotations

from aiohttp import web

from mock_ca.mock import Mock
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.portal import Portal
from mock_ca.web import Pages, visitor_id


class Service(Portal):
    """One of the three services."""

    def __init__(self, mock: Mock, pages: Pages, key: str, title: str, prefix: str) -> None:
        """Guard the service named `key`."""
        super().__init__(mock, pages, f"{key}Session")
        self.key, self.title, self.prefix = key, title, prefix

    def routes(self) -> list[web.RouteDef]:
        """Log-in and the menu."""
        at = self.prefix
        return [
            web.get(at, self.entrance),
            web.post(f"{at}login", self._log_in),
            web.get(f"{at}menu", self._menu),
            web.get(f"{at}notices", self._notices),
            web.get(f"{at}user", self._user),
            web.get(f"{at}logout", self._log_out),
        ]

    async def admit(self, request: web.Request) -> web.StreamResponse | None:
        """Without a certificate that opens this service: forbidden."""
        certificate = self.presented(request)
        visitor = visitor_id(request, web.Response())
        if certificate is not None and rules.opens(self.mock, self.key, certificate, visitor):
            return None
        if self.mock.defects.broken("forbidden-page-missing"):
            return web.Response(text="", content_type="text/html")
        return self.page("forbidden.html", status=403)

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """The login form."""
        if self.sessions.timed_out(request) and self.mock.defects.broken("session-cannot-restart"):
            return self.invalid()
        return self.page("service_login.html", user_id="", error="")

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        user_id, password = str(form.get("userId", "")), str(form.get("password", ""))
        known = self.mock.subscribers.get(user_id)
        right = known is not None and self.mock.subscribers.password_matches(user_id, password)
        if not right:
            return self.page(
                "service_login.html", user_id=user_id, error="ユーザーIDまたはパスワードが正しくありません。"
            )
        if self._bound(request, user_id):
            error = "このクライアント証明書の所有者でないため、ログインできません。"
            return self.page("service_login.html", user_id=user_id, error=error)
        response = web.HTTPSeeOther("menu")
        self.sessions.begin(response, user_id)
        raise response

    def _bound(self, request: web.Request, user_id: str) -> bool:
        """A certificate belongs to a PC's user account, not to the person who logs in."""
        certificate = self.presented(request)
        stranger = certificate is not None and certificate.user_id != user_id
        return stranger and self.mock.defects.broken("certificate-bound-to-its-owner")

    async def _menu(self, request: web.Request) -> web.StreamResponse:
        return self.page("service_menu.html", user_id=self.sessions.require(request).user_id)

    async def _notices(self, request: web.Request) -> web.StreamResponse:
        return self.page("service_notices.html", user_id=self.sessions.require(request).user_id)

    async def _user(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        user = self.mock.subscribers.get(session.user_id)
        return self.page("service_user.html", user_id=session.user_id, user=user, certificate=self.presented(request))

    async def _log_out(self, request: web.Request) -> web.StreamResponse:
        self.sessions.end(request)
        return self.page("logged_out.html")
