"""The browsers at the bank's site. One that is open while the program logs in is put out, until it is closed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from aiohttp import web

COOKIE = "BankVisit"


@dataclass
class Visit:
    """One browser, until it is closed; `handle` is what its pages give to the program."""

    handle: str
    user_id: str = ""
    displaced: bool = False


class Visits:
    """All of them. A restart forgets them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._visits: dict[str, Visit] = {}

    def of(self, request: web.Request) -> Visit | None:
        """The browser that sends a request, if it was here before."""
        return self._visits.get(request.cookies.get(COOKIE, ""))

    def begin(self) -> tuple[str, Visit]:
        """A new one, and the cookie for it."""
        cookie = secrets.token_urlsafe(24)
        visit = self._visits[cookie] = Visit(secrets.token_urlsafe(12))
        return cookie, visit

    def displace(self, handle: str, user_id: str) -> None:
        """The program has logged in: from a page of a visit, and for a user who may be logged in elsewhere."""
        for visit in self._visits.values():
            if visit.handle == handle or visit.user_id == user_id:
                visit.displaced = True

    def was_displaced(self, user_id: str) -> bool:
        """Whether the program has put out a browser in which this user was logged in."""
        return any(visit.displaced and visit.user_id == user_id for visit in self._visits.values())


def remember(response: web.StreamResponse, cookie: str) -> None:
    """Hand a cookie out; it is gone when the browser is closed."""
    response.set_cookie(COOKIE, cookie, httponly=True, secure=True, samesite="Lax", path="/")
