"""What a server's handshake says about client certificates, asked without the browser.

Used only where a browser showed no certificate dialog: the handshake tells who is to blame for it. A server that asks
for a certificate later (renegotiation) seems not to ask.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from OpenSSL import SSL

from sekisho.pki.pkcs12 import Identity

ANSWER_SECONDS = 5
REQUEST_READ = b"certificate request"  # in OpenSSL's name for the state
ANY_ISSUER: tuple[bytes, ...] = ()
FIT = {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


@dataclass(frozen=True)
class Demand:
    """Whether a certificate was asked for, and the names (DER) of the authorities that were named; none means any."""

    asked: bool
    issuers: tuple[bytes, ...] = ANY_ISSUER

    def suits(self, identity: Identity) -> bool:
        """Whether a browser has to offer a certificate: valid now, made for this, below an authority that is named."""
        path = (identity.certificate, *identity.chain)
        named = {one.issuer.public_bytes() for one in path}
        return self.asked and _is_usable(identity.certificate) and (not self.issuers or bool(named & set(self.issuers)))


def asks_for_certificate(url: str) -> bool:
    """Whether the server at an address is there and asks for a client certificate in its handshake."""
    demand = demand_of(url)
    return demand is not None and demand.asked


def demand_of(url: str) -> Demand | None:
    """What the server at an address asks for in its handshake; None where nobody can tell from here."""
    parts, states = urlsplit(url), list[bytes]()
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_info_callback(lambda connection, _where, _code: states.append(connection.get_state_string()))
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 443), timeout=ANSWER_SECONDS) as raw:
            raw.settimeout(None)
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", ANSWER_SECONDS, 0))
            connection = SSL.Connection(context, raw)
            connection.set_tlsext_host_name((parts.hostname or "").encode("idna"))
            connection.set_connect_state()
            done = _shake_hands(connection)
            issuers = tuple(name.der() for name in connection.get_client_ca_list())
    except (OSError, UnicodeError):
        return None
    asked = any(REQUEST_READ in state for state in states)
    return Demand(asked, issuers) if asked or done else None


def _shake_hands(connection: SSL.Connection) -> bool:
    """Whether the handshake comes to its end; a server that insists on a certificate ends it before."""
    try:
        connection.do_handshake()
    except SSL.Error:
        return False
    return True


def _is_usable(certificate: x509.Certificate) -> bool:
    now = datetime.now(UTC)
    in_time = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    try:
        usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return in_time
    except ValueError:  # extensions that cannot be parsed: what the browser makes of them is not known
        return False
    return in_time and bool(FIT & set(usages))
