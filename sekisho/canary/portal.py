"""A portal of our own on loopback, at which a browser shows before a run what it can: it asks for a certificate."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.pki import pkcs12
from sekisho.pki.x509_text import fingerprint

HOST = "127.0.0.1"
USER = "sekisho canary"
PROGRAM = "sekisho-canary:hello"
LINK = "program"
PAGE = f'<!doctype html><title>canary</title><p>canary</p><a href="{PROGRAM}">{LINK}</a>'.encode()


@dataclass(frozen=True)
class Portal:
    """Where it is, who may show himself there, and whom it saw in the handshake."""

    url: str
    untrusted_url: str
    """The same page under a server certificate that no browser trusts."""
    root: Path
    user: pkcs12.Identity
    pinned_user: pkcs12.Identity
    """Another one, so that each proof is of the certificate that was chosen for it."""
    presented: list[str] = field(default_factory=list)
    """SHA-256 of the certificates that clients proved to have, from their handshakes."""


@contextmanager
def portal(folder: Path) -> Iterator[Portal]:
    """Serve until the context ends; keys and certificates are made for it, and only its root is put into a folder."""
    ours, foreign, users = trustme.CA(), trustme.CA(), trustme.CA()
    root = folder / "root.pem"
    ours.cert_pem.write_to_path(str(root))
    presented: list[str] = []
    servers = [_Server(_tls(authority, users), presented) for authority in (ours, foreign)]
    try:
        yield Portal(servers[0].url, servers[1].url, root, _user(users), _user(users), presented)
    finally:
        for server in servers:
            server.end()


def _tls(authority: trustme.CA, users: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    context.verify_mode = ssl.CERT_OPTIONAL
    users.configure_trust(context)
    return context


def _user(users: trustme.CA) -> pkcs12.Identity:
    made = users.issue_cert("canary@sekisho.example", common_name=USER)
    certificate = x509.load_pem_x509_certificate(made.cert_chain_pems[0].bytes()).public_bytes(Encoding.DER)
    key = serialization.load_pem_private_key(made.private_key_pem.bytes(), None)
    assert isinstance(key, pkcs12.PrivateKey)
    return pkcs12.Identity(key, certificate, (), USER)


class _Server(ThreadingHTTPServer):
    """HTTPS on a free port; the handshake is made in the connection's own thread, so that one may hang."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext, presented: list[str]) -> None:
        super().__init__((HOST, 0), _Handler)
        self.presented = presented
        self._tls = tls
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.server_address[1]}/"

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's
        try:
            secured = self._tls.wrap_socket(request, server_side=True)
        except OSError:  # a browser that does not trust this server ends the handshake
            self.shutdown_request(request)
            return
        super().process_request_thread(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's
        """Say nothing: a browser may go at any moment."""

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        if shown := self.connection.getpeercert(binary_form=True):
            self.server.presented.append(fingerprint(shown))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""
