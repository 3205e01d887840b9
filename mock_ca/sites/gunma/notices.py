"""Mail to those whose certificate ends in 40 days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mock_ca.clock import TOKYO
from mock_ca.mail import letter
from mock_ca.registry import Certificate
from mock_ca.sites.gunma.bank import Bank
from mock_ca.sites.gunma.figures import NOTICE_DAYS

SENDER = "anser-websystem@bank.example"
SUBJECT = "【法人向けインターネットバンキング】電子証明書更新のお知らせ"


class Notices:
    """Sends them."""

    def __init__(self, bank: Bank, address: str) -> None:
        """`address` is the bank's site."""
        self._bank, self._mock, self._address = bank, bank.mock, address

    def send(self, day: date) -> None:
        """Write to everyone whose turn it is on a day. Part of the caller's transaction."""
        for certificate in self._mock.certificates.ending_between(day, day + timedelta(days=NOTICE_DAYS + 1)):
            self.consider(certificate, day)

    def catch_up(self, certificate: Certificate) -> None:
        """Send what an already old certificate's user would have got by today."""
        left = certificate.days_left(self._mock.clock.today())
        for days in range(NOTICE_DAYS + 1, max(left, 0) - 1, -1):
            self.consider(certificate, certificate.last_day - timedelta(days=days))

    def consider(self, certificate: Certificate, day: date) -> None:
        """Write to one user, if it is his turn on that day."""
        if self._bank.members.get(certificate.user_id) and self._due(certificate.days_left(day)):
            morning = datetime.combine(day, time(8), TOKYO)
            self._write(certificate, min(morning, self._mock.clock.now()))

    def _due(self, left: int) -> bool:
        broken = self._mock.defects.broken
        if left == NOTICE_DAYS:
            return not broken("renewal-mail-day-40-missing")
        return left == NOTICE_DAYS + 1 and broken("renewal-mail-on-day-41")

    def _write(self, certificate: Certificate, when: datetime) -> None:
        person = self._bank.person(certificate.user_id)
        ends: datetime | None = certificate.not_after.astimezone(TOKYO)
        ends = self._mock.defects.decide("renewal-mail-without-expiry", right=ends, wrong=None)
        body = self._bank.pages.text("mail/notice.txt", person=person, ends=ends, address=self._address)
        self._mock.outbox.put(letter(sender=SENDER, recipient=person.mail, subject=SUBJECT, body=body, when=when))
