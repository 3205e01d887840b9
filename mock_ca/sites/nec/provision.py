"""Subscribers in a wanted state, as if they had come there by themselves."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from mock_ca.authority import SUITES, key_from_der, pkcs12
from mock_ca.clock import end_of_day
from mock_ca.managed_pki.provision import NAMES
from mock_ca.managed_pki.support_desk import new_password
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Status, Subscriber
from mock_ca.sites.nec.applications import Applications
from mock_ca.sites.nec.figures import AUTHORITY, BITS, ISSUER, LIFE, ORGANIZATION
from mock_ca.sites.nec.issuing import Issuing
from mock_ca.system import BadRequestError
from mock_ca.web import Pages

# How many days each state's certificate still has, where nobody says otherwise.
STATES = {"invited": 0, "active": 400, "renewable": 20, "revoked": 400, "expired": -1}
NUMBERS, SUITE = ("days_ago", "days_left"), "pkcs12"
LONGEST = 700
GROUP = 8


@dataclass(frozen=True)
class Wanted:
    """What a caller wants of a subscriber."""

    state: str
    days_ago: int
    days_left: int
    suite: str


def wanted(state: str, given: Mapping[str, Any], suite: str) -> Wanted:
    """The same, checked; `suite` is what PKCS#12 files have unless it is asked for. Raises BadRequestError."""
    if state not in STATES:
        raise BadRequestError(f"unknown state {state!r}; known: {', '.join(STATES)}")
    for name in given.keys() - {*NUMBERS, SUITE}:
        raise BadRequestError(f"unknown trait {name!r}; known: {', '.join((*NUMBERS, SUITE))}")
    for name in NUMBERS:
        value = given.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST:
            raise BadRequestError(f"{name} must be a whole number from 0 to {LONGEST}, not {value!r}")
    chosen = given.get(SUITE, suite)
    if chosen not in SUITES:
        raise BadRequestError(f"{SUITE} must be one of {', '.join(SUITES)}, not {chosen!r}")
    return Wanted(state, given.get("days_ago", 0), given.get("days_left", STATES[state]), chosen)


class Provision:
    """Makes subscribers."""

    def __init__(self, mock: Mock, pages: Pages, applications: Applications, issuing: Issuing) -> None:
        """Write with the system's own parts."""
        self._mock, self._pages, self._applications, self._issuing = mock, pages, applications, issuing

    async def make(self, asked_for: Wanted) -> dict[str, Any]:
        """Register a subscriber and describe his account."""
        key = None if asked_for.state == "invited" else await self._mock.keys.make(BITS)
        password = new_password()
        with self._mock.registry.transaction():
            user = self._person(asked_for.suite)
            self._mock.subscribers.add(user, password)
            held = self._hold(user, asked_for, key) if key else None
            asked = self._application(user, asked_for, held)
            self._print(user, asked)
        self._mock.outbox.flush()
        return self._account(user, asked_for.state, password, asked, held)

    def _person(self, suite: str) -> Subscriber:
        user_id = self._mock.subscribers.new_user_id(ISSUER, "NEC{:07d}")
        return Subscriber(
            user_id=user_id,
            system="nec",
            name=NAMES[int(user_id[3:]) % len(NAMES)],
            organization=ORGANIZATION,
            units=(),
            mail=f"{user_id.lower()}@tanto.example",
            admin_mail="",
            password_mail="",
            pkcs12=suite,
        )

    def _application(self, user: Subscriber, asked_for: Wanted, held: Certificate | None) -> Request:
        """What is open for him, or what his certificate came from."""
        if asked_for.state in {"invited", "renewable"}:
            kind = "issue" if held is None else "renewal"
            return self._applications.apply(user, kind, days_ago=asked_for.days_ago)
        assert held
        known = self._mock.requests.get(held.request_id or "")
        assert known
        return known

    def _hold(self, user: Subscriber, asked_for: Wanted, key: Any) -> Certificate:  # noqa: ANN401 - an RSA key
        life = self._life(asked_for)
        asked = self._applications.record(user.user_id, "issue", Status.INVITED, life[0])
        held = self._issuing.provisioned(asked, life, key)
        if asked_for.state == "revoked":
            self._mock.certificates.revoke(held.serial, self._mock.clock.real())
        return held

    def _life(self, asked_for: Wanted) -> tuple[datetime, datetime]:
        """From when until when; an expired one is really expired."""
        last_day = self._mock.clock.today() + timedelta(days=asked_for.days_left)
        return min(LIFE.begins(last_day), self._mock.clock.real()), end_of_day(last_day)

    def _print(self, user: Subscriber, asked: Request) -> None:
        """The paper from the application, which says how to know the root."""
        root = self._mock.authority.issuers[ISSUER].certificate
        html = self._pages.page("letter.html", user=user, authority=AUTHORITY, thumbprint=thumbprint(root))
        self._mock.papers.put(user.user_id, asked.request_id, str(html.text))

    def _account(
        self, user: Subscriber, state: str, password: str, asked: Request, held: Certificate | None
    ) -> dict[str, Any]:
        return {
            "system": user.system,
            "state": state,
            "user_id": user.user_id,
            "name": user.name,
            "login_password": password,
            "request_id": asked.request_id,
            "reference_id": asked.reference_id,
            "mail": user.mail,
            "admin_mail": "",
            "password_mail": "",
            "letter": str(self._mock.papers.newest(user.user_id) or ""),
            "identities": [self._identity(user, held)] if held else [],
        }

    def _identity(self, user: Subscriber, held: Certificate) -> dict[str, str]:
        password = new_password()
        chain = [x509.load_der_x509_certificate(held.certificate), *self._mock.authority.chain(held.issuer)]
        data = pkcs12(user.user_id, key_from_der(held.key), chain, password, user.pkcs12)
        encoded = base64.b64encode(data).decode()
        return {"which": held.which, "pkcs12_base64": encoded, "password": password, "serial": held.serial}


def thumbprint(certificate: x509.Certificate) -> str:
    """The SHA-1 fingerprint as the manual prints it: capitals, eight to a group."""
    letters = certificate.fingerprint(hashes.SHA1()).hex().upper()  # noqa: S303 - what Windows shows its users
    return " ".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))
