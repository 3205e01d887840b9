"""Whether a certificate is revoked, asked where the certificate itself says: CRL (RFC 5280) and OCSP (RFC 6960)."""

from __future__ import annotations

import urllib.request
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from sekisho.pkcs12 import Identity
from sekisho.verdict import DeviationError

SECONDS = 10

Extension = TypeVar("Extension", bound=x509.ExtensionType)


def in_crl(identity: Identity) -> bool:
    """Whether the CRL lists the certificate. Raises DeviationError for a missing, unreadable or forged CRL."""
    points = _extension(identity, x509.CRLDistributionPoints)
    urls = [name.value for point in points or () for name in point.full_name or ()]
    if not urls:
        raise DeviationError("証明書に CRL 配布点が無い")
    try:
        crl = x509.load_der_x509_crl(_fetch(urls[0]))
    except ValueError as error:
        raise DeviationError(f"{urls[0]} は CRL ではない") from error
    if not crl.is_signature_valid(identity.chain[0].public_key()):  # type: ignore[arg-type]  # an issuer's key signs
        raise DeviationError("CRL の署名が発行者のものでない")
    return crl.get_revoked_certificate_by_serial_number(identity.certificate.serial_number) is not None


def ocsp_status(identity: Identity) -> str:
    """GOOD, REVOKED or UNKNOWN, as the responder says. Raises DeviationError when it gives no such answer."""
    accesses = _extension(identity, x509.AuthorityInformationAccess) or ()
    urls = [one.access_location.value for one in accesses if one.access_method == Access.OCSP]
    if not urls:
        raise DeviationError("証明書に OCSP の宛先が無い")
    question = ocsp.OCSPRequestBuilder().add_certificate(identity.certificate, identity.chain[0], hashes.SHA1()).build()  # noqa: S303
    data = question.public_bytes(serialization.Encoding.DER)
    answer = ocsp.load_der_ocsp_response(_fetch(urls[0], data))
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise DeviationError(f"OCSP の応答が {answer.response_status.name} である")
    return answer.certificate_status.name


def _extension(identity: Identity, kind: type[Extension]) -> Extension | None:
    try:
        return identity.certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _fetch(url: str, data: bytes | None = None) -> bytes:
    headers = {"Content-Type": "application/ocsp-request"} if data else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=data, headers=headers), timeout=SECONDS) as answer:
            body: bytes = answer.read()
            return body
    except OSError as error:
        raise DeviationError(f"{url} から失効情報を取得できない: {error}") from error
