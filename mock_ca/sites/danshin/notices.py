"""The morning's work: reminders to those whose certificate expires in exactly 30 or 7 days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mock_ca.clock import TOKYO
from mock_ca.mock import Mock
from mock_ca.registry import Certificate
from mock_ca.sites.danshin import rules
from mock_ca.sites.danshin.letters import Letters

EXTRA_DAY = 29


class Notices:
    """Sends reminders."""

    def __init__(self, mock: Mock, letters: Letters) -> None:
        """Write them with `letters`."""
        self._mock, self._letters = mock, letters

    def send(self, day: date) -> None:
        """Remind everyone whose turn it is on a day. Part of the caller's transaction."""
        issuers = rules.ISSUERS.values()
        last = day + timedelta(days=max(rules.NOTICE_DAYS))
        for certificate in self._mock.certificates.ending_between(day, last):
            if certificate.issuer in issuers:
                self.consider(certificate, day)

    def catch_up(self, certificate: Certificate) -> None:
        """Send what an already old certificate's subscriber would have got by today."""
        left = certificate.days_left(self._mock.clock.today())
        for days in range(max(rules.NOTICE_DAYS), max(left, 0) - 1, -1):
            self.consider(certificate, certificate.last_day - timedelta(days=days))

    def consider(self, certificate: Certificate, day: date) -> None:
        """Remind one subscriber, if it is his turn on that day."""
        user = self._mock.subscribers.get(certificate.user_id)
        if user and self._due(certificate.days_left(day)) and not self._done(certificate):
            morning = datetime.combine(day, time(9), TOKYO)
            self._letters.renewal(user, certificate, min(morning, self._mock.clock.now()))

    def _due(self, left: int) -> bool:
        broken = self._mock.defects.broken
        if left == EXTRA_DAY:
            return broken("renewal-mail-on-day-29")
        return left in rules.NOTICE_DAYS and not broken(f"renewal-mail-day-{left}-missing")

    def _done(self, certificate: Certificate) -> bool:
        """Whether the renewal was completed: the new key was fetched."""
        fetched = any(asked.fetched_at for asked in self._mock.requests.renewals_of(certificate.serial))
        return fetched and not self._mock.defects.broken("mail-after-renewal")
