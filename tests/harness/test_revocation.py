"""Asking whether a certificate is revoked: where it says, and only if it says so."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from sekisho.pki import revocation
from sekisho.pki.pkcs12 import Identity
from sekisho.verdict import DeviationError, EnvironmentProblemError, NotApplicableError

Ask = Callable[[Identity], object]
ASKS = [revocation.in_crl, revocation.ocsp_status]


class Nonsense(BaseHTTPRequestHandler):
    """Answers with a page, or with 404."""

    def do_GET(self) -> None:
        """To a request for a CRL."""
        self.send_response(404 if self.path == "/missing" else 200)
        self.end_headers()
        self.wfile.write(b"<html>")

    do_POST = do_GET  # noqa: N815 - the base class's name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server without a CRL and without a responder."""
    with HTTPServer(("127.0.0.1", 0), Nonsense) as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def naming(url: str = "", *, chain: bool = True) -> Identity:
    """A certificate that names a CRL and a responder at this address; none without one."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "emp00001")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    if url:
        at = x509.UniformResourceIdentifier(url)
        points = x509.CRLDistributionPoints([x509.DistributionPoint([at], None, None, None)])
        access = x509.AuthorityInformationAccess([x509.AccessDescription(Access.OCSP, at)])
        builder = builder.add_extension(points, critical=False).add_extension(access, critical=False)
    made = builder.sign(key, hashes.SHA256())
    return Identity(key, made.public_bytes(Encoding.DER), (made,) if chain else (), "")


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("url", ["", "ldap://directory.example/crl"])
def test_a_certificate_that_names_no_address_cannot_be_asked_about(ask: Ask, url: str) -> None:
    """No manual promises a CRL or a responder."""
    with pytest.raises(NotApplicableError, match="書かれていない"):
        ask(naming(url))


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("path", ["/missing", "/page"])
def test_an_address_that_is_named_must_work(ask: Ask, server: str, path: str) -> None:
    """What is neither found nor a CRL or an answer is the portal's fault."""
    with pytest.raises(DeviationError):
        ask(naming(f"{server}{path}"))


@pytest.mark.parametrize("ask", ASKS)
def test_an_address_out_of_this_machines_reach_says_nothing_of_the_portal(ask: Ask) -> None:
    """Its own network may be to blame."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(EnvironmentProblemError, match="この機械からは接続できない"):
        ask(naming(f"http://127.0.0.1:{port}/"))
