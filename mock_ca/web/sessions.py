"""Log-in sessions: one cookie for each site, as all of them share a host. A restart forgets them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from aiohttp import web

from mock_ca.clock import Clock

Memory = TypeVar("Memory")


class SessionInvalidError(Exception):
    """The request belongs to no session, or to one that ended."""


@dataclass
class Session(Generic[Memory]):
    """One visitor's stay; `memory` is what the site itself remembers of it."""

    user_id: str
    seen: datetime
    memory: Memory


class Sessions(Generic[Memory]):
    """The sessions of one site. `expired` decides from the idle time; `memory` makes a new visitor's memory."""

    def __init__(
        self, cookie: str, clock: Clock, expired: Callable[[timedelta], bool], memory: Callable[[], Memory]
    ) -> None:
        """Begin without any."""
        self._cookie, self._clock, self._expired, self._memory = cookie, clock, expired, memory
        self._sessions: dict[str, Session[Memory]] = {}
        self._timed_out: set[str] = set()

    def begin(self, response: web.StreamResponse, user_id: str) -> Session[Memory]:
        """Start a session and hand its cookie out with a response."""
        token = secrets.token_urlsafe(24)
        session = self._sessions[token] = Session(user_id, self._clock.now(), self._memory())
        self._timed_out.discard(user_id)
        response.set_cookie(self._cookie, token, httponly=True, secure=True, samesite="Lax", path="/")
        return session

    def known(self, request: web.Request) -> Session[Memory] | None:
        """The session that the browser's cookie tells of, ended or not; nothing for a new visitor."""
        return self._sessions.get(request.cookies.get(self._cookie, ""))

    def require(self, request: web.Request) -> Session[Memory]:
        """The request's session, awake for another while. Raises SessionInvalidError."""
        session = self.known(request)
        if session is None:
            raise SessionInvalidError
        now = self._clock.now()
        if self._expired(now - session.seen):
            self._timed_out.add(session.user_id)
            raise SessionInvalidError
        session.seen = now
        return session

    def timed_out(self, request: web.Request, user_id: str = "") -> bool:
        """Whether this visitor's last session ended by itself and he has not logged in since."""
        session = self.known(request)
        return user_id in self._timed_out or (session is not None and session.user_id in self._timed_out)

    def end(self, request: web.Request) -> None:
        """Log out."""
        self._sessions.pop(request.cookies.get(self._cookie, ""), None)
