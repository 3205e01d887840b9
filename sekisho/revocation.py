"""Whether a certificate is revoked, asked where the certificate itself says: CRL (RFC 5280) and OCSP (RFC 6960)."""

from __future__ import annotations

import urllib.request
from typing import TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from sekisho.pkcs12 import Identity
from sekisho.verdict import DeviationError, EnvironmentProblemError, NotApplicableError

SECONDS = 10

Extension = TypeVar("Extension", bound=x509.ExtensionType)


def in_crl(identity: Identity) -> bool:
    """Whether the CRL lists the certificate. Raises DeviationError for an unreadable or forged CRL.

    Raises NotApplicableError for a certificate that names no CRL to be had over HTTP: nothing promises one.
    """
    points = _extension(identity, x509.CRLDistributionPoints)
    url = _web([name.value for point in points or () for name in point.full_name or ()], "CRL 配布点")
    try:
        crl = x509.load_der_x509_crl(_fetch(url))
    except ValueError as error:
        raise DeviationError(f"{url} は CRL ではない") from error
    if not crl.is_signature_valid(_issuer(identity).public_key()):  # type: ignore[arg-type]  # an issuer's key signs
        raise DeviationError("CRL の署名が発行者のものでない")
    return crl.get_revoked_certificate_by_serial_number(identity.certificate.serial_number) is not None


def ocsp_status(identity: Identity) -> str:
    """GOOD, REVOKED or UNKNOWN, as the responder says. Raises DeviationError when it gives no such answer.

    Raises NotApplicableError for a certificate that names no responder to be asked over HTTP.
    """
    accesses = _extension(identity, x509.AuthorityInformationAccess) or ()
    url = _web([one.access_location.value for one in accesses if one.access_method == Access.OCSP], "OCSP の宛先")
    question = ocsp.OCSPRequestBuilder().add_certificate(identity.certificate, _issuer(identity), hashes.SHA1()).build()  # noqa: S303
    try:
        answer = ocsp.load_der_ocsp_response(_fetch(url, question.public_bytes(serialization.Encoding.DER)))
    except ValueError as error:
        raise DeviationError(f"{url} の答えは OCSP の応答ではない") from error
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise DeviationError(f"OCSP の応答が {answer.response_status.name} である")
    return answer.certificate_status.name


def _web(names: list[str], what: str) -> str:
    """The first address that can be asked over HTTP. Raises NotApplicableError where there is none."""
    found = next((name for name in names if urlsplit(name).scheme in {"http", "https"}), None)
    if found is None:
        raise NotApplicableError(f"証明書に、HTTP で問い合わせられる {what}が書かれていない（手順書は定めていない）")
    return found


def _issuer(identity: Identity) -> x509.Certificate:
    """The certificate that signed it. Raises NotApplicableError where the user's file came without."""
    if not identity.chain:
        raise NotApplicableError("発行者の証明書が PKCS#12 に無く、失効情報の署名を確かめられない")
    return identity.chain[0]


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
    except HTTPError as error:
        raise DeviationError(f"{url} から失効情報を取得できない: HTTP {error.code}") from error
    except OSError as error:
        raise EnvironmentProblemError(f"{url} に、この機械からは接続できない: {error}") from error
