"""What a system writes to its subscribers, by mail and on paper; each system has a `Letters` of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from mock_ca.clock import TOKYO
from mock_ca.mail import letter
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate, Request, Subscriber


def validity(certificate: Certificate) -> str:
    """From which day until which a certificate is valid."""
    first, last = (moment.astimezone(TOKYO) for moment in (certificate.not_before, certificate.not_after))
    return f"{first:%Y/%m/%d}~{last:%Y/%m/%d}"


class Letters(ABC):
    """Writes in the caller's transaction. `links` are the sites' addresses by key."""

    sender: str

    def __init__(self, office: Office, links: dict[str, str]) -> None:
        """Write with the templates of this system."""
        self.mock, self.pages, self.links = office.mock, office.pages, links

    @abstractmethod
    def invitation(self, to: Subscriber, asked: Request, password: str) -> None:
        """Everything that a new subscriber is told."""

    @abstractmethod
    def reissue(self, to: Subscriber, asked: Request, password: str) -> None:
        """What follows after a reissue was agreed on by telephone."""

    @abstractmethod
    def renewal(self, to: Subscriber, certificate: Certificate, when: datetime) -> None:
        """A reminder that a certificate is about to expire."""

    def kept(self, to: Subscriber, asked: Request, password: str, certificate: Certificate) -> None:  # noqa: B027
        """The paper that someone who already has a certificate still has from its issue, if there is any."""

    def send(self, recipient: str, subject: str, body: str, when: datetime, sender: str = "") -> None:
        """Put a mail into the outbox."""
        sender = sender or self.sender
        self.mock.outbox.put(letter(sender=sender, recipient=recipient, subject=subject, body=body, when=when))
