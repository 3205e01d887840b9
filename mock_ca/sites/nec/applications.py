"""Applications for a certificate: each has a one-time address, which goes to the subscriber by mail."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from mock_ca.clock import TOKYO
from mock_ca.mail import letter
from mock_ca.mock import Mock
from mock_ca.registry import Request, Status, Subscriber
from mock_ca.sites.nec.figures import ISSUER
from mock_ca.web import Pages

SENDER = "ra-center@pki.nec.example"
SUBJECTS = {
    "issue": "電子証明書発行のご案内",
    "reissue": "電子証明書発行のご案内",
    "renewal": "電子証明書更新のご案内",
}


class Applications:
    """Records them, writes the mails, and knows them again by their address."""

    def __init__(self, mock: Mock, pages: Pages, entrance: str) -> None:
        """Addresses begin with `entrance`."""
        self._mock, self._pages, self._entrance = mock, pages, entrance

    def apply(self, user: Subscriber, kind: str, *, days_ago: int = 0) -> Request:
        """An application of some days ago, with its mail. Part of the caller's transaction."""
        asked = self.record(user.user_id, kind, Status.INVITED, self._mock.clock.now() - timedelta(days=days_ago))
        if kind != "reissue" or not self._mock.defects.broken("reissue-without-mail"):
            self._mock.outbox.put(
                letter(
                    sender=SENDER,
                    recipient=user.mail,
                    subject=SUBJECTS[kind],
                    body=self._body(user, asked),
                    when=asked.asked_at,
                )
            )
        return asked

    def record(self, user_id: str, kind: str, status: Status, when: datetime) -> Request:
        """An application without a mail. Part of the caller's transaction."""
        asked = Request(
            request_id=self._mock.requests.new_id(when),
            user_id=user_id,
            which=ISSUER,
            kind=kind,
            status=status,
            asked_at=when,
            reference_id=secrets.token_urlsafe(18),
        )
        self._mock.requests.add(asked)
        return asked

    def known(self, request_id: str, secret: str) -> Request | None:
        """The application at a one-time address."""
        asked = self._mock.requests.get(request_id)
        if asked is None or asked.which != ISSUER:
            return None
        return asked if hmac.compare_digest(asked.reference_id.encode(), secret.encode()) else None

    def over(self, asked: Request) -> bool:
        """Whether an address has done its service."""
        if asked.status is Status.ISSUED:
            return not self._mock.defects.broken("one-time-url-works-twice")
        return asked.status is not Status.INVITED

    def _body(self, user: Subscriber, asked: Request) -> str:
        right = f"{self._entrance}{asked.request_id}/{asked.reference_id}"
        dead = right.replace("/ra/", "/rb/")
        link = self._mock.defects.decide("issue-mail-link-dead", right=right, wrong=dead)
        day = asked.asked_at.astimezone(TOKYO)
        return self._pages.text("mail/application.txt", user=user, link=link, kind=asked.kind, day=day)
