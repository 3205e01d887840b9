"""A service: a certificate opens the door, then a registered user logs in."""

from __future__ import annotations

from aiohttp import web

from mock_ca.managed_pki.portal import Portal
from mock_ca.registry import Certificate
from mock_ca.web import client_certificate, visitor_id

FOREIGN_OPENS = "foreign-certificate-opens-service"


class Service(Portal):
    """One of a system's services."""

    def routes(self) -> list[web.RouteDef]:
        """Log-in and the menu."""
        return [
            web.get(self.to("index"), self.entrance),
            web.post(self.to("login"), self._log_in),
            web.get(self.to("menu"), self._menu),
            web.get(self.to("notices"), self._notices),
            web.get(self.to("user"), self._user),
            web.get(self.to("logout"), self.log_out),
        ]

    def fits(self, certificate: Certificate) -> bool:  # noqa: ARG002 - for those who override it
        """Whether a living certificate of this system is one of those that open this service."""
        return True

    def may_enter(self, user_id: str) -> bool:  # noqa: ARG002 - for those who override it
        """Whether a registered user is one of this service's."""
        return True

    async def admit(self, request: web.Request) -> web.StreamResponse | None:
        """Without a certificate that opens this service: forbidden."""
        certificate = self.presented(request)
        visitor = visitor_id(request, web.Response())
        if certificate is not None and self._opens(certificate, visitor):
            self.office.used.add(certificate.serial)
            return None
        if certificate is None and client_certificate(request) and self.mock.defects.broken(FOREIGN_OPENS):
            return None
        if self.mock.defects.broken("forbidden-page-missing"):
            return web.Response(text="", content_type="text/html")
        return self.page("forbidden.html", status=403)

    def _opens(self, certificate: Certificate, visitor: str) -> bool:
        broken = self.mock.defects.broken
        if certificate.revoked_at and not broken("revoked-certificate-opens-service"):
            return False
        if self.rules.over(certificate) and not broken("expired-certificate-opens-service"):
            return False
        if certificate.issuer != self.office.kinds.issuers[certificate.which] or not self.fits(certificate):
            return False
        if certificate.kind == "renewal" and broken("renewed-certificate-refused"):
            return False
        strange = certificate.visitor is not None and certificate.visitor != visitor
        return not (strange and broken("certificate-bound-to-the-browser"))

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """The login form."""
        if self.cannot_restart(request):
            return self.invalid()
        return self.page("service_login.html", user_id="", error="")

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        user_id, password = str(form.get("userId", "")), str(form.get("password", ""))
        if error := self._problem(request, user_id, password):
            return self.page("service_login.html", user_id=user_id, error=error)
        response = web.HTTPSeeOther(self.to("menu"))
        self.sessions.begin(response, user_id)
        raise response

    def _problem(self, request: web.Request, user_id: str, password: str) -> str:
        known = self.office.subscriber(user_id) is not None
        if not (known and self.mock.subscribers.password_matches(user_id, password) and self.may_enter(user_id)):
            return self.words["service-login-refused"]
        return self.words["not-the-owner"] if self._bound(request, user_id) else ""

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
