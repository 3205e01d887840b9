"""Files of certificates, as portals offer them for download, read as Windows opens them; roots judged before trust."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs7

from sekisho import ber, chains, pkcs12
from sekisho.x509parts import load

MOST_BYTES = 2**20
ARMOUR = re.compile(
    rb"-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE|PKCS7|CMS|CERTIFICATE CHAIN)-----([^-]*)-----END ", re.DOTALL
)
BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")


class NotRootError(pkcs12.ImportRefusedError):
    """The file holds no certificate, or not that of a root authority."""


def read_certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates in a file: DER, PEM (also below other text), bare base64, or PKCS#7. Raises NotRootError."""
    found = [one for der in _encoded(data) for one in _loaded(der)] if len(data) <= MOST_BYTES else []
    if not found:
        raise NotRootError("ファイルに証明書（DER、PEM、base64 または PKCS#7）が入っていません。")
    return found


def read_root(data: bytes) -> x509.Certificate:
    """The root certificate in a file, also beside others; raises `NotRootError`."""
    found = read_certificates(data)
    roots = [one for one in found if chains.self_issued(one)]
    if not roots:
        name = pkcs12.display_name(found[0].subject)
        raise NotRootError(f"「{name}」の証明書は自己署名ではなく、ルート証明書ではありません。")
    authorities = [one for one in roots if _is_authority(one)]
    if not authorities:
        raise NotRootError(f"「{pkcs12.display_name(roots[0].subject)}」の証明書は認証局のものではありません。")
    return next(filter(chains.is_root, authorities), authorities[0])


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


def _is_authority(certificate: x509.Certificate) -> bool:
    """Whether nothing in it says that it is none: old roots (all of version 1) have no basicConstraints."""
    said = next((one for one in pkcs12.facts(certificate).extensions if one.startswith("BasicConstraints")), "")
    return "CA=FALSE" not in said
