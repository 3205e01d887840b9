"""The renewal site, with a page of its own: whom to ask."""

from __future__ import annotations

from aiohttp import web

from mock_ca.managed_pki.renew import Renewal
from mock_ca.registry import Request


class DanshinRenewal(Renewal):
    """更新."""

    def routes(self) -> list[web.RouteDef]:
        """The menu's other page too."""
        return [*super().routes(), web.get(self.to("contact"), self.simple_page("contact.html"))]

    def offered(self, asked: Request) -> bool:
        """Whether the list leads on to a key."""
        return super().offered(asked) and not self.of_yesterday(asked)

    def receipt(self, asked: Request, status: str) -> list[tuple[str, str]]:
        """There are no reference ids."""
        return [("リクエスト ID", asked.request_id), ("ステータス", status)]
