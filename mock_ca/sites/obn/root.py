"""ルート証明書ダウンロードサイト (/p/cert): the root that signed the servers' certificates, for browsers to trust."""

from __future__ import annotations

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mock_ca.managed_pki.portal import Portal

FILE = "SCRoot2ca.cer"
NOISE = b"<html><body>Service Temporarily Unavailable</body></html>\n"


class RootSite(Portal):
    """The site that everyone can open who goes past the browser's warning."""

    def routes(self) -> list[web.RouteDef]:
        """A page, and the file."""
        return [web.get(self.to("index"), self.entrance), web.get(self.to(FILE), self._file)]

    async def entrance(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - a handler gets the request
        """ルート証明書のダウンロード."""
        return self.page("root.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        decide = self.mock.defects.decide
        name = decide("root-file-under-another-name", right=FILE, wrong="download.bin")
        response = web.Response(body=self._certificate(), content_type="application/x-x509-ca-cert")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response

    def _certificate(self) -> bytes:
        decide = self.mock.defects.decide
        right = x509.load_pem_x509_certificate(self.mock.server_roots[self.office.system].read_bytes())
        other = self.mock.authority.root.certificate
        given = decide("root-file-of-another-ca", right=right, wrong=other).public_bytes(Encoding.DER)
        return decide("root-file-is-not-a-certificate", right=given, wrong=NOISE)
