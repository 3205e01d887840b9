"""電子証明書失効申請サイト (/p/rx): the certificate itself, both ids of its notice, and an address to report to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aiohttp import web

from mock_ca.managed_pki.portal import Memory
from mock_ca.registry import Certificate
from mock_ca.sites.obn.tabs import Entry, Tabs, sent
from mock_ca.web import Session

ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+")
LONGEST = 254


@dataclass(frozen=True)
class Named:
    """The page that asks for the address: of which certificate the revocation is."""

    serial: str
    request_id: str
    reference_id: str
    mail: str = ""


@dataclass(frozen=True)
class Filled:
    """The confirmation page: everything that will be applied for."""

    named: Named
    mail: str


@dataclass(frozen=True)
class Accepted:
    """The last page."""

    filled: Filled


class RevocationSite(Tabs):
    """The revocation site; its listener requires the certificate that is to be revoked."""

    def routes(self) -> list[web.RouteDef]:
        """The ids, the address, the confirmation, the end."""
        return [
            web.get(self.to("index"), self.entrance),
            web.post(self.to("enter"), self._enter),
            web.get(self.to("mail"), self._mail_page),
            web.post(self.to("mail"), self._submit_mail),
            web.get(self.to("confirm"), self._confirmation),
            web.post(self.to("apply"), self._apply),
            web.get(self.to("accepted"), self._accepted),
        ]

    async def admit(self, request: web.Request) -> web.StreamResponse | None:
        """Only who holds the certificate may have it revoked, and only while it lives."""
        refused = await super().admit(request)
        if refused is not None:
            return refused
        certificate = self.presented(request)
        if certificate and certificate.revoked_at:
            return self._refusal(self.words["already-revoked"], status=403)
        if certificate and self.rules.valid(certificate):
            return None
        return self.page("forbidden.html", status=403)

    def _refusal(self, sentence: str, status: int = 200) -> web.Response:
        return self.page("revoke_refused.html", status=status, error=sentence)

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """証明書失効申請情報の入力画面: the ids."""
        certificate = self.presented(request)
        assert certificate
        if self.cannot_restart(request, certificate.user_id):
            return self.invalid()
        return self.enter(request, certificate.user_id, certificate.serial, self._entry)

    def _entry(self, session: Session[Memory], request_id: str = "", error: str = "") -> web.Response:
        ticket = self.drafts.open(self.stay(session), Entry())
        return self.page("revoke.html", ticket=ticket, request_id=request_id, error=error)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        session, form = self.sessions.require(request), await sent(request)
        self.drafts.spend(self.stay(session), form.get("ticket", ""), Entry)
        named = Named(session.memory.serial, form.get("requestId", "").strip(), form.get("referenceId", "").strip())
        if error := self._problem(named):
            return self._entry(session, named.request_id, error)
        raise web.HTTPSeeOther(self.onward("mail", session, named))

    def _problem(self, named: Named) -> str:
        if not (named.request_id and named.reference_id):
            return self.words["ids-missing"]
        if not self._matches(named) and not self.mock.defects.broken("revocation-without-matching-ids"):
            return self.words["revocation-ids-refused"]
        return self._known(named.serial)

    def _matches(self, named: Named) -> bool:
        """Whether the ids are those of the certificate that was presented."""
        certificate, asked = self._certificate(named.serial), self.mock.requests.get(named.request_id)
        if asked is None or certificate.request_id != named.request_id:
            return False
        return asked.reference_id == named.reference_id

    def _known(self, serial: str) -> str:
        """A certificate is revoked once."""
        known = self.mock.revocations.of_certificate(serial)
        if known and not self.mock.defects.broken("revocation-applied-for-twice"):
            if self.mock.defects.broken("completion-mailed-twice-on-return"):
                with self.mock.registry.transaction():
                    self.mock.revocations.add(serial, known[-1].mail, self.mock.clock.now())
            return self.words["revocation-known"]
        return ""

    def _certificate(self, serial: str) -> Certificate:
        certificate = self.mock.certificates.get(serial)
        assert certificate
        return certificate

    async def _mail_page(self, request: web.Request) -> web.StreamResponse:
        """証明書失効申請情報の入力画面: the address."""
        session, ticket = self.sessions.require(request), request.query.get("t", "")
        named = self.drafts.look(self.stay(session), ticket, Named)
        return self._mail_form(named, ticket, named.mail)

    def _mail_form(self, named: Named, ticket: str, mail: str, error: str = "") -> web.Response:
        return self.page("revoke_mail.html", named=named, ticket=ticket, mail=mail, error=error)

    async def _submit_mail(self, request: web.Request) -> web.StreamResponse:
        session, form = self.sessions.require(request), await sent(request)
        named = self.drafts.spend(self.stay(session), form.get("ticket", ""), Named).content
        mail, again = form.get("mail", "").strip(), form.get("mailConfirm", "").strip()
        if error := self._address_problem(mail, again):
            return self._mail_form(named, self.drafts.open(self.stay(session), named), mail, error)
        raise web.HTTPSeeOther(self.onward("confirm", session, Filled(named, mail)))

    def _address_problem(self, mail: str, again: str) -> str:
        broken = self.mock.defects.broken
        if not mail or not again:
            return self.words["mail-missing"]
        wellformed = ADDRESS.fullmatch(mail) and len(mail) <= LONGEST
        if not wellformed and not broken("malformed-address-accepted"):
            return self.words["mail-malformed"]
        if mail != again and not broken("revocation-mail-mismatch-accepted"):
            return self.words["mail-mismatch"]
        return ""

    async def _confirmation(self, request: web.Request) -> web.StreamResponse:
        """証明書失効申請情報入力内容の確認."""
        session, ticket = self.sessions.require(request), request.query.get("t", "")
        filled = self.drafts.look(self.stay(session), ticket, Filled)
        other = replace(filled, mail=f"someone.{filled.mail}")
        shown = self.mock.defects.decide("revocation-confirmation-shows-another-address", right=filled, wrong=other)
        return self.page("revoke_confirm.html", filled=shown, ticket=ticket)

    async def _apply(self, request: web.Request) -> web.StreamResponse:
        session, form = self.sessions.require(request), await sent(request)
        taken = self.drafts.spend(self.stay(session), form.get("ticket", ""), Filled)
        filled = taken.content
        if "back" in form and not self.mock.defects.broken("back-button-applies"):
            raise web.HTTPSeeOther(self.onward("mail", session, replace(filled.named, mail=filled.mail)))
        if not taken.again and (error := self._known(filled.named.serial)):
            return self._refusal(error)
        with self.mock.registry.transaction():
            self.mock.revocations.add(filled.named.serial, filled.mail, self.mock.clock.now())
        raise web.HTTPSeeOther(self.onward("accepted", session, Accepted(filled)))

    async def _accepted(self, request: web.Request) -> web.StreamResponse:
        session, ticket = self.sessions.require(request), request.query.get("t", "")
        return self.page("revoke_accepted.html", filled=self.drafts.look(self.stay(session), ticket, Accepted).filled)
