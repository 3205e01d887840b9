"""Who calls the control port: no page of another site, whatever name it gives this machine.

Every page that a browser on this machine shows can send requests to 127.0.0.1. The browser says from where they come:
in `Origin` and `Sec-Fetch-Site`, which a page cannot change; and in `Host` it gives the name that the page used, which
is the attacker's own where he let that name lead here (DNS rebinding). Another port of this host is another site too,
although cookies, also those with SameSite=Strict, are sent from there.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from aiohttp import web

NAMES = {"127.0.0.1", "localhost", "::1"}
FROM_HERE = {"same-origin", "none"}  # none: typed, or opened by another program


def stranger(request: web.Request) -> str:
    """Why a request comes from elsewhere, as a sentence; empty when nothing says so."""
    if _name(request.host) not in NAMES:
        return f"the control port is called 127.0.0.1 or localhost, and not {request.host!r}"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return f"the control port takes nothing from pages of {origin!r}"
    if (site := request.headers.get("Sec-Fetch-Site")) is not None and site not in FROM_HERE:
        return f"the control port takes nothing from other sites (Sec-Fetch-Site: {site})"
    return ""


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def same(given: str, secret: str) -> bool:
    """Whether both are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())
