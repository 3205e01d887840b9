"""Who may use the console: whoever opens the address that was printed, in that browser, until the mock ends."""

from __future__ import annotations

import secrets

from aiohttp import web

from mock_ca.callers import same

COOKIE = "console"
HEADERS = {
    # Nothing but the page itself: no script, no frame around it, no form that leads elsewhere.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # no-referrer would make browsers send `Origin: null` with the console's own forms
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Entry:
    """The secret in the printed address, which opens nothing but the console, and the sessions it began."""

    def __init__(self) -> None:
        """Begin without a session."""
        self.ticket = secrets.token_urlsafe(24)
        self._sessions: set[str] = set()

    def admit(self, request: web.Request) -> None:
        """Let a person in who opened the printed address: raises HTTPSeeOther, to an address without the secret."""
        if request.method != "GET" or not same(request.query.get("ticket", ""), self.ticket):
            return
        session = secrets.token_urlsafe(24)
        self._sessions.add(session)
        entered = web.HTTPSeeOther("/console")
        entered.set_cookie(COOKIE, session, httponly=True, samesite="Strict", path="/console")
        raise entered

    def knows(self, request: web.Request) -> bool:
        """Whether a request comes from a browser that was let in."""
        given = request.cookies.get(COOKIE, "")
        return any([same(given, one) for one in self._sessions])  # noqa: C419 - in the same time, whichever it is
