"""A listener that takes anybody's certificate, where a defect wants it.

Python's `ssl` verifies what a client presents, and refuses it before the portal hears of it. So the certificate is read
from the handshake's own message, before it is verified, and trusted then.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable

from cryptography import x509

CERTIFICATE = 11  # RFC 8446 section 4.4.2: the type of the message that carries certificates
SEQUENCE = b"\x30\x82"  # how a certificate of more than 255 bytes begins in DER


class Credulity:
    """Listens to a listener's handshakes; `wanted` is asked when a certificate of an unknown authority comes."""

    def __init__(self, context: ssl.SSLContext, authorities: str, wanted: Callable[[], bool]) -> None:
        """Know the authorities (PEM) whose certificates are verified as ever."""
        self._context, self._wanted = context, wanted
        self._known = {one.subject for one in x509.load_pem_x509_certificates(authorities.encode())}
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # a certificate without its issuer can be trusted
        context._msg_callback = self.hear  # type: ignore[attr-defined]  # noqa: SLF001 - ssl tells it in no other way

    def hear(self, _: object, direction: str, __: object, ___: object, kind: object, data: bytes) -> None:
        """Trust the certificate in a message, if nobody knows who issued it and a defect wants that."""
        if direction != "read" or kind != CERTIFICATE or (der := _first(data)) is None:
            return
        if x509.load_der_x509_certificate(der).issuer not in self._known and self._wanted():
            self._context.load_verify_locations(cadata=der)


def _first(message: bytes) -> bytes | None:
    """The first certificate in a message, which says its length in the three bytes before it; None without one."""
    at = message.find(SEQUENCE)
    length = int.from_bytes(message[at - 3 : at], "big") if at >= len(SEQUENCE) + 1 else 0
    return message[at : at + length] if length else None
