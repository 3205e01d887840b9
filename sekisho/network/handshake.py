"""A TLS handshake of the harness's own: shows a server a certificate that a browser would not, and proves it.

A browser offers no expired certificate, and none whose issuer the server does not name. Whether a portal refuses one
can only be seen by somebody who presents it all the same. What was said in the handshake is read from its messages.
"""

from __future__ import annotations

import secrets
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.pki.pkcs12 import Identity
from sekisho.results import Note

SECONDS = 10.0
CERTIFICATE, CERTIFICATE_REQUEST = 11, 13  # RFC 8446 section 4: types of handshake messages
OLD_SERVERS = "ALL:@SECLEVEL=0"  # the browser judges the server; here it only matters what the server asks for
OLD_RENEGOTIATION = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT
# SSL_OP_NO_TX_CERTIFICATE_COMPRESSION: OpenSSL 3.2 and later would send a certificate whose bytes nobody recognises
# (RFC 8879); older ones do not know the bit.
AS_IT_IS = 1 << 32


@dataclass
class Handshake:
    """What a server asked for, and what it was shown."""

    url: str
    asked: bool = False
    presented: bool = False
    answered: bool = False
    """Whether it said a word at all: of one that was not reached nobody knows what it would ask for."""
    refused: str = ""
    """How it ended, where the server ended it; empty where it went on."""
    _certificate: bytes = field(default=b"", repr=False)

    def hear(self, _: object, direction: str, __: object, ___: object, kind: object, data: bytes) -> None:
        """Listen to a message of the handshake."""
        self.answered = self.answered or direction == "read"
        if direction == "read" and kind == CERTIFICATE_REQUEST:
            self.asked = True
        if direction == "write" and kind == CERTIFICATE and self._certificate in data:
            self.presented = True

    def note(self, identity: Identity) -> Note:
        """What the report says of it."""
        serial = f"{identity.certificate.serial_number:x}"
        lines = [
            self.url,
            self._demand(),
            say(
                f"シリアル番号 {serial} の証明書を{'提示した' if self.presented else '提示していない'}",
                f"The certificate with serial number {serial} was {'presented' if self.presented else 'not presented'}",
            ),
            *([say(f"サーバーの返事: {self.refused}", f"The server's answer: {self.refused}")] if self.refused else []),
        ]
        return Note(title=say("試験器による TLS ハンドシェイク", "TLS handshake by the harness"), lines=lines)

    def _demand(self) -> str:
        if not self.answered:
            return say("サーバーにつながらなかった", "The server was not reached")
        return say(
            f"サーバーはクライアント証明書を{'求めた' if self.asked else '求めなかった'}",
            f"The server {'asked' if self.asked else 'did not ask'} for a client certificate",
        )


def present(url: str, identity: Identity, seconds: float = SECONDS) -> Handshake:
    """Connect to the server of an address, and show it a certificate if it asks for one.

    Where it does not ask while the connection is made, the address itself is asked for: some servers want a certificate
    for some of their pages only. A server that cannot be reached says so in `refused`.
    """
    parts = urlsplit(url)
    assert parts.hostname
    found = Handshake(url, _certificate=identity.certificate.public_bytes(Encoding.DER))
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), seconds) as line,
            _context(identity, found).wrap_socket(line, server_hostname=parts.hostname) as secured,
        ):
            if not found.asked:
                _ask(secured, parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    except (OSError, HTTPException) as error:
        found.refused = str(getattr(error, "reason", "") or error or type(error).__name__)
    return found


def _context(identity: Identity, found: Handshake) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers(OLD_SERVERS)
    context.options |= OLD_RENEGOTIATION
    with suppress(OverflowError):  # Python 3.11 on Windows has no room for the bit, nor an OpenSSL that compresses
        context.options |= AS_IT_IS
    context.post_handshake_auth = True
    with tempfolders.lent("shown") as folder:
        path, password = folder / "shown.pem", secrets.token_urlsafe(24)
        path.write_bytes(_pem(identity, password))
        context.load_cert_chain(path, password=password)
    context._msg_callback = found.hear  # type: ignore[attr-defined]  # noqa: SLF001 - ssl tells it in no other way
    return context


def _pem(identity: Identity, password: str) -> bytes:
    lock = BestAvailableEncryption(password.encode())
    key = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    return key + b"".join(one.public_bytes(Encoding.PEM) for one in (identity.certificate, *identity.chain))


def _ask(line: ssl.SSLSocket, host: str, path: str) -> None:
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("ascii", "replace"))
    with HTTPResponse(line) as answer:
        answer.begin()
