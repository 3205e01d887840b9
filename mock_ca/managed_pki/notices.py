"""The morning's work: reminders to those whose certificate expires in so many days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate


class Notices:
    """Sends reminders."""

    def __init__(self, office: Office, letters: Letters) -> None:
        """Write them with `letters`."""
        self._office, self._mock, self._letters = office, office.mock, letters
        figures = office.rules.figures
        self._days, self._extra_days = figures.notice_days, figures.extra_notice_days
        self._first = max((*self._days, *self._extra_days), default=0)

    def send(self, day: date) -> None:
        """Remind everyone whose turn it is on a day. Part of the caller's transaction."""
        for certificate in self._mock.certificates.ending_between(day, day + timedelta(days=self._first)):
            self.consider(certificate, day)

    def catch_up(self, certificate: Certificate) -> None:
        """Send what an already old certificate's subscriber would have got by today."""
        left = certificate.days_left(self._mock.clock.today())
        for days in range(self._first, max(left, 0) - 1, -1):
            self.consider(certificate, certificate.last_day - timedelta(days=days))

    def consider(self, certificate: Certificate, day: date) -> None:
        """Remind one subscriber, if it is his turn on that day."""
        user = self._office.subscriber(certificate.user_id)
        if user and self._due(certificate.days_left(day)) and not self._done(certificate):
            morning = datetime.combine(day, time(9), TOKYO)
            self._letters.renewal(user, certificate, min(morning, self._mock.clock.now()))

    def _due(self, left: int) -> bool:
        broken = self._mock.defects.broken
        if left in self._extra_days:
            return broken(f"renewal-mail-on-day-{left}")
        return left in self._days and not broken(f"renewal-mail-day-{left}-missing")

    def _done(self, certificate: Certificate) -> bool:
        """Whether the renewal was completed: the new key was fetched."""
        fetched = any(asked.fetched_at for asked in self._mock.requests.renewals_of(certificate.serial))
        return fetched and not self._mock.defects.broken("mail-after-renewal")
