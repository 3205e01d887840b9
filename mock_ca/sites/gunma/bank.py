"""What all parts of the bank work with."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Subscriber, serial_text
from mock_ca.sites.gunma.issuing import Issuing
from mock_ca.sites.gunma.members import Member, Members
from mock_ca.sites.gunma.states import States
from mock_ca.sites.gunma.tokens import Tokens
from mock_ca.sites.gunma.visits import Visits
from mock_ca.web import Pages, client_certificate

SYSTEM = "gunma"


@dataclass(frozen=True)
class Bank:
    """The bank's own things beside the mock's."""

    mock: Mock
    pages: Pages
    members: Members
    states: States
    tokens: Tokens
    issuing: Issuing
    visits: Visits

    def presented(self, request: web.Request) -> Certificate | None:
        """The bank's certificate that the visitor presented, if any."""
        shown = client_certificate(request)
        found = self.mock.certificates.get(serial_text(shown.serial_number)) if shown else None
        return found if found and self.members.get(found.user_id) else None

    def member(self, user_id: str, password: str) -> Member | None:
        """The user who knows this log-in password."""
        member = self.members.get(user_id)
        return member if member and self.mock.subscribers.password_matches(user_id, password) else None

    def person(self, user_id: str) -> Subscriber:
        """A user's name and address."""
        known = self.mock.subscribers.get(user_id)
        assert known
        return known
