"""What the authority publishes over plain HTTP: CA certificates, CRLs and OCSP."""

from __future__ import annotations

import base64
import binascii

from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from mock_ca.authority import Issuer, status
from mock_ca.mock import Mock
from mock_ca.registry import serial_text

SEAL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


class Repository:
    """The web application of the repository."""

    def __init__(self, mock: Mock) -> None:
        """Publish what the mock's authority knows."""
        self._mock = mock

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/ca/{issuer}.crt", self._certificate),
                web.get("/crl/{issuer}.crl", self._crl),
                web.post("/ocsp/{issuer}", self._ocsp_post),
                web.get("/ocsp/{issuer}/{request:.+}", self._ocsp_get),
                web.get("/seal.svg", self._seal),
            ]
        )
        return app

    def _issuer(self, request: web.Request) -> Issuer:
        issuer = self._mock.authority.issuers.get(request.match_info["issuer"])
        if issuer is None:
            raise web.HTTPNotFound
        return issuer

    async def _certificate(self, request: web.Request) -> web.Response:
        der = self._issuer(request).certificate.public_bytes(Encoding.DER)
        return web.Response(body=der, content_type="application/pkix-cert")

    async def _crl(self, request: web.Request) -> web.Response:
        issuer = self._issuer(request)
        revoked = [one for one in self._mock.certificates.of_issuer(issuer.name) if one.revoked_at]
        listed = [] if revoked and self._mock.defects.broken("crl-forgets-revocation") else revoked
        return web.Response(body=status.crl(issuer, listed), content_type="application/pkix-crl")

    async def _ocsp_post(self, request: web.Request) -> web.Response:
        return self._answer(self._issuer(request), await request.read())

    async def _ocsp_get(self, request: web.Request) -> web.Response:
        try:
            asked = base64.b64decode(request.match_info["request"], validate=True)
        except binascii.Error:
            asked = b""
        return self._answer(self._issuer(request), asked)

    def _answer(self, issuer: Issuer, asked: bytes) -> web.Response:
        try:
            serial = serial_text(ocsp.load_der_ocsp_request(asked).serial_number)
        except ValueError:
            return web.Response(body=status.refuse(), content_type="application/ocsp-response")
        subject = self._mock.certificates.get(serial)
        if subject and subject.issuer != issuer.name:
            subject = None
        revoked = bool(subject and subject.revoked_at) and not self._mock.defects.broken("ocsp-says-good")
        body = status.answer(issuer, asked, subject, revoked=revoked)
        return web.Response(body=body, content_type="application/ocsp-response")

    async def _seal(self, request: web.Request) -> web.Response:  # noqa: ARG002 - a handler gets the request
        return web.Response(text=SEAL, content_type="image/svg+xml")
