"""HTTPS servers on loopback with something wrong about them."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme


class Site(ThreadingHTTPServer):
    """One site: the status that it answers, and how far its clock is ahead."""

    daemon_threads = True
    status = 200
    ahead = timedelta()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"https://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us goes away."""


class Handler(BaseHTTPRequestHandler):
    """One answer."""

    server: Site

    def do_GET(self) -> None:
        """Answer with the site's status and clock."""
        self.send_response_only(self.server.status)
        self.send_header("Date", format_datetime(datetime.now(UTC) + self.server.ahead, usegmt=True))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def site(ca: trustme.CA, name: str = "127.0.0.1", *, expired: bool = False, asks: bool = False) -> Iterator[Site]:
    """A site with a certificate for a name; `asks` for a client certificate that nobody has."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime.now(UTC) - timedelta(days=1) if expired else None
    ca.issue_cert(name, not_after=past).configure_cert(tls)
    if asks:
        tls.verify_mode = ssl.CERT_REQUIRED
        ca.configure_trust(tls)
    running = Site(("127.0.0.1", 0), Handler)
    running.socket = tls.wrap_socket(running.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()
