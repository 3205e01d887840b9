"""The numbers of this manual, and what its certificates say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.figures import months_later

ISSUER = "bank-ca"
ISSUER_NAME = "ANSER-WEB(BizSOL) TEST CA - G4"
ORGANIZATION = "NTT DATA CORPORATION"
LIFE_MONTHS = 12
WRONG_LIFE_MONTHS = 24
NOTICE_DAYS = 40
# Certificates end at 23:59:59 GMT, which is this time of day in Tokyo.
ENDS_AT = time(8, 59, 59)
STEP = timedelta(seconds=30)
DIGITS = 6
# A token's clock may be a step before or behind the bank's (RFC 6238, section 5.2).
DRIFT = 1


def end_of(last_day: date) -> datetime:
    """The last moment of a certificate that ends on a day."""
    return datetime.combine(last_day, ENDS_AT, TOKYO)


def ends(begins: datetime, months: int) -> datetime:
    """The last moment of a certificate that begins at a moment."""
    return end_of(months_later(begins.astimezone(TOKYO).date(), months))


def begins(last_day: date) -> datetime:
    """When a certificate began that ends with a day."""
    return datetime.combine(months_later(last_day, -LIFE_MONTHS), time(0, 0, 1), TOKYO)
