"""The bank's users: the company each belongs to, what he may do there, his token and his confirmation password."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from mock_ca.registry import Registry

SCHEMA = """
CREATE TABLE IF NOT EXISTS bank_members (
    user_id TEXT PRIMARY KEY REFERENCES subscribers (user_id), company TEXT NOT NULL, role TEXT NOT NULL,
    number INTEGER NOT NULL, seed TEXT NOT NULL, confirmation TEXT NOT NULL, last_step INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS members_of_company ON bank_members (company);
"""


class Role(StrEnum):
    """利用者区分."""

    MASTER = "マスターユーザ"
    MANAGER = "管理者ユーザ"
    GENERAL = "一般ユーザ"


@dataclass(frozen=True)
class Member:
    """One user. `company` is the log-in id of its first user; `last_step` that of the last one-time password."""

    user_id: str
    company: str
    role: Role
    number: int
    seed: str
    confirmation: str
    last_step: int = 0


class Members:
    """The table of users. Changes are part of the caller's transaction."""

    def __init__(self, registry: Registry) -> None:
        """Use the registry's connection; make the table where there is none."""
        self._sql = registry.connection
        self._sql.executescript(SCHEMA)

    def add(self, member: Member) -> None:
        """Register one."""
        row = (member.user_id, member.company, member.role, member.number, member.seed, member.confirmation)
        self._sql.execute("INSERT INTO bank_members VALUES (?, ?, ?, ?, ?, ?, 0)", row)

    def get(self, user_id: str) -> Member | None:
        """The user with this log-in id."""
        row = self._sql.execute("SELECT * FROM bank_members WHERE user_id = ?", (user_id,)).fetchone()
        return None if row is None else _member(row)

    def of_company(self, company: str) -> list[Member]:
        """Everyone of a company, in the order in which they were registered."""
        rows = self._sql.execute("SELECT * FROM bank_members WHERE company = ? ORDER BY number", (company,))
        return [_member(row) for row in rows]

    def newest_master(self) -> Member | None:
        """The master user who was registered last."""
        row = self._sql.execute(
            "SELECT * FROM bank_members WHERE role = ? ORDER BY rowid DESC LIMIT 1", (Role.MASTER,)
        ).fetchone()
        return None if row is None else _member(row)

    def use(self, user_id: str, step: int) -> None:
        """Remember the step of the last one-time password."""
        self._sql.execute("UPDATE bank_members SET last_step = ? WHERE user_id = ?", (step, user_id))


def _member(row: sqlite3.Row) -> Member:
    values = dict(row)
    return Member(**{**values, "role": Role(values["role"])})
