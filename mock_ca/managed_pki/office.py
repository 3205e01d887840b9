"""What every part of one system works with."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mock_ca.managed_pki.rules import Rules
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Status, Subscriber
from mock_ca.web import Pages

LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Kinds:
    """The kinds of certificates: who issues each, and which of them a choice (a trait's value) stands for."""

    issuers: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    trait: str = ""


@dataclass(frozen=True)
class Office:
    """One system's own things beside the mock's; `words` are its sentences and captions by name."""

    system: str
    mock: Mock
    pages: Pages
    rules: Rules
    kinds: Kinds
    words: Mapping[str, str]
    used: set[str] = field(default_factory=set, compare=False)
    """Serial numbers of the certificates that have opened a service."""

    def new_request(
        self, user_id: str, which: str, kind: str, status: Status, *, when: datetime, renews: str | None = None
    ) -> Request:
        """Record a request with ids of its own. Part of the caller's transaction."""
        reference = "".join(secrets.choice(LETTERS) for _ in range(self.rules.figures.reference_length))
        made = Request(
            request_id=self.mock.requests.new_id(when),
            user_id=user_id,
            which=which,
            kind=kind,
            status=status,
            asked_at=when,
            renews=renews,
            reference_id=reference,
        )
        self.mock.requests.add(made)
        return made

    def subscriber(self, user_id: str) -> Subscriber | None:
        """A subscriber of this system; those of its sisters are unknown here."""
        known = self.mock.subscribers.get(user_id)
        return known if known and known.system == self.system else None

    def certificate(self, serial: str) -> Certificate | None:
        """A certificate that was issued to a subscriber of this system."""
        known = self.mock.certificates.get(serial)
        return known if known and self.subscriber(known.user_id) else None
