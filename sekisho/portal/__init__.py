"""What is under test, as the steps see it: a portal of whatever kind, its accounts, and how its screens are read."""

from __future__ import annotations

from sekisho.portal.books import Books
from sekisho.portal.interface import Account, Identity, Portal

__all__ = ["Account", "Books", "Identity", "Portal"]
