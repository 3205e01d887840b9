"""電子証明書ダウンロードサイト (/p/rcd): both ids of the printed notice, a password of one's own, the file."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from aiohttp import web

from mock_ca.managed_pki.key_site import Invited
from mock_ca.managed_pki.portal import Memory
from mock_ca.registry import Request
from mock_ca.sites.obn.tabs import Entry, TabbedKeys, sent
from mock_ca.web import Session


@dataclass(frozen=True)
class Chosen:
    """The page on which a password is set for the certificate of one request."""

    request_id: str


class DownloadSite(TabbedKeys, Invited):
    """The site that the printed notice leads to. Who has both ids needs no other log-in."""

    def routes(self) -> list[web.RouteDef]:
        """The three steps."""
        return [
            web.get(self.to("index"), self.entrance),
            web.post(self.to("enter"), self._enter),
            web.get(self.to("password"), self._password_page),
            web.post(self.to("password"), self._submit_password),
            web.get(self.to("download"), self._parcel_page),
            web.post(self.to("file.p12"), self._parcel_file),
        ]

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """Step 1: the ids."""
        if self.cannot_restart(request):
            return self.invalid()
        return self.enter(request, secrets.token_hex(8), "", self._entry)

    def _entry(self, session: Session[Memory], request_id: str = "", error: str = "") -> web.Response:
        ticket = self.drafts.open(self.stay(session), Entry())
        return self.page("enrol.html", ticket=ticket, request_id=request_id, error=error)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        session, form = self.sessions.require(request), await sent(request)
        self.drafts.spend(self.stay(session), form.get("ticket", ""), Entry)
        request_id, reference_id = (form.get(name, "").strip() for name in ("requestId", "referenceId"))
        asked = self.served(request_id)
        error = self._refused(asked, reference_id) if request_id and reference_id else self.words["ids-missing"]
        if error or asked is None:
            return self._entry(session, request_id, error)
        raise web.HTTPSeeOther(self.onward("password", session, Chosen(asked.request_id)))

    def _refused(self, asked: Request | None, reference_id: str) -> str:
        """Why step 1 goes no further: one sentence, whichever of the ids is wrong."""
        if asked is None:
            return self.words["ids-refused"]
        if asked.reference_id != reference_id and not self.mock.defects.broken("reference-id-not-checked"):
            return self.words["ids-refused"]
        return self.refusal(asked)

    async def _password_page(self, request: web.Request) -> web.StreamResponse:
        """Step 2: the password."""
        session, ticket = self.sessions.require(request), request.query.get("t", "")
        return self._password_form(self.drafts.look(self.stay(session), ticket, Chosen), ticket)

    def _password_form(self, chosen: Chosen, ticket: str, error: str = "") -> web.Response:
        return self.page("password.html", request_id=chosen.request_id, ticket=ticket, error=error)

    async def _submit_password(self, request: web.Request) -> web.StreamResponse:
        session, form = self.sessions.require(request), await sent(request)
        chosen = self.drafts.spend(self.stay(session), form.get("ticket", ""), Chosen).content
        asked = self.mock.requests.get(chosen.request_id)
        assert asked
        error = self.refusal(asked) or self.password_problem(form.get("password", ""), form.get("passwordConfirm", ""))
        if error:
            return self._password_form(chosen, self.drafts.open(self.stay(session), chosen), error)
        raise web.HTTPSeeOther(await self.hand_out(session, asked, form))

    async def _parcel_page(self, request: web.Request) -> web.StreamResponse:
        """Step 3: the file."""
        session, ticket = self.sessions.require(request), request.query.get("t", "")
        parcel = self.packed(session, ticket)
        self.seen(parcel)
        return self.page("parcel.html", parcel=parcel, ticket=ticket)

    async def _parcel_file(self, request: web.Request) -> web.StreamResponse:
        session, form = self.sessions.require(request), await sent(request)
        return self.delivered(request, self.packed(session, form.get("ticket", "")))
