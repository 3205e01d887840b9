"""What authorities answer about revoked certificates: lists (RFC 5280) and OCSP responses (RFC 6960), taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from sekisho.pki.chains import issued_by, signature_fits
from sekisho.pki.x509_parts import load
from sekisho.pki.x509_text import extension


@dataclass(frozen=True)
class ListAnswer:
    """Whether a list has a serial number, and whether somebody else than the issuer has signed it."""

    listed: bool
    forged: bool


@dataclass(frozen=True)
class OcspAnswer:
    """An OCSP response: how it went (SUCCESSFUL, …), and then what about which certificate, and who says so."""

    went: str
    status: str = ""
    serial: str = ""
    """In hexadecimal digits."""
    forged: bool = False


def listed(data: bytes, issuer: bytes, serial: str) -> ListAnswer:
    """Look into a CRL for a serial number (hex). Raises ValueError, TypeError or UnsupportedAlgorithm."""
    crl, signer = x509.load_der_x509_crl(data), load(issuer).public_key()
    forged = not crl.is_signature_valid(signer)  # type: ignore[arg-type]  # an issuer's key signs
    found = crl.get_revoked_certificate_by_serial_number(int(serial, 16))
    return ListAnswer(found is not None, forged)


def answered(data: bytes, issuer: bytes) -> OcspAnswer:
    """Look into an OCSP response. Raises ValueError, TypeError or UnsupportedAlgorithm."""
    answer = ocsp.load_der_ocsp_response(data)
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return OcspAnswer(answer.response_status.name)
    forged = not _answered_by(load(issuer), answer)
    return OcspAnswer("SUCCESSFUL", answer.certificate_status.name, f"{answer.serial_number:x}", forged)


def _answered_by(issuer: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    """Whether the issuer signed an answer, or a responder that it has let do so (RFC 6960 4.2.2.2)."""
    deputies = [one for one in answer.certificates if issued_by(one, issuer) and _may_answer(one)]
    algorithm = answer.signature_hash_algorithm
    return any(
        signature_fits(one.public_key(), answer.signature, answer.tbs_response_bytes, algorithm)
        for one in (issuer, *deputies)
    )


def _may_answer(cert: x509.Certificate) -> bool:
    purposes = extension(cert.public_bytes(Encoding.DER), x509.ExtendedKeyUsage)
    return purposes is not None and ExtendedKeyUsageOID.OCSP_SIGNING in purposes
