"""Files of certificates, as portals offer them for download, taken apart as Windows opens them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from sekisho.pki import ber
from sekisho.pki.x509_parts import load

ARMOUR = re.compile(
    rb"-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE|PKCS7|CMS|CERTIFICATE CHAIN)-----([^-]*)-----END ", re.DOTALL
)
BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")


def certificates(data: bytes) -> list[bytes]:
    """The certificates (DER) in a file: DER, PEM (also below other text), bare base64, or PKCS#7; none in any other."""
    return [one.public_bytes(Encoding.DER) for der in _encoded(data) for one in _loaded(der)]


def _encoded(data: bytes) -> Iterator[bytes]:
    """What of a file may be DER."""
    blocks = [match[1] for match in ARMOUR.finditer(data)]
    text = data.removeprefix(b"\xef\xbb\xbf")
    if not blocks and BASE64.fullmatch(text):
        blocks = [text]
    if not blocks:
        yield data
    for block in blocks:
        try:
            yield base64.b64decode(b"".join(block.split()), validate=True)
        except binascii.Error:
            continue


def _loaded(der: bytes) -> list[x509.Certificate]:
    """One certificate, or those in PKCS#7; nothing where the bytes are neither."""
    ways: tuple[Callable[[bytes], list[x509.Certificate]], ...] = (_one, pkcs7.load_der_pkcs7_certificates)
    for read in ways:
        try:
            return list(read(der))
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
    return []


def _one(data: bytes) -> list[x509.Certificate]:
    """The certificate at the beginning: what stands after it is no matter."""
    return [load(bytes(ber.first(data, ber.Steps()).whole))]
