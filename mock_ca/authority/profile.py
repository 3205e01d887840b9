"""What goes into certificates: the subscribers' profile and those of the authorities above them (RFC 5280)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# NIST's arc for test policies (csrc.nist.gov, Computer Security Objects Register): claims nothing.
TEST_POLICY = x509.ObjectIdentifier("2.16.840.1.101.3.2.1.48.1")
MOCK_ORGANIZATION = "sekisho mock CA"


@dataclass(frozen=True)
class Profile:
    """The parts of a subscriber's certificate that are chosen each time; `units` are innermost first."""

    common_name: str
    organization: str
    units: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    client_auth: bool = True


def subscriber_name(profile: Profile) -> x509.Name:
    """C, O, the organizational units from the outermost in, and CN."""
    units = [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in reversed(profile.units)]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, profile.organization),
            *units,
            x509.NameAttribute(NameOID.COMMON_NAME, profile.common_name),
        ]
    )


def authority_name(common_name: str) -> x509.Name:
    """The name of a root or issuing CA; the organization says that it is a mock."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, MOCK_ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def template(
    subject: x509.Name,
    key: rsa.RSAPublicKey,
    issuer: x509.Name,
    signer: rsa.RSAPublicKey,
    life: tuple[datetime, datetime],
) -> x509.CertificateBuilder:
    """What every certificate has: names, serial number, validity and both key identifiers."""
    return (
        x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), *life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def as_authority(builder: x509.CertificateBuilder, *, path_length: int) -> x509.CertificateBuilder:
    """May sign certificates, CRLs and OCSP answers."""
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True).add_extension(
        _usage(signs_certificates=True), critical=True
    )


def as_subscriber(builder: x509.CertificateBuilder, *, client_auth: bool) -> x509.CertificateBuilder:
    """May authenticate a TLS client."""
    purpose = ExtendedKeyUsageOID.CLIENT_AUTH if client_auth else ExtendedKeyUsageOID.EMAIL_PROTECTION
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    )


def published(
    builder: x509.CertificateBuilder, repository: str, issuer: str, *, ocsp: bool = True
) -> x509.CertificateBuilder:
    """Say under which policy it was issued, where its issuer's certificate, CRL and OCSP responder are."""
    places = [(Access.CA_ISSUERS, f"{repository}/ca/{issuer}.crt")]
    if ocsp:
        places.insert(0, (Access.OCSP, f"{repository}/ocsp/{issuer}"))
    access = [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in places]
    crl = x509.UniformResourceIdentifier(f"{repository}/crl/{issuer}.crl")
    point = x509.DistributionPoint(full_name=[crl], relative_name=None, reasons=None, crl_issuer=None)
    return (
        builder.add_extension(x509.CertificatePolicies([x509.PolicyInformation(TEST_POLICY, None)]), critical=False)
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .add_extension(x509.AuthorityInformationAccess(access), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_encipherment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def sign(builder: x509.CertificateBuilder, key: rsa.RSAPrivateKey) -> x509.Certificate:
    """Sign with SHA-256."""
    return builder.sign(key, hashes.SHA256())
