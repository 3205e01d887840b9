"""The enrolment site, with two pages of its own: the details of a request, and certificates."""

from __future__ import annotations

from aiohttp import web
from cryptography import x509

from mock_ca.managed_pki.enrol import Enrolment, facts
from mock_ca.registry import Certificate, Request


class DanshinEnrolment(Enrolment):
    """新規取得・再発行, and what can be looked up beside it."""

    def routes(self) -> list[web.RouteDef]:
        """The menu's other pages too."""
        return [
            *super().routes(),
            web.get(self.to("detail"), self._detail),
            web.get(self.to("certificate"), self._certificate_page),
            web.get(self.to("contact"), self.simple_page("contact.html")),
        ]

    async def _detail(self, request: web.Request) -> web.StreamResponse:
        user_id = self.sessions.require(request).user_id
        request_id = request.query.get("requestId", "").strip()
        asked = self._visible(request_id, user_id)
        error = self.words["request-id-unknown"] if request_id and asked is None else ""
        rows = self.rows(asked) if asked else []
        user = self.mock.subscribers.get(user_id)
        return self.page("detail.html", request_id=request_id, rows=rows, user=user, error=error)

    async def _certificate_page(self, request: web.Request) -> web.StreamResponse:
        user_id = self.sessions.require(request).user_id
        request_id = request.query.get("requestId", "").strip()
        asked = self._visible(request_id, user_id)
        held = self.mock.certificates.of_request(request_id) if asked else []
        error = self.words["request-id-unknown"] if request_id and not held else ""
        names = [_names(one) for one in held]
        return self.page("certificate.html", request_id=request_id, names=names, error=error)

    def _visible(self, request_id: str, user_id: str) -> Request | None:
        asked = self.mock.requests.get(request_id)
        return asked if asked and asked.user_id == user_id else None


def _names(certificate: Certificate) -> dict[str, str]:
    read = x509.load_der_x509_certificate(certificate.certificate)
    names = {"subject": read.subject.rfc4514_string(), "issuer": read.issuer.rfc4514_string()}
    return {**names, **facts(certificate)}
