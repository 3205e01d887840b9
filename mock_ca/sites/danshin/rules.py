"""The manual's rules, each decided in one place: days, passwords, and which certificate opens which service."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mock_ca.clock import TOKYO, end_of_day
from mock_ca.defects import Defects
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request

SHARED, NISSAY = "shared", "nissay"
ISSUERS = {SHARED: "danshin", NISSAY: "danshin-nissay"}
INVITATION_DAYS = 30
RENEWAL_DAYS = 30
NOTICE_DAYS = (30, 7)
YEARS = 3
IDLE_LIMIT = timedelta(minutes=15)
PASSWORD_LIMIT = 64


def years_later(day: date, years: int) -> date:
    """The same calendar day some years on; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def invitation_open(defects: Defects, asked: Request, today: date) -> bool:
    """Open on the day of issue and for 30 calendar days after it."""
    days = (today - asked.asked_at.astimezone(TOKYO).date()).days
    opened = defects.decide("invitation-ends-a-day-early", right=days <= INVITATION_DAYS, wrong=days < INVITATION_DAYS)
    return defects.decide("invitation-never-expires", right=opened, wrong=True) if days > INVITATION_DAYS else opened


def renewal_open(defects: Defects, certificate: Certificate, today: date) -> bool:
    """Open from 30 calendar days before the last day until that day."""
    left = certificate.days_left(today)
    opened = defects.decide("renewal-opens-on-day-31", right=left <= RENEWAL_DAYS, wrong=left <= RENEWAL_DAYS + 1)
    return defects.decide("renewal-closed-on-day-30", right=opened, wrong=opened and left < RENEWAL_DAYS)


def last_moment(mock: Mock, asked: Request, begins: datetime) -> datetime:
    """When a certificate that begins now ends: three years on, at the end of the day in Tokyo."""
    day = begins.astimezone(TOKYO).date()
    years = mock.defects.decide("validity-two-years", right=YEARS, wrong=YEARS - 1)
    ends = end_of_day(years_later(day, years))
    before = [one for one in mock.certificates.of_user(asked.user_id) if one.which == asked.which]
    if asked.kind != "reissue" or not before:
        return ends
    return mock.defects.decide("reissue-keeps-old-end", right=ends, wrong=before[-1].not_after)


def session_expired(defects: Defects, idle: timedelta) -> bool:
    """Whether a visitor was idle for too long."""
    return defects.decide("session-never-expires", right=idle > IDLE_LIMIT, wrong=False)


def same_day(defects: Defects, opened: date | None, today: date) -> bool:
    """Whether the key page that a visitor works with was opened today."""
    return defects.decide("key-page-survives-midnight", right=opened == today, wrong=opened is not None)


class CrashError(Exception):
    """The portal breaks, as a defect wants it."""


def password_problem(defects: Defects, password: str, again: str) -> str:
    """Why a password for the key is refused; empty when it is not. Raises CrashError."""
    if not password and not defects.broken("empty-password-accepted"):
        return "パスワードを入力してください。"
    if len(password) > PASSWORD_LIMIT:
        if defects.broken("overlong-password-crashes"):
            raise CrashError
        return f"パスワードは{PASSWORD_LIMIT}文字以内で入力してください。"
    if not all(" " <= character <= "~" for character in password):
        return "パスワードに使用できるのは半角の英数字と記号だけです。"
    if password != again and not defects.broken("confirmation-mismatch-accepted"):
        return "パスワードとパスワードの確認が一致しません。もう一度入力してください。"
    return ""


def valid(mock: Mock, certificate: Certificate) -> bool:
    """Whether a certificate is neither revoked nor expired, by the business clock and by the real one."""
    return certificate.revoked_at is None and not _over(mock, certificate)


def _over(mock: Mock, certificate: Certificate) -> bool:
    return certificate.expired(mock.clock.now()) or certificate.expired(mock.clock.real())


def opens(mock: Mock, service: str, certificate: Certificate, visitor: str) -> bool:
    """Whether a certificate of this authority opens a service for a browser."""
    broken = mock.defects.broken
    if certificate.revoked_at and not broken("revoked-certificate-opens-service"):
        return False
    if _over(mock, certificate) and not broken("expired-certificate-opens-service"):
        return False
    if certificate.issuer != ISSUERS[certificate.which] or not _fits(mock, service, certificate):
        return False
    if certificate.kind == "renewal" and broken("renewed-certificate-refused"):
        return False
    strange = certificate.visitor is not None and certificate.visitor != visitor
    return not (strange and broken("certificate-bound-to-the-browser"))


def _fits(mock: Mock, service: str, certificate: Certificate) -> bool:
    """①団信ネット(3社共用) and 団信Web take the shared certificate, ②団信ネット(日本生命) its own."""
    broken, shared = mock.defects.broken, certificate.which == SHARED
    if service == "service":
        return shared or broken("nissay-certificate-opens-service")
    if service == "web":
        return not broken("web-refuses-shared-certificate") if shared else broken("nissay-certificate-opens-web")
    if shared:
        return broken("shared-certificate-opens-nissay")
    others = mock.certificates.of_user(certificate.user_id)
    both = any(one.which == SHARED and valid(mock, one) for one in others)
    return both or not broken("nissay-requires-shared-certificate")


def renews(mock: Mock, certificate: Certificate) -> bool:
    """Whether a certificate may enter the renewal site at all."""
    if certificate.revoked_at and not mock.defects.broken("revoked-certificate-renews"):
        return False
    return not _over(mock, certificate)
