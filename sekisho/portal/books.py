"""What a portal's own books say, where they are open to the test: those of the mock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Books:
    """What is on record about one user."""

    issued: tuple[str, ...]
    """Serial numbers of the certificates issued since the user was given, lower-case hex without leading zeros."""
    alive: tuple[str, ...]
    """Those of them that were not revoked."""
    waiting: tuple[str, ...]
    """IDs of accepted requests for which no certificate was issued."""
