"""Rooms whose page makes the key: only the request is sent, and the file is made where the key is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.manuals.portal.premises import Answer, Asked, Premises, page

SCRIPT = Path(__file__).with_name("ownkey.js").read_text(encoding="utf-8")
FIELD = "<table border=1><tr><td>パスワード<td><input type=password id=password></table>"
PRESSED = """<button onclick="make('{}', '{}', '{}')">鍵を作って申請</button> <a id=link hidden>ダウンロード</a>"""


class OwnKey:
    """鍵の作成: a PKCS#12 file as a blob."""

    room = "ownkey"
    leak = "json"

    def __init__(self, premises: Premises) -> None:
        """Nothing is kept: the portal never has the key."""
        self._premises = premises

    def answer(self, asked: Asked) -> Answer | None:
        """The page, or the certificate for a request."""
        if asked.path == "request":
            return Answer(self._issued(x509.load_der_x509_csr(asked.body)), "application/pkix-cert")
        if asked.path == "backup":
            return Answer(b"", "text/plain")
        wrong = self._premises.wrong
        leak = self.leak if f"key-sent-as-{self.leak}" in wrong else ""
        lock = "another-one" if "own-key-under-another-password" in wrong else ""
        pressed = PRESSED.format(self.room, leak, lock)
        return page("鍵の作成", f"<h1>鍵の作成</h1><script>{SCRIPT}</script>{FIELD}{pressed}")

    def _issued(self, request: x509.CertificateSigningRequest) -> bytes:
        authority, now = self._premises.authority, dt.datetime.now(dt.UTC)
        other = self.room == "ownpem" and "own-pem-for-another-key" in self._premises.wrong
        issued = (
            x509.CertificateBuilder()
            .subject_name(request.subject)
            .issuer_name(authority.cert.subject)
            .public_key(ec.generate_private_key(ec.SECP256R1()).public_key() if other else request.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(minutes=1))
            .not_valid_after(now + dt.timedelta(days=365))
            .sign(authority.key, hashes.SHA256())
        )
        return issued.public_bytes(Encoding.DER)


class OwnPem(OwnKey):
    """鍵の作成（PEM）: a PEM file as an address that holds it."""

    room = "ownpem"
    leak = "form"
