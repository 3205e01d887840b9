"""The manuals' rules, each decided in one place: days, passwords, and which certificates are alive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.figures import Figures, leap_days
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request

OVERFLOW = date(2038, 1, 19)  # on which 2^31 seconds since 1970 are over


class CrashError(Exception):
    """The portal breaks, as a defect wants it."""


class Rules:
    """The rules of one system, with its figures and its sentences of refusal."""

    def __init__(self, mock: Mock, figures: Figures, words: Mapping[str, str]) -> None:
        """Decide by the mock's clock and defects."""
        self._mock, self.figures, self._words = mock, figures, words

    def invitation_open(self, asked: Request) -> bool:
        """Open on the day of issue and for so many calendar days after it."""
        decide, last = self._mock.defects.decide, self.figures.invitation_days
        first, today = asked.asked_at.astimezone(TOKYO).date(), self._mock.clock.today()
        days = (today - first).days
        days = decide("leap-day-not-counted", right=days, wrong=days - leap_days(first, today))
        opened = decide("invitation-ends-a-day-early", right=days <= last, wrong=days < last)
        return decide("invitation-never-expires", right=opened, wrong=True) if days > last else opened

    def renewal_open(self, certificate: Certificate) -> bool:
        """Open from so many calendar days before the last day until that day."""
        decide, first = self._mock.defects.decide, self.figures.renewal_days
        left = certificate.days_left(self._mock.clock.today())
        left = decide("clock-overflows-in-2038", right=left, wrong=-1 if certificate.last_day >= OVERFLOW else left)
        opened = decide(f"renewal-opens-on-day-{first + 1}", right=left <= first, wrong=left <= first + 1)
        return decide(f"renewal-closed-on-day-{first}", right=opened, wrong=opened and left < first)

    def last_moment(self, asked: Request, begins: datetime) -> datetime:
        """When a certificate ends that begins now; a reissued one starts afresh."""
        decide, figures = self._mock.defects.decide, self.figures
        life = decide(figures.wrong_life_defect, right=figures.life, wrong=figures.wrong_life)
        before = [one for one in self._mock.certificates.of_user(asked.user_id) if one.which == asked.which]
        if asked.kind != "reissue" or not before:
            return life.ends(begins)
        return decide("reissue-keeps-old-end", right=life.ends(begins), wrong=before[-1].not_after)

    def session_expired(self, idle: timedelta) -> bool:
        """Whether a visitor was idle for too long."""
        over = idle > self.figures.idle_limit
        return self._mock.defects.decide("session-never-expires", right=over, wrong=False)

    def in_time(self, kind: str, opened: date | None) -> bool:
        """Whether the key page that a visitor works with may still be used on this day."""
        if kind not in self.figures.finish_today:
            return True
        defect = "renewal-survives-midnight" if kind == "renewal" else "key-page-survives-midnight"
        right = opened == self._mock.clock.today()
        return self._mock.defects.decide(defect, right=right, wrong=opened is not None)

    def password_problem(self, password: str, again: str) -> str:
        """Why a password for the key is refused; empty when it is not. Raises CrashError."""
        broken = self._mock.defects.broken
        if not password and not broken("empty-password-accepted"):
            return self._words["password-missing"]
        if len(password) > self.figures.password_limit:
            if broken("overlong-password-crashes"):
                raise CrashError
            return self._words["password-too-long"]
        if not all(" " <= character <= "~" for character in password):
            return self._words["password-not-ascii"]
        if password != again and not broken("confirmation-mismatch-accepted"):
            return self._words["password-mismatch"]
        return ""

    def over(self, certificate: Certificate) -> bool:
        """Whether a certificate has expired, by the business clock or by the real one."""
        return certificate.expired(self._mock.clock.now()) or certificate.expired(self._mock.clock.real())

    def valid(self, certificate: Certificate) -> bool:
        """Whether a certificate is neither revoked nor expired."""
        return certificate.revoked_at is None and not self.over(certificate)

    def renews(self, certificate: Certificate) -> bool:
        """Whether a certificate may enter the renewal site at all."""
        if certificate.revoked_at and not self._mock.defects.broken("revoked-certificate-renews"):
            return False
        return not self.over(certificate) or self._mock.defects.broken("expired-certificate-renews")
