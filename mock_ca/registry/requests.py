"""Certificate requests: invitations sent to a subscriber, and renewals he applied for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mock_ca.registry.database import Registry


class Status(StrEnum):
    """How far a request has come."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    ISSUED = "issued"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Request:
    """One request; `renews` is the serial number of the certificate it renews, `handed_out` counts key submissions.

    `reference_id` is its second number, in systems that give one.
    """

    request_id: str
    user_id: str
    which: str
    kind: str
    status: Status
    asked_at: datetime
    issued_at: datetime | None = None
    renews: str | None = None
    handed_out: int = 0
    fetched_at: datetime | None = None
    reference_id: str = ""


class Requests:
    """The table of requests. Changes are part of the caller's transaction."""

    def __init__(self, registry: Registry) -> None:
        """Use the registry's connection."""
        self._registry = registry
        self._sql = registry.connection

    def new_id(self, day: datetime) -> str:
        """A new request id: the day and seven digits, 15 in all."""
        return f"{day:%Y%m%d}{self._registry.next_number('request_number'):07d}"

    def add(self, request: Request) -> None:
        """Record a request."""
        self._sql.execute(
            "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(request.request_id, request.user_id, request.which, request.kind, request.status),
                *(request.asked_at.isoformat(), _text(request.issued_at), request.renews),
                *(request.handed_out, _text(request.fetched_at), request.reference_id),
            ),
        )

    def get(self, request_id: str) -> Request | None:
        """The request with this id."""
        row = self._sql.execute("SELECT * FROM requests WHERE request_id = ?", (request_id,)).fetchone()
        return None if row is None else _request(row)

    def of_user(self, user_id: str) -> list[Request]:
        """A subscriber's requests, the newest first."""
        query = "SELECT * FROM requests WHERE user_id = ? ORDER BY asked_at DESC, rowid DESC"
        return [_request(row) for row in self._sql.execute(query, (user_id,))]

    def renewals_of(self, serial: str) -> list[Request]:
        """The renewals that were applied for with one certificate."""
        query = "SELECT * FROM requests WHERE renews = ? ORDER BY rowid"
        return [_request(row) for row in self._sql.execute(query, (serial,))]

    def unfinished(self) -> list[Request]:
        """Accepted requests whose certificate was not issued yet: work to take up after a restart."""
        query = "SELECT * FROM requests WHERE status = ?"
        return [_request(row) for row in self._sql.execute(query, (Status.ACCEPTED,))]

    def set_issued(self, request_id: str, when: datetime) -> None:
        """Record that a request's certificate exists."""
        change = (Status.ISSUED, when.isoformat(), request_id)
        self._sql.execute("UPDATE requests SET status = ?, issued_at = ? WHERE request_id = ?", change)

    def count_hand_out(self, request_id: str) -> None:
        """Record that the key was encrypted for its subscriber once more."""
        self._sql.execute("UPDATE requests SET handed_out = handed_out + 1 WHERE request_id = ?", (request_id,))

    def set_fetched(self, request_id: str, when: datetime) -> None:
        """Record that the key was downloaded."""
        self._sql.execute("UPDATE requests SET fetched_at = ? WHERE request_id = ?", (when.isoformat(), request_id))

    def cancel_invitations(self, user_id: str, which: str) -> None:
        """Void a subscriber's open invitations."""
        change = (Status.CANCELLED, user_id, which, Status.INVITED)
        self._sql.execute("UPDATE requests SET status = ? WHERE user_id = ? AND which = ? AND status = ?", change)


def _text(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _request(row: sqlite3.Row) -> Request:
    values = dict(row)
    values["status"] = Status(row["status"])
    values["asked_at"] = datetime.fromisoformat(row["asked_at"])
    values["issued_at"], values["fetched_at"] = _time(row["issued_at"]), _time(row["fetched_at"])
    return Request(**values)
