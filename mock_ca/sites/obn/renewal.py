"""電子証明書更新申請サイト (/p/ru): what this system's renewal does otherwise than its sisters'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from mock_ca.managed_pki.portal import Memory
from mock_ca.managed_pki.renew import Renewal
from mock_ca.registry import Certificate, Request
from mock_ca.sites.obn.pin import PinRule
from mock_ca.sites.obn.tabs import TabbedKeys
from mock_ca.web import Session


@dataclass(frozen=True)
class Applying:
    """The confirmation page of a renewal: with which certificate it is applied for."""

    serial: str


@dataclass(frozen=True)
class KeyForm:
    """The key page: which request id was filled in."""

    request_id: str


class ObnRenewal(TabbedKeys, Renewal):
    """The renewal site."""

    _again: str = ""  # the certificate whose used page acts again, between `submitted` and `problem_applying`

    def statuses(self) -> tuple[str, ...]:
        """鍵生成中, 発行要求中, 発行済み."""
        decide, words = self.mock.defects.decide, self.words
        making, asking, done = words["status-making"], words["status-asking"], words["status-issued"]
        shown = decide("statuses-out-of-order", right=(making, asking, done), wrong=(asking, making, done))
        return decide("status-skipped", right=shown, wrong=(making, done))

    def password_problem(self, password: str, again: str) -> str:
        """Four half-width digits and nothing else."""
        return PinRule(self.mock.defects, self.words).problem(password, again)

    def refusal(self, asked: Request) -> str:
        """A key that was made on its holder's PC cannot be fetched here."""
        return self.words["key-elsewhere"] if self._key_elsewhere(asked) else super().refusal(asked)

    def _key_elsewhere(self, asked: Request) -> bool:
        return any(not one.key for one in self.mock.certificates.of_request(asked.request_id))

    def fetch_until(self, asked: Request) -> datetime:
        """Until the certificate expires that was renewed."""
        if self._key_elsewhere(asked):
            return asked.asked_at
        old = self.mock.certificates.get(asked.renews or "")
        until, now = (old.not_after if old else super().fetch_until(asked)), self.mock.clock.now()
        if not old or now <= until:
            return until
        return self.mock.defects.decide("download-survives-old-expiry", right=until, wrong=now + timedelta(days=1))

    def shown_until(self, asked: Request) -> datetime:
        """When the new certificate expires."""
        held = self.mock.certificates.of_request(asked.request_id)
        right = held[-1].not_after if held else self.rules.figures.life.ends(asked.asked_at)
        return self.mock.defects.decide("list-shows-another-expiry", right=right, wrong=right - timedelta(days=91))

    def renews(self, certificate: Certificate) -> bool:
        """Not with an expired certificate, not even to fetch what it was renewed by."""
        if super().renews(certificate):
            return True
        renewed = bool(self.mock.requests.renewals_of(certificate.serial)) and certificate.revoked_at is None
        return renewed and self.mock.defects.broken("download-survives-old-expiry")

    async def entrance(self, request: web.Request) -> web.StreamResponse:
        """Begin with the certificate that the browser presented; a second tab goes on with the same session."""
        certificate = self.presented(request)
        assert certificate
        if self.cannot_restart(request, certificate.user_id):
            return self.invalid()
        return self.enter(request, certificate.user_id, certificate.serial, lambda _: self.page("top_renew.html"))

    def ticket(self, session: Session[Memory], about: str = "") -> str:
        """Tied to the certificate of a confirmation page, or to the request of a key page."""
        content = Applying(about) if about == session.memory.serial else KeyForm(about)
        return self.drafts.open(self.stay(session), content)

    def submitted(self, session: Session[Memory], ticket: str, about: str) -> str:
        """What the page was about that is sent now; on a key page, what was typed there. Raises StaleError."""
        if about == session.memory.serial:
            return self._applied_with(session, ticket)
        taken = self.drafts.spend(self.stay(session), ticket, KeyForm)
        return about if taken.own else taken.content.request_id

    def _applied_with(self, session: Session[Memory], ticket: str) -> str:
        taken = self.drafts.spend(self.stay(session), ticket, Applying)
        certificate = self.mock.certificates.get(taken.content.serial)
        assert certificate
        session.user_id, session.memory.serial = certificate.user_id, certificate.serial
        if taken.again:
            session.memory.used.pop(ticket, None)
            self._again = certificate.serial
        return certificate.serial

    def problem_applying(self, certificate: Certificate) -> str:
        """A certificate is renewed once, except by a page that acts again."""
        again, self._again = self._again, ""
        return "" if again == certificate.serial else super().problem_applying(certificate)
