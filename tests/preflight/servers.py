"""HTTPS servers on loopback with something wrong about them."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID

from tests.pki.making import Holder, Key, key, name, root


class Site(ThreadingHTTPServer):
    """One site: the status that it answers, and how far its clock is ahead."""

    daemon_threads = True
    status = 200
    ahead = timedelta()
    body = b""
    headers: Mapping[str, str] = MappingProxyType({})

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
        self.send_header("Content-Length", str(len(self.server.body)))
        for header, value in self.server.headers.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def serving(tls: ssl.SSLContext | None) -> Iterator[Site]:
    """A site with a TLS of its own, or without."""
    running = Site(("127.0.0.1", 0), Handler)
    if tls:
        running.socket = tls.wrap_socket(running.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@contextmanager
def without_intermediate(folder: Path) -> Iterator[tuple[Site, bytes]]:
    """A site that sends its own certificate only, which says where its issuer's is to be had; and the root."""
    top = root("Root")
    middle = top.issue(name("Middle"), ca=True)
    with serving(None) as repository:
        repository.body = middle.cert.public_bytes(Encoding.DER)
        own = key()
        at = f"http://127.0.0.1:{repository.server_address[1]}/ca.cer"
        secret = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "server.pem").write_bytes(secret + for_server(middle, own, at).public_bytes(Encoding.PEM))
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "server.pem")
        with serving(tls) as running:
            yield running, top.cert.public_bytes(Encoding.PEM)


def for_server(issuer: Holder, own: Key, issuer_at: str) -> x509.Certificate:
    """A server's certificate for loopback that says where its issuer's is to be had."""
    now, here = datetime.now(UTC), x509.IPAddress(ip_address("127.0.0.1"))
    at = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(issuer_at))
    builder = x509.CertificateBuilder(issuer.cert.subject, name("x"), own.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=30))
    builder = builder.add_extension(x509.SubjectAlternativeName([here]), critical=False)
    builder = builder.add_extension(x509.AuthorityInformationAccess([at]), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


OLD_CIPHER = "AES128-SHA"


@contextmanager
def with_old_cipher(ca: trustme.CA) -> Iterator[Site]:
    """A site that speaks TLS 1.2 with one suite: no forward secrecy, CBC, SHA-1."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.set_ciphers(f"{OLD_CIPHER}:@SECLEVEL=0")
    ca.issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA).configure_cert(tls)
    with serving(tls) as running:
        yield running


@contextmanager
def site(
    ca: trustme.CA,
    host: str = "127.0.0.1",
    *,
    expired: bool = False,
    asks: bool = False,
    newest: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED,
) -> Iterator[Site]:
    """A site with a certificate for a name; `asks` for a client certificate that nobody has."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.maximum_version = newest
    past = datetime.now(UTC) - timedelta(days=1) if expired else None
    ca.issue_cert(host, not_after=past).configure_cert(tls)
    if asks:
        tls.verify_mode = ssl.CERT_REQUIRED
        ca.configure_trust(tls)
    with serving(tls) as running:
        yield running
