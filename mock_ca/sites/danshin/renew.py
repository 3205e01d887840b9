"""The renewal site, with a page of its own: whom to ask."""

from __future__ import annotations

from aiohttp import web

from mock_ca.managed_pki.renew import Renewal


class DanshinRenewal(Renewal):
    """更新."""

    def routes(self) -> list[web.RouteDef]:
        """The menu's other page too."""
        return [*super().routes(), web.get(self.to("contact"), self.simple_page("contact.html"))]
