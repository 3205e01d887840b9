"""更新後証明書の取得: the list of applications, and who may still fetch the key of one."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.key_site import KeySite
from mock_ca.managed_pki.portal import Memory
from mock_ca.registry import Certificate, Request, Status
from mock_ca.web import Session

PAGE = 20


def moment(when: datetime) -> str:
    """A moment as the lists of these portals show it."""
    return f"{when.astimezone(TOKYO):%Y.%m.%d %H:%M:%S}"


class Resumption(KeySite):
    """The part of the renewal site where keys of accepted applications are fetched."""

    kinds = ("renewal",)

    def routes(self) -> list[web.RouteDef]:
        """The list and the key pages."""
        return [*super().routes(), web.get(self.to("list"), self._list)]

    def fetch_until(self, asked: Request) -> datetime:
        """Until when the key of an application can be fetched."""
        return (asked.issued_at or asked.asked_at) + self.rules.figures.fetch

    def shown_until(self, asked: Request) -> datetime:
        """What the list shows as 有効期限."""
        return self.fetch_until(asked)

    def refusal(self, asked: Request) -> str:
        """A renewal's key can be fetched once it exists, for a while."""
        if asked.status is not Status.ISSUED:
            return self.words["renewal-in-work"]
        return "" if self._fetchable(asked) else self.words["renewal-over"]

    async def certificate(self, asked: Request, *, repeated: bool, by_link: bool) -> Certificate:
        """Issued when the application was accepted."""
        if by_link and asked.renews and self.mock.defects.broken("download-key-serves-old-certificate"):
            old = self.mock.certificates.get(asked.renews)
            assert old
            return old
        return await self.issuing.first(asked, repeated=repeated)

    def _fetchable(self, asked: Request) -> bool:
        held = self.mock.certificates.of_request(asked.request_id)
        return bool(held) and held[-1].revoked_at is None and self.mock.clock.now() <= self.fetch_until(asked)

    def offered(self, asked: Request) -> bool:
        """Whether the list leads on to the key of an application."""
        return self._fetchable(asked)

    def of_yesterday(self, asked: Request) -> bool:
        """Whether a defect withholds a key because it was not applied for today."""
        today = asked.asked_at.astimezone(TOKYO).date() == self.mock.clock.today()
        return self._fetchable(asked) and not today and self.mock.defects.broken("midnight-between-apply-and-fetch")

    async def _list(self, request: web.Request) -> web.StreamResponse:
        session = self.sessions.require(request)
        known = [asked for asked in self.mock.requests.of_user(session.user_id) if asked.kind == "renewal"]
        rows = self.mock.defects.decide("lost-request-not-listed", right=self.listed(session, known), wrong=[])
        asked_for = request.query.get("start", "0")
        start = int(asked_for) // PAGE * PAGE if asked_for.isdecimal() else 0
        start = self.mock.defects.decide("renewal-list-paging-broken", right=min(start, max(len(rows) - 1, 0)), wrong=0)
        shown = [self._row(asked) for asked in rows[start : start + PAGE]]
        return self.page("list.html", rows=shown, total=len(rows), start=start, size=PAGE)

    def listed(self, session: Session[Memory], known: list[Request]) -> list[Request]:  # noqa: ARG002 - as above
        """Which of a visitor's applications the list shows."""
        return known

    def named_after(self, asked: Request) -> str:
        """Whose application the list says that it is."""
        return asked.user_id

    def _row(self, asked: Request) -> dict[str, str]:
        return {
            "request_id": asked.request_id,
            "common_name": self.named_after(asked),
            "asked": moment(asked.asked_at),
            "until": moment(self.shown_until(asked)),
            "status": self.words[f"status-{asked.status}"],
            "link": self.key_page_of(asked, by_link=True) if self.offered(asked) else "",
        }
