"""The listeners for the bank's program: JSON in, JSON out; a refusal is {"error": sentence}."""

from __future__ import annotations

import json
import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from mock_ca.registry import Certificate
from mock_ca.sites.gunma.bank import Bank
from mock_ca.sites.gunma.members import Member
from mock_ca.sites.gunma.states import State
from mock_ca.sites.gunma.words import WORDS

SMALLEST_KEY = 2048


class RefusalError(Exception):
    """What the program asks for is refused; the name of the sentence that says why."""


@dataclass(frozen=True)
class Stay:
    """A log-in by the program: who, and which certificate is renewed."""

    member: Member
    old: Certificate | None = None


class Agent(ABC):
    """One listener: log in, then have a certificate issued."""

    kind: str

    def __init__(self, bank: Bank) -> None:
        """Begin with nobody logged in."""
        self.bank = bank
        self._stays: dict[str, Stay] = {}

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application()
        app.add_routes([web.post("/login", self._log_in), web.post("/issue", self._issue)])
        return app

    @abstractmethod
    def stay(self, request: web.Request, about: dict[str, str]) -> Stay:
        """Who logs in, and for what. Raises RefusalError."""

    def member(self, user_id: str, password: str) -> Member:
        """The user who knows this log-in password. Raises RefusalError."""
        known = self.bank.member(user_id, password)
        if known is None and (member := self.bank.members.get(user_id)):
            known = member if self.bank.mock.defects.broken("wrong-login-password-accepted") else None
        if known is None:
            raise RefusalError("login-refused")
        return known

    async def _log_in(self, request: web.Request) -> web.Response:
        about = await _body(request)
        try:
            stay = self.stay(request, about)
        except RefusalError as refusal:
            return self._refused(refusal)
        self.bank.visits.displace(about.get("visit", ""), stay.member.user_id)
        token = secrets.token_urlsafe(24)
        self._stays[token] = stay
        return web.json_response({"stay": token})

    async def _issue(self, request: web.Request) -> web.Response:
        about = await _body(request)
        try:
            issued = self._carry_out(self._stays.get(about.get("stay", "")), about)
        except RefusalError as refusal:
            return self._refused(refusal)
        stay = self._stays.pop(about["stay"])
        return web.json_response(self._described(issued, stay.old))

    def _carry_out(self, stay: Stay | None, about: dict[str, str]) -> Certificate:
        if stay is None:
            raise RefusalError("stay-over")
        key = _key(about.get("pkcs10", ""))
        member = self.bank.members.get(stay.member.user_id)
        assert member
        with self.bank.mock.registry.transaction():
            if not self.bank.tokens.accept(member, about.get("one_time_password", "")):
                raise RefusalError("one-time-password-refused")
            if stay.old:
                key = self.bank.issuing.key_of_renewal(stay.old, key)
                self.bank.mock.certificates.revoke(stay.old.serial, self.bank.mock.clock.real())
            return self.bank.issuing.now(member, self.kind, key)

    def _described(self, issued: Certificate, old: Certificate | None) -> dict[str, str]:
        subject = x509.load_der_x509_certificate(issued.certificate).subject
        decide, name = self.bank.mock.defects.decide, _part(subject, NameOID.COMMON_NAME)
        return {
            "certificates": self.bank.issuing.bundle(issued, old),
            "organization": _part(subject, NameOID.ORGANIZATION_NAME),
            "organization_unit": _part(subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
            "common_name": decide("result-with-another-name", right=name, wrong=name.partition(" ")[0]),
            "serial": decide("result-with-another-serial", right=issued.serial, wrong=issued.serial[::-1]),
        }

    def _refused(self, refusal: RefusalError) -> web.Response:
        sentence = WORDS[str(refusal)]
        told = self.bank.mock.defects.decide("program-refusal-unexplained", right=sentence, wrong="")
        return web.json_response({"error": told}, status=403)


class FirstAgent(Agent):
    """証明書発行: for those who have no living certificate."""

    kind = "issue"

    def stay(self, request: web.Request, about: dict[str, str]) -> Stay:  # noqa: ARG002 - no certificate here
        """A user without one, whose last one expired, or was revoked."""
        member = self.member(about.get("login_id", ""), about.get("password", ""))
        state, broken = self.bank.states.of_user(member.user_id), self.bank.mock.defects.broken
        if state in {State.ISSUED, State.RENEWABLE} and not broken("second-certificate-issued"):
            raise RefusalError("already-issued")
        if state is State.EXPIRED and broken("expired-cannot-issue-again"):
            raise RefusalError("already-issued")
        if state is State.REVOKED and broken("revoked-cannot-issue-again"):
            raise RefusalError("already-issued")
        return Stay(member)


class RenewalAgent(Agent):
    """証明書更新: for those who present the certificate that is to be renewed."""

    kind = "renewal"

    def stay(self, request: web.Request, about: dict[str, str]) -> Stay:
        """The certificate's own user, while it may be renewed."""
        old = self.bank.presented(request)
        state = self.bank.states.of(old) if old else State.NONE
        broken = self.bank.mock.defects.broken
        if old is None or (state is State.REVOKED and not broken("revoked-certificate-renews")):
            raise RefusalError("certificate-revoked")
        if state is State.EXPIRED and not broken("expired-certificate-renews"):
            raise RefusalError("certificate-expired")
        member = self.member(old.user_id, about.get("password", ""))
        if state in {State.ISSUED, State.RENEWABLE} and not self.bank.states.renewable(old):
            raise RefusalError("renewal-not-open")
        return Stay(member, old)


def _part(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return str(name.get_attributes_for_oid(oid)[0].value)


def _key(pem: str) -> rsa.RSAPublicKey:
    """The public key of a PKCS#10 that its private key has signed. Raises RefusalError."""
    try:
        asked = x509.load_pem_x509_csr(pem.encode())
    except ValueError as problem:
        raise RefusalError("request-unreadable") from problem
    key = asked.public_key()
    if not (asked.is_signature_valid and isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_KEY):
        raise RefusalError("request-unreadable")
    return key


async def _body(request: web.Request) -> dict[str, str]:
    """The strings that were sent; anything else counts as nothing."""
    try:
        body: Any = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        body = None
    return {name: value for name, value in body.items() if isinstance(value, str)} if isinstance(body, dict) else {}
