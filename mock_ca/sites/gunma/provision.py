"""Users in a wanted state, as if they had come there by themselves."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from mock_ca.authority import key_from_der, pkcs12
from mock_ca.registry import Certificate, Subscriber
from mock_ca.sites.gunma.bank import SYSTEM, Bank
from mock_ca.sites.gunma.figures import begins, end_of
from mock_ca.sites.gunma.issuing import Order
from mock_ca.sites.gunma.members import Member, Role
from mock_ca.sites.gunma.notices import Notices
from mock_ca.sites.gunma.wanted import Wanted
from mock_ca.system import BadRequestError

NAMES = ("群馬 太郎", "赤城 花子", "榛名 次郎", "妙義 幸子", "利根 三郎", "前橋 京子")


class Provision:
    """Makes users."""

    def __init__(self, bank: Bank, notices: Notices) -> None:
        """Use the bank's own things."""
        self._bank, self._mock, self._notices = bank, bank.mock, notices

    async def make(self, state: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Register a user and describe his account. Raises BadRequestError."""
        wanted = Wanted(state, given, self._mock.suite)
        key = await self._mock.keys.take() if state != "invited" else None
        password = secrets.token_urlsafe(9)
        with self._mock.registry.transaction():
            member = self._register(wanted, password)
            held = self._hold(member, wanted, key) if key else None
        self._mock.outbox.flush()
        return self._account(member, state, password, held)

    def _register(self, wanted: Wanted, password: str) -> Member:
        user_id = self._mock.subscribers.new_user_id(SYSTEM, "logid{:05d}")
        company = self._company(wanted) or user_id
        person = Subscriber(
            user_id=user_id,
            system=SYSTEM,
            name=NAMES[int(user_id[5:]) % len(NAMES)],
            organization=company,
            units=(),
            mail=f"{user_id}@company.example",
            admin_mail="",
            password_mail="",
            pkcs12=wanted.suite,
        )
        self._mock.subscribers.add(person, password)
        member = Member(
            user_id=user_id,
            company=company,
            role=wanted.role,
            number=len(self._bank.members.of_company(company)) + 1,
            seed=base64.b32encode(secrets.token_bytes(20)).decode(),
            confirmation=secrets.token_urlsafe(9),
        )
        self._bank.members.add(member)
        return member

    def _company(self, wanted: Wanted) -> str:
        """The company that was asked for; else a master user founds one, and others join the newest."""
        if wanted.company and self._bank.members.get(wanted.company) is None:
            raise BadRequestError(f"company must be a master user's log-in id, not {wanted.company!r}")
        newest = None if wanted.role is Role.MASTER else self._bank.members.newest_master()
        return wanted.company or (newest.company if newest else "")

    def _hold(self, member: Member, wanted: Wanted, key: rsa.RSAPrivateKey) -> Certificate:
        order = Order(member, "issue", *self._life(wanted))
        certificate = self._bank.issuing.provisioned(order, key)
        if wanted.state == "revoked":
            self._mock.certificates.revoke(certificate.serial, self._mock.clock.real())
        elif wanted.state != "expired":
            self._notices.catch_up(certificate)
        return certificate

    def _life(self, wanted: Wanted) -> tuple[datetime, datetime]:
        """From when until when; an expired one is really expired, and none begins later than now."""
        expired, real = wanted.state == "expired", self._mock.clock.real()
        last_day = self._mock.clock.today() + timedelta(days=-wanted.days_ago if expired else wanted.days_left)
        ends = min(end_of(last_day), real - timedelta(seconds=1)) if expired else end_of(last_day)
        return min(begins(last_day), real), ends

    def _account(self, member: Member, state: str, password: str, held: Certificate | None) -> dict[str, Any]:
        person = self._bank.person(member.user_id)
        return {
            "system": SYSTEM,
            "state": state,
            "user_id": member.user_id,
            "name": person.name,
            "login_password": password,
            "otp_seed": member.seed,
            "confirmation_password": member.confirmation,
            "request_id": "",
            "reference_id": "",
            "mail": person.mail,
            "admin_mail": "",
            "password_mail": "",
            "letter": "",
            "enrol_url": "",
            "renew_url": "",
            "identities": [self._identity(held)] if held else [],
        }

    def _identity(self, held: Certificate) -> dict[str, str]:
        password = secrets.token_urlsafe(9)
        own, chain = x509.load_der_x509_certificate(held.certificate), self._mock.authority.chain(held.issuer)
        suite = self._bank.person(held.user_id).pkcs12
        data = pkcs12(held.user_id, key_from_der(held.key), [own, *chain], password, suite)
        return {
            "which": held.which,
            "pkcs12_base64": base64.b64encode(data).decode(),
            "password": password,
            "serial": held.serial,
        }
