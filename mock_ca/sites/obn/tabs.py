"""Sites whose pages may be open in several tabs: each form acts on what its own screen showed, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from aiohttp import web

from mock_ca.managed_pki.issuing import Parcel
from mock_ca.managed_pki.key_site import KeySite
from mock_ca.managed_pki.portal import Handler, Memory, Portal
from mock_ca.sites.obn.drafts import Drafts, StaleError, Stay
from mock_ca.web import Session, SessionInvalidError


@dataclass
class TabMemory(Memory):
    """What these sites remember of a stay: also which pages are open."""

    stay: Stay = field(default_factory=Stay)


@dataclass(frozen=True)
class Entry:
    """The first form of a procedure, which is about nothing yet."""


class Tabs(Portal):
    """A site with tickets on its forms."""

    memory = TabMemory

    @cached_property
    def drafts(self) -> Drafts:
        """The open pages."""
        return Drafts(self.mock.defects)

    def stay(self, session: Session[Memory]) -> Stay:
        """The pages that a visitor has open."""
        assert isinstance(session.memory, TabMemory)
        return session.memory.stay

    def onward(self, page: str, session: Session[Memory], content: object) -> str:
        """The address of a next page, which is about something."""
        return self.to(page, urlencode({"t": self.drafts.open(self.stay(session), content)}))

    def enter(
        self, request: web.Request, user_id: str, serial: str, first: Callable[[Session[Memory]], web.Response]
    ) -> web.Response:
        """The first page: of the visitor's living session, as in a second tab, or of a new one."""
        session = self._living(request, serial)
        if session:
            return first(session)
        carrier = web.Response()
        session = self.sessions.begin(carrier, user_id)
        session.memory.serial = serial
        page = first(session)
        page.cookies.update(carrier.cookies)
        return page

    def _living(self, request: web.Request, serial: str) -> Session[Memory] | None:
        try:
            session = self.sessions.require(request)
        except SessionInvalidError:
            return None
        return session if session.memory.serial == serial else None

    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """As every site, and with a page of its own for forms that can no longer be sent."""
        try:
            return await super().answer(request, handler)
        except StaleError:
            return self.page("stale.html")


class TabbedKeys(Tabs, KeySite):
    """Such a site where keys are fetched: each download page gives the key that it was made for."""

    def pack(self, session: Session[Memory], parcel: Parcel) -> str:
        """Lay a parcel ready for the visitor; gives the address of its download page."""
        return self.onward("download", session, parcel)

    def packed(self, session: Session[Memory], ticket: str) -> Parcel:
        """What the download page with this ticket gives."""
        return self.drafts.look(self.stay(session), ticket, Parcel)

    def file_name(self, parcel: Parcel) -> str:
        """リクエストID.p12."""
        right = super().file_name(parcel)
        return self.mock.defects.decide("file-name-is-not-the-request-id", right=right, wrong="certificate.p12")


async def sent(request: web.Request) -> dict[str, str]:
    """The fields of a form."""
    return {name: str(value) for name, value in (await request.post()).items()}
