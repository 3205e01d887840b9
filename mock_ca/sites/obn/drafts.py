"""Tickets: what each open page is about, and which page of a stay may still be submitted.

Tabs of a browser share one session. Each form page carries a ticket for exactly what it shows; only the newest page of
a stay can be submitted, and only once: nothing is ever done with other content than its own screen showed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from mock_ca.defects import Defects

T = TypeVar("T")


class StaleError(Exception):
    """The page was submitted before, or another one was opened after it."""


@dataclass
class Draft(Generic[T]):
    """One page that was handed out."""

    ticket: str
    content: T
    spent: bool = False


@dataclass
class Stay:
    """The pages that one visitor was given: the newest of all, and the newest of each kind of content."""

    newest: Draft[object] | None = None
    kinds: dict[type, Draft[object]] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken(Generic[T]):
    """What a page that was submitted is about, whether it had been before, and whether it is the visitor's own."""

    content: T
    again: bool
    own: bool


class Drafts:
    """The open pages of one site."""

    def __init__(self, defects: Defects) -> None:
        """Begin with none."""
        self._defects = defects
        self._kinds: dict[type, Draft[object]] = {}

    def open(self, stay: Stay, content: object) -> str:
        """The ticket of a new page; pages that were opened before it can no longer be submitted."""
        draft = Draft(secrets.token_urlsafe(12), content)
        stay.newest = stay.kinds[type(content)] = self._kinds[type(content)] = draft
        return draft.ticket

    def look(self, stay: Stay, ticket: str, kind: type[T]) -> T:
        """What an open page is about; it stays open. Raises StaleError."""
        return self._open(stay, ticket, kind).content

    def spend(self, stay: Stay, ticket: str, kind: type[T]) -> Taken[T]:
        """What a page that is submitted now is about. Raises StaleError."""
        draft = self._open(stay, ticket, kind)
        own = draft.ticket == ticket
        taken = Taken(draft.content, again=own and draft.spent, own=own)
        draft.spent = True
        return taken

    def _open(self, stay: Stay, ticket: str, kind: type[T]) -> Draft[T]:
        draft = cast("Draft[T]", self._found(stay, ticket, kind))
        if draft.ticket == ticket and draft.spent and not self._defects.broken("used-page-acts-again"):
            raise StaleError
        return draft

    def _found(self, stay: Stay, ticket: str, kind: type) -> Draft[object]:
        """The page with the ticket, or another one where the site mixes pages up."""
        mine = stay.kinds.get(kind)
        if mine is None:
            raise StaleError
        anyones = self._kinds[kind]
        if anyones.content != mine.content and self._defects.broken("windows-share-draft"):
            return anyones
        current = mine is stay.newest or mine.spent
        if (mine.ticket == ticket and current) or self._defects.broken("tabs-share-draft"):
            return mine
        raise StaleError
