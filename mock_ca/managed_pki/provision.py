"""Subscribers in a wanted state, as if they had come there by themselves."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from mock_ca.clock import TOKYO, end_of_day
from mock_ca.managed_pki.issuing import Issuing
from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.notices import Notices
from mock_ca.managed_pki.office import Office
from mock_ca.managed_pki.support_desk import new_password
from mock_ca.managed_pki.traits import Traits
from mock_ca.registry import Certificate, Request, Status, Subscriber

NAMES = ("関 一郎", "大井 花子", "藤川 誠", "清水 陽子", "白河 健", "箱根 真理")
Registration = Callable[[Traits], Subscriber]


class Provision:
    """Makes subscribers."""

    def __init__(
        self, office: Office, issuing: Issuing, letters: Letters, notices: Notices, person: Registration
    ) -> None:
        """Issue and write with the system's own parts; `person` thinks a new subscriber up."""
        self.office, self.mock, self._person = office, office.mock, person
        self.issuing, self.letters, self.notices = issuing, letters, notices

    async def make(self, state: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Register a subscriber and describe his account."""
        wanted = Traits(state, given, self.mock.suite, self.office.kinds, self.office.rules.figures)
        held = wanted.which[1:] if state == "invited" else wanted.which
        keys = {which: await self.mock.keys.take() for which in held}
        spare = await self.mock.keys.take() if state == "renewing" else None
        password = new_password()
        with self.mock.registry.transaction():
            user = self._person(wanted)
            self.mock.subscribers.add(user, password)
            asked = self.invite(user, wanted, password) if state == "invited" else None
            identities = [self.hold(user, which, wanted, keys[which], password) for which in held]
            if spare:
                asked = self._begin_renewal(user, identities[0], spare)
            self._remember(user, wanted)
        self.mock.outbox.flush()
        return self._account(user, state, password, asked, identities)

    def invite(self, user: Subscriber, wanted: Traits, password: str) -> Request:
        """Invite a new subscriber, some days ago."""
        when = self.mock.clock.now() - timedelta(days=wanted.days_ago)
        asked = self.office.new_request(user.user_id, wanted.which[0], "issue", Status.INVITED, when=when)
        self.letters.invitation(user, asked, password)
        return asked

    def hold(self, user: Subscriber, which: str, wanted: Traits, key: RSAPrivateKey, password: str) -> Certificate:
        """Give him a certificate with the history that his state implies."""
        life = self._life(wanted)
        asked = self._request(user, which, "issue", life[0].astimezone(TOKYO))
        self.mock.requests.set_fetched(asked.request_id, asked.asked_at)
        certificate = self.issuing.provisioned(asked, life, key)
        self.letters.kept(user, asked, password, certificate)
        if wanted.state == "revoked":
            self.mock.certificates.revoke(certificate.serial, self.mock.clock.real())
        elif wanted.state != "expired":
            self.notices.catch_up(certificate)
        return certificate

    def _request(self, user: Subscriber, which: str, kind: str, when: datetime, renews: str | None = None) -> Request:
        """A request that was carried out."""
        asked = self.office.new_request(user.user_id, which, kind, Status.ISSUED, when=when, renews=renews)
        self.mock.requests.set_issued(asked.request_id, when)
        return asked

    def _life(self, wanted: Traits) -> tuple[datetime, datetime]:
        """From when until when; an expired one is really expired, and none begins later than now."""
        left = -wanted.days_ago if wanted.state == "expired" else wanted.days_left
        last_day = self.mock.clock.today() + timedelta(days=left)
        real = self.mock.clock.real()
        ends = end_of_day(last_day)
        if wanted.state == "expired":
            ends = min(ends, real - timedelta(seconds=1))
        return min(self.office.rules.figures.life.begins(last_day), real), ends

    def _begin_renewal(self, user: Subscriber, old: Certificate, key: RSAPrivateKey) -> Request:
        """A renewal that was issued and whose key nobody has fetched yet."""
        asked = self._request(user, old.which, "renewal", self.mock.clock.now(), renews=old.serial)
        begins = self.mock.clock.real()
        self.issuing.provisioned(asked, (begins, self.office.rules.figures.life.ends(begins)), key)
        return asked

    def _remember(self, user: Subscriber, wanted: Traits) -> None:
        """Earlier renewals, whose keys can no longer be fetched."""
        for number in range(wanted.history):
            self._request(user, wanted.which[0], "renewal", self.mock.clock.now() - timedelta(days=60 + 30 * number))

    def _account(
        self, user: Subscriber, state: str, password: str, asked: Request | None, held: list[Certificate]
    ) -> dict[str, Any]:
        known = asked or self.mock.requests.get(held[0].request_id or "")
        assert known
        return {
            "system": user.system,
            "state": state,
            "user_id": user.user_id,
            "name": user.name,
            "login_password": password,
            "request_id": known.request_id,
            "reference_id": known.reference_id,
            "mail": user.mail,
            "admin_mail": user.admin_mail,
            "password_mail": user.password_mail,
            "letter": str(self.mock.papers.newest(user.user_id) or ""),
            "identities": [self._identity(one) for one in held],
        }

    def _identity(self, certificate: Certificate) -> dict[str, str]:
        password = new_password()
        data = self.issuing.pkcs12(certificate, password)
        return {
            "which": certificate.which,
            "pkcs12_base64": base64.b64encode(data).decode(),
            "password": password,
            "serial": certificate.serial,
        }
