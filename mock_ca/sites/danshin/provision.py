"""Subscribers in a wanted state, as if they had come there by themselves."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mock_ca.clock import TOKYO, end_of_day
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Status, Subscriber
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.desk import new_password
from mock_ca.sites.danshin.issuing import Issuing
from mock_ca.sites.danshin.letters import Letters
from mock_ca.sites.danshin.notices import Notices
from mock_ca.sites.danshin.traits import KINDS, Traits

NAMES = ("関 一郎", "大井 花子", "藤川 誠", "清水 陽子", "白河 健", "箱根 真理")


class Provision:
    """Makes subscribers."""

    def __init__(self, mock: Mock, issuing: Issuing, letters: Letters, notices: Notices) -> None:
        """Issue and write with the system's own parts."""
        self._mock, self._issuing, self._letters, self._notices = mock, issuing, letters, notices

    async def make(self, state: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Register a subscriber and describe his account."""
        wanted = Traits(state, given, self._mock.suite)
        invited = state == "invited"
        held = KINDS[wanted.which][1:] if invited else KINDS[wanted.which]
        keys = {which: await self._mock.keys.take() for which in held}
        spare = await self._mock.keys.take() if state == "renewing" else None
        password, request_id = new_password(), None
        with self._mock.registry.transaction():
            user = self._register(wanted.suite, password)
            if invited:
                request_id = self._invite(user, KINDS[wanted.which][0], wanted.days_ago, password)
            identities = [self._hold(user, which, wanted, key) for which, key in keys.items()]
            if spare:
                request_id = self._begin_renewal(user, identities[0], spare)
            self._remember(user, wanted)
        self._mock.outbox.flush()
        return self._account(user, state, password, request_id, identities)

    def _register(self, suite: str, password: str) -> Subscriber:
        user_id = self._mock.subscribers.new_user_id("danshin", "emp{:05d}")
        user = Subscriber(
            user_id=user_id,
            system="danshin",
            name=NAMES[int(user_id[3:]) % len(NAMES)],
            organization="sampleCompany",
            units=("div1-1-1", "div1-1", "div1"),
            mail=f"email.{user_id}@samplecompany.example",
            admin_mail=f"admin.{user_id}@samplecompany.example",
            password_mail=f"password.{user_id}@samplecompany.example",
            pkcs12=suite,
        )
        self._mock.subscribers.add(user, password)
        return user

    def _invite(self, user: Subscriber, which: str, days_ago: int, password: str) -> str:
        when = self._mock.clock.now() - timedelta(days=days_ago)
        asked = Request(self._mock.requests.new_id(when), user.user_id, which, "issue", Status.INVITED, when)
        self._mock.requests.add(asked)
        self._letters.guide(user, asked, password, when)
        self._letters.user_id(user, password, when)
        self._letters.password(user, password, when)
        return asked.request_id

    def _hold(self, user: Subscriber, which: str, wanted: Traits, key: Any) -> Certificate:  # noqa: ANN401
        certificate = self._issuing.provisioned(user, which, self._life(wanted), key)
        if wanted.state == "revoked":
            self._mock.certificates.revoke(certificate.serial, self._mock.clock.real())
        elif wanted.state != "expired":
            self._notices.catch_up(certificate)
        return certificate

    def _life(self, wanted: Traits) -> tuple[datetime, datetime]:
        """From when until when; an expired one is really expired, and none begins later than now."""
        left = -wanted.days_ago if wanted.state == "expired" else wanted.days_left
        last_day = self._mock.clock.today() + timedelta(days=left)
        real = self._mock.clock.real()
        ends = end_of_day(last_day)
        if wanted.state == "expired":
            ends = min(ends, real - timedelta(seconds=1))
        begins = datetime.combine(rules.years_later(last_day, -rules.YEARS), time(10), TOKYO)
        return min(begins, real), ends

    def _begin_renewal(self, user: Subscriber, old: Certificate, key: Any) -> str:  # noqa: ANN401
        now = self._mock.clock.now()
        request_id = self._mock.requests.new_id(now)
        asked = Request(request_id, user.user_id, old.which, "renewal", Status.ACCEPTED, now, renews=old.serial)
        self._mock.requests.add(asked)
        self._issuing.provisioned_renewal(asked, key)
        return request_id

    def _remember(self, user: Subscriber, wanted: Traits) -> None:
        """Earlier renewals, whose keys can no longer be fetched."""
        for number in range(wanted.history):
            when = self._mock.clock.now() - timedelta(days=60 + 30 * number)
            request_id = self._mock.requests.new_id(when)
            asked = Request(request_id, user.user_id, KINDS[wanted.which][0], "renewal", Status.ISSUED, when, when)
            self._mock.requests.add(asked)

    def _account(
        self, user: Subscriber, state: str, password: str, request_id: str | None, held: list[Certificate]
    ) -> dict[str, Any]:
        return {
            "system": user.system,
            "state": state,
            "user_id": user.user_id,
            "name": user.name,
            "login_password": password,
            "request_id": request_id,
            "mail": user.mail,
            "admin_mail": user.admin_mail,
            "password_mail": user.password_mail,
            "identities": [self._identity(one) for one in held],
        }

    def _identity(self, certificate: Certificate) -> dict[str, str]:
        password = new_password()
        data = self._issuing.pkcs12(certificate, password)
        return {
            "which": certificate.which,
            "pkcs12_base64": base64.b64encode(data).decode(),
            "password": password,
            "serial": certificate.serial,
        }
