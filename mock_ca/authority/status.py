"""What the authority publishes about revocation: CRLs (RFC 5280) and OCSP answers (RFC 6960)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from mock_ca.authority.ca import Issuer
from mock_ca.registry import Certificate

FRESH = timedelta(days=1)


def crl(issuer: Issuer, revoked: Iterable[Certificate]) -> bytes:
    """The issuer's revocation list, made now, in DER."""
    now = datetime.now(UTC).replace(microsecond=0)
    key = issuer.key.public_key()
    builder = (
        x509.CertificateRevocationListBuilder(issuer.certificate.subject, now, now + FRESH)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key), critical=False)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
    )
    for one in revoked:
        builder = builder.add_revoked_certificate(_entry(one))
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def answer(issuer: Issuer, request: bytes, subject: Certificate | None, *, revoked: bool) -> bytes:
    """Answer an OCSP request for a certificate of this issuer; unknown certificates are not answered for."""
    if subject is None:
        return refuse(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    asked = ocsp.load_der_ocsp_request(request)
    now = datetime.now(UTC).replace(microsecond=0)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=x509.load_der_x509_certificate(subject.certificate),
        issuer=issuer.certificate,
        algorithm=asked.hash_algorithm,
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=now,
        next_update=now + FRESH,
        revocation_time=subject.revoked_at if revoked else None,
        revocation_reason=x509.ReasonFlags.superseded if revoked else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
    for extension in asked.extensions:
        if isinstance(extension.value, x509.OCSPNonce):
            builder = builder.add_extension(extension.value, critical=False)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def refuse(status: ocsp.OCSPResponseStatus = ocsp.OCSPResponseStatus.MALFORMED_REQUEST) -> bytes:
    """An OCSP answer that says no more than why there is none."""
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)


def _entry(certificate: Certificate) -> x509.RevokedCertificate:
    assert certificate.revoked_at
    return (
        x509.RevokedCertificateBuilder(int(certificate.serial, 16), certificate.revoked_at)
        .add_extension(x509.CRLReason(x509.ReasonFlags.superseded), critical=False)
        .build()
    )
