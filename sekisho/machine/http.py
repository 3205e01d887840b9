"""HTTP requests of our own. What lies on this machine is never asked by way of a proxy.

Offices set http_proxy, and many forget no_proxy: their proxy would then answer for the portal, with a 403 or 502 that
is none of the portal's. Browsers leave the proxy aside there too.
"""

from __future__ import annotations

import ipaddress
import urllib.request
from http.client import HTTPResponse
from urllib.parse import urlsplit

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(request: urllib.request.Request, seconds: float) -> HTTPResponse:
    """The answer to a request, to be closed. Raises as `urllib.request.urlopen`: HTTPError, OSError."""
    way = _DIRECT.open if on_this_machine(urlsplit(request.full_url).hostname or "") else urllib.request.urlopen
    answer: HTTPResponse = way(request, timeout=seconds)
    return answer


def on_this_machine(host: str) -> bool:
    """Whether a host is this machine itself, by name or number."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
