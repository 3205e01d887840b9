"""Who visits: the browser and the certificate it presented."""

from __future__ import annotations

import re
import secrets
from ssl import SSLObject

from aiohttp import web
from cryptography import x509

VISITOR = "visitor"
SUPPORTED = re.compile(r"\b(?:Headless)?Chrome/|\bEdg/")
OTHERS = re.compile(r"\b(?:OPR|Vivaldi|YaBrowser|SamsungBrowser)/")


def supported_browser(request: web.Request) -> bool:
    """Whether the browser says it is Edge or Chrome."""
    agent = request.headers.get("User-Agent", "")
    return bool(SUPPORTED.search(agent)) and not OTHERS.search(agent)


def client_certificate(request: web.Request) -> x509.Certificate | None:
    """The certificate whose key the browser proved to hold on this connection."""
    transport = request.transport
    tls = transport.get_extra_info("ssl_object") if transport else None
    der = tls.getpeercert(binary_form=True) if isinstance(tls, SSLObject) else None
    return x509.load_der_x509_certificate(der) if der else None


def visitor_id(request: web.Request, response: web.StreamResponse) -> str:
    """A number for this browser profile, which keeps it in a cookie."""
    known = request.cookies.get(VISITOR)
    visitor = known or secrets.token_hex(8)
    if not known:
        response.set_cookie(VISITOR, visitor, httponly=True, secure=True, samesite="Lax", path="/", max_age=10**8)
    return visitor
