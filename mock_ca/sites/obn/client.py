"""MPKI クライアントのダウンロードサイト (/p/rci): the program's set-up file."""

from __future__ import annotations

import json

from aiohttp import web

from mock_ca.managed_pki.portal import Portal

FILE = "CybertrustManagedPKIClient.msi"
# What the program's set-up reads.
PACKAGE = {
    "name": "mpki_client",
    "title": "Cybertrust Managed PKI Client",
    "version": "1.0.3",
    "folder": "C:¥Users¥user¥AppData¥Local¥Programs¥CybertrustMPKIClient¥",
}
OLD_VERSION = "1.0.2"
NOISE = b"<html><body>Service Temporarily Unavailable</body></html>\n"


class ClientSite(Portal):
    """The site from which everyone can fetch the program."""

    def routes(self) -> list[web.RouteDef]:
        """A page, and the file."""
        return [web.get(self.to("index"), self.entrance), web.get(self.to(FILE), self._file)]

    async def entrance(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - a handler gets the request
        """MPKI クライアントのダウンロード."""
        return self.page("client.html", file=FILE)

    async def _file(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        decide = self.mock.defects.decide
        version = decide("client-download-is-an-old-version", right=PACKAGE["version"], wrong=OLD_VERSION)
        package = json.dumps({**PACKAGE, "version": version}).encode()
        body = decide("client-download-is-no-package", right=package, wrong=NOISE)
        name = decide("client-download-under-another-name", right=FILE, wrong="download.bin")
        response = web.Response(body=body, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response
