"""The people who hold certificates, and the passwords they log in with."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
from dataclasses import dataclass

from mock_ca.registry.database import Registry

ROUNDS = 1000


@dataclass(frozen=True)
class Subscriber:
    """One registered user; `units` are the organizational units, the innermost first."""

    user_id: str
    system: str
    name: str
    organization: str
    units: tuple[str, ...]
    mail: str
    admin_mail: str
    password_mail: str
    pkcs12: str


class Subscribers:
    """The table of subscribers."""

    def __init__(self, registry: Registry) -> None:
        """Use the registry's connection."""
        self._registry = registry
        self._sql = registry.connection

    def new_user_id(self, system: str, pattern: str) -> str:
        """A user id that this registry has never given and will never give again."""
        return pattern.format(self._registry.next_number(f"user_number_{system}"))

    def add(self, subscriber: Subscriber, password: str) -> None:
        """Register one. Part of the caller's transaction."""
        salt = os.urandom(16)
        row = (subscriber.user_id, subscriber.system, subscriber.name, subscriber.organization)
        mails = (subscriber.mail, subscriber.admin_mail, subscriber.password_mail)
        self._sql.execute(
            "INSERT INTO subscribers (user_id, system, name, organization, units, mail, admin_mail, password_mail,"
            " pkcs12, salt, password) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, json.dumps(subscriber.units), *mails, subscriber.pkcs12, salt, _digest(password, salt)),
        )

    def set_password(self, user_id: str, password: str) -> None:
        """Give a new login password; the old one is void."""
        salt = os.urandom(16)
        new = (salt, _digest(password, salt), user_id)
        self._sql.execute("UPDATE subscribers SET salt = ?, password = ? WHERE user_id = ?", new)

    def get(self, user_id: str) -> Subscriber | None:
        """The subscriber with this id."""
        row = self._sql.execute("SELECT * FROM subscribers WHERE user_id = ?", (user_id,)).fetchone()
        return None if row is None else _subscriber(row)

    def of_system(self, system: str) -> list[Subscriber]:
        """Everyone registered in a system, the newest first."""
        found = self._sql.execute("SELECT * FROM subscribers WHERE system = ? ORDER BY number DESC", (system,))
        return [_subscriber(row) for row in found]

    def password_matches(self, user_id: str, password: str) -> bool:
        """Whether this is the user's login password; false for an unknown user."""
        row = self._sql.execute("SELECT salt, password FROM subscribers WHERE user_id = ?", (user_id,)).fetchone()
        return row is not None and hmac.compare_digest(_digest(password, row["salt"]), row["password"])


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)


def _subscriber(row: sqlite3.Row) -> Subscriber:
    names = ("user_id", "system", "name", "organization", "mail", "admin_mail", "password_mail", "pkcs12")
    return Subscriber(units=tuple(json.loads(row["units"])), **{name: row[name] for name in names})
