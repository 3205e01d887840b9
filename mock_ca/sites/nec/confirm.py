"""証明書確認ページ: says whether the certificate that the browser presents can be used."""

from __future__ import annotations

from aiohttp import web
from cryptography import x509

from mock_ca.mock import Mock
from mock_ca.registry import Certificate, serial_text
from mock_ca.sites.nec.figures import AUTHORITY, ISSUER
from mock_ca.sites.nec.screens import Screens
from mock_ca.web import client_certificate

TITLE = "証明書確認ページ"


class Confirmation:
    """The page behind mutual TLS."""

    def __init__(self, mock: Mock, screens: Screens) -> None:
        """Know what was issued."""
        self._mock, self._screens = mock, screens

    def routes(self) -> list[web.RouteDef]:
        """The only page."""
        return [web.get("/confirm/", self._confirm)]

    async def _confirm(self, request: web.Request) -> web.StreamResponse:
        presented = client_certificate(request)
        known = self._known(presented)
        if not self._usable(known):
            return self._screens.page("unusable.html", status=403, title=TITLE)
        return self._screens.page("usable.html", title=TITLE, certificate=known, authority=AUTHORITY)

    def _known(self, presented: x509.Certificate | None) -> Certificate | None:
        known = self._mock.certificates.get(serial_text(presented.serial_number)) if presented else None
        return known if known and known.which == ISSUER else None

    def _usable(self, known: Certificate | None) -> bool:
        broken = self._mock.defects.broken
        if known is None:
            return broken("confirmation-needs-no-certificate")
        if known.revoked_at:
            return broken("confirmation-takes-revoked-certificate")
        if known.expired(self._mock.clock.now()):
            return False
        if known.kind == "renewal" and broken("renewed-certificate-refused"):
            return False
        return not broken("confirmation-refuses-everyone")
