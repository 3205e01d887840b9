"""The SQLite file: schema, durability and transactions.

Each event is one transaction, flushed to disk before the portal answers (synchronous=FULL), so that an issued
certificate or an accepted request survives kill -9.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS authorities (
    name TEXT PRIMARY KEY, certificate BLOB NOT NULL, key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS subscribers (
    number INTEGER PRIMARY KEY AUTOINCREMENT, user_id TEXT UNIQUE, system TEXT NOT NULL, name TEXT NOT NULL,
    organization TEXT NOT NULL, units TEXT NOT NULL, mail TEXT NOT NULL, admin_mail TEXT NOT NULL,
    password_mail TEXT NOT NULL, pkcs12 TEXT NOT NULL, salt BLOB NOT NULL, password BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
    request_id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES subscribers (user_id), which TEXT NOT NULL,
    kind TEXT NOT NULL, status TEXT NOT NULL, asked_at TEXT NOT NULL, issued_at TEXT, renews TEXT,
    handed_out INTEGER NOT NULL DEFAULT 0, fetched_at TEXT, reference_id TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS requests_of_user ON requests (user_id);
CREATE TABLE IF NOT EXISTS certificates (
    serial TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES subscribers (user_id), which TEXT NOT NULL,
    kind TEXT NOT NULL, issuer TEXT NOT NULL, request_id TEXT REFERENCES requests (request_id),
    not_before TEXT NOT NULL, not_after TEXT NOT NULL, certificate BLOB NOT NULL, key BLOB NOT NULL,
    revoked_at TEXT, visitor TEXT);
CREATE INDEX IF NOT EXISTS certificates_of_user ON certificates (user_id);
CREATE INDEX IF NOT EXISTS certificates_of_request ON certificates (request_id);
CREATE TABLE IF NOT EXISTS revocations (
    number INTEGER PRIMARY KEY AUTOINCREMENT, serial TEXT NOT NULL REFERENCES certificates (serial),
    mail TEXT NOT NULL, asked_at TEXT NOT NULL, done_at TEXT);
CREATE TABLE IF NOT EXISTS outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT, message BLOB NOT NULL, delivered INTEGER NOT NULL DEFAULT 0);
"""
# Columns that a file of an earlier version lacks: table, column, definition. New columns come last in their table.
ADDED = (("requests", "reference_id", "TEXT NOT NULL DEFAULT ''"),)

# What changes by a mere visit: the last one-time password, the browser that fetched.
PASSING = frozenset({"last_step", "visitor"})
REVOCATIONS_OF = """
SELECT revocations.* FROM revocations JOIN certificates USING (serial) WHERE certificates.user_id = ?"""
MAILS_TO = """
SELECT outbox.number FROM outbox JOIN subscribers ON user_id = ?
WHERE (subscribers.mail != '' AND instr(CAST(message AS TEXT), subscribers.mail))
OR (admin_mail != '' AND instr(CAST(message AS TEXT), admin_mail))
OR (password_mail != '' AND instr(CAST(message AS TEXT), password_mail))"""


class Registry:
    """One connection, used by one thread: a transaction never interleaves with another."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises sqlite3.DatabaseError where it is something else."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("PRAGMA foreign_keys=ON")
        self.connection.executescript(SCHEMA)
        for table, column, definition in ADDED:
            if column not in {row["name"] for row in self.connection.execute(f"PRAGMA table_info({table})")}:
                self.connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on disk when the block ends; inside another one it is part of that one."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def setting(self, name: str, default: str) -> str:
        """A remembered value."""
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return default if row is None else str(row["value"])

    def set_setting(self, name: str, value: str) -> None:
        """Remember a value."""
        self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def next_number(self, name: str) -> int:
        """The next number of a sequence, never given twice."""
        number = int(self.setting(name, "0")) + 1
        self.set_setting(name, str(number))
        return number

    def trace(self, user_id: str) -> str:
        """A fingerprint of everything that is on record about a subscriber and that an event of his would change."""
        found: list[tuple[object, ...]] = []
        for table in self._tables_of_users():
            rows = self.connection.execute(f"SELECT * FROM {table} WHERE user_id = ?", (user_id,))  # noqa: S608 - own name
            found += [(table, *(row[name] for name in row.keys() if name not in PASSING)) for row in rows]  # noqa: SIM118
        found += map(tuple, self.connection.execute(REVOCATIONS_OF, (user_id,)))
        found += map(tuple, self.connection.execute(MAILS_TO, (user_id,)))
        return hashlib.sha256(repr(sorted(map(repr, found))).encode()).hexdigest()

    def _tables_of_users(self) -> list[str]:
        tables = [row["name"] for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            table: {row["name"] for row in self.connection.execute(f"PRAGMA table_info({table})")} for table in tables
        }
        return [table for table in tables if "user_id" in columns[table]]

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
