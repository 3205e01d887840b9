"""What the authority must never forget: subscribers, requests, certificates, revocations and mail, in SQLite."""

from mock_ca.registry.certificates import Certificate, Certificates, serial_text
from mock_ca.registry.database import Registry
from mock_ca.registry.outbox import Outbox
from mock_ca.registry.requests import Request, Requests, Status
from mock_ca.registry.revocations import Revocation, Revocations
from mock_ca.registry.subscribers import Subscriber, Subscribers

__all__ = [
    "Certificate",
    "Certificates",
    "Outbox",
    "Registry",
    "Request",
    "Requests",
    "Revocation",
    "Revocations",
    "Status",
    "Subscriber",
    "Subscribers",
    "serial_text",
]
