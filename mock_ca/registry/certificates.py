"""Issued certificates with the keys the authority generated for them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mock_ca.registry.database import Registry
from mock_ca.registry.requests import Request

SETTLED = "settled_certificates"


def serial_text(number: int) -> str:
    """A serial number as everything here writes it: lower-case hex without leading zeros."""
    return f"{number:x}"


@dataclass(frozen=True)
class Certificate:
    """One issued certificate: DER, its key as PKCS#8 DER, and what the authority knows about it."""

    serial: str
    user_id: str
    which: str
    kind: str
    issuer: str
    request_id: str | None
    not_before: datetime
    not_after: datetime
    certificate: bytes
    key: bytes
    revoked_at: datetime | None = None
    visitor: str | None = None

    @classmethod
    def of(cls, asked: Request, signed: x509.Certificate, issuer: str, key: bytes = b"") -> Certificate:
        """The certificate that was signed for a request, by an issuing CA; its key where the authority made it."""
        return cls(
            serial=serial_text(signed.serial_number),
            user_id=asked.user_id,
            which=asked.which,
            kind=asked.kind,
            issuer=issuer,
            request_id=asked.request_id,
            not_before=signed.not_valid_before_utc,
            not_after=signed.not_valid_after_utc,
            certificate=signed.public_bytes(Encoding.DER),
            key=key,
        )

    @property
    def last_day(self) -> date:
        """The calendar day in Tokyo on which it expires."""
        return self.not_after.astimezone(ZoneInfo("Asia/Tokyo")).date()

    def days_left(self, today: date) -> int:
        """Calendar days until it expires: 0 on its last day, negative afterwards."""
        return (self.last_day - today).days

    def expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now > self.not_after


class Certificates:
    """The table of certificates. Changes are part of the caller's transaction."""

    def __init__(self, registry: Registry) -> None:
        """Use the registry's connection."""
        self._registry = registry
        self._sql = registry.connection

    def add(self, certificate: Certificate) -> None:
        """Record an issued certificate."""
        self._sql.execute(
            "INSERT INTO certificates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
            (
                *(certificate.serial, certificate.user_id, certificate.which, certificate.kind, certificate.issuer),
                *(certificate.request_id, _utc(certificate.not_before), _utc(certificate.not_after)),
                *(certificate.certificate, certificate.key),
            ),
        )

    def get(self, serial: str) -> Certificate | None:
        """The certificate with this serial number (lower-case hex without leading zeros)."""
        found = self._select("serial = ?", serial)
        return found[0] if found else None

    def of_user(self, user_id: str) -> list[Certificate]:
        """A subscriber's certificates, the oldest first."""
        return self._select("user_id = ?", user_id)

    def of_request(self, request_id: str) -> list[Certificate]:
        """The certificates issued for a request: one, unless something is wrong."""
        return self._select("request_id = ?", request_id)

    def of_issuer(self, issuer: str) -> list[Certificate]:
        """The certificates an issuing CA signed."""
        return self._select("issuer = ?", issuer)

    def ending_between(self, first: date, last: date) -> list[Certificate]:
        """Unrevoked certificates whose last day may lie between two days (Tokyo days reach into two UTC days)."""
        return self._select(
            "rowid > ? AND revoked_at IS NULL AND date(not_after) BETWEEN date(?, '-1 day') AND date(?, '+1 day')",
            self._registry.setting(SETTLED, "0"),
            first.isoformat(),
            last.isoformat(),
        )

    def settle(self) -> None:
        """Leave the certificates that exist by now to themselves: what days do, they do to later ones.

        A scenario begins, and with it another calendar; without this, its mornings would be as long as all before it.
        """
        (last,) = self._sql.execute("SELECT coalesce(max(rowid), 0) FROM certificates").fetchone()
        self._registry.set_setting(SETTLED, str(last))

    def revoke(self, serial: str, when: datetime) -> None:
        """Revoke for ever; a second time changes nothing."""
        self._sql.execute(
            "UPDATE certificates SET revoked_at = ? WHERE serial = ? AND revoked_at IS NULL", (_utc(when), serial)
        )

    def set_visitor(self, serial: str, visitor: str) -> None:
        """Remember which browser fetched it."""
        self._sql.execute("UPDATE certificates SET visitor = ? WHERE serial = ?", (visitor, serial))

    def _select(self, condition: str, *values: str) -> list[Certificate]:
        query = f"SELECT * FROM certificates WHERE {condition} ORDER BY rowid"  # noqa: S608 - conditions are above
        return [_certificate(row) for row in self._sql.execute(query, values)]


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def _certificate(row: sqlite3.Row) -> Certificate:
    values = dict(row)
    for name in ("not_before", "not_after", "revoked_at"):
        values[name] = None if row[name] is None else datetime.fromisoformat(row[name])
    return Certificate(**values)
