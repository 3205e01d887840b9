"""Subscribers' own applications for revocation, which are carried out some days later."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from mock_ca.registry.certificates import SETTLED
from mock_ca.registry.database import Registry


@dataclass(frozen=True)
class Revocation:
    """One application: for which certificate, and who is told when it is done."""

    number: int
    serial: str
    mail: str
    asked_at: datetime
    done_at: datetime | None


class Revocations:
    """The table of applications for revocation. Changes are part of the caller's transaction."""

    def __init__(self, registry: Registry) -> None:
        """Use the registry's connection."""
        self._registry = registry
        self._sql = registry.connection

    def add(self, serial: str, mail: str, when: datetime) -> None:
        """Record an application."""
        query = "INSERT INTO revocations (serial, mail, asked_at) VALUES (?, ?, ?)"
        self._sql.execute(query, (serial, mail, when.isoformat()))

    def of_certificate(self, serial: str) -> list[Revocation]:
        """The applications for one certificate, the oldest first."""
        return self._select("serial = ?", serial)

    def waiting(self) -> list[Revocation]:
        """The applications that were not carried out yet, except for certificates that were settled."""
        later = "serial IN (SELECT serial FROM certificates WHERE rowid > ?)"
        return self._select(f"done_at IS NULL AND {later}", self._registry.setting(SETTLED, "0"))

    def set_done(self, number: int, when: datetime) -> None:
        """Record that an application was carried out."""
        self._sql.execute("UPDATE revocations SET done_at = ? WHERE number = ?", (when.isoformat(), number))

    def _select(self, condition: str, *values: str) -> list[Revocation]:
        query = f"SELECT * FROM revocations WHERE {condition} ORDER BY number"  # noqa: S608 - conditions are above
        return [_revocation(row) for row in self._sql.execute(query, values)]


def _revocation(row: sqlite3.Row) -> Revocation:
    done = row["done_at"] and datetime.fromisoformat(row["done_at"])
    asked = datetime.fromisoformat(row["asked_at"])
    return Revocation(row["number"], row["serial"], row["mail"], asked, done)
