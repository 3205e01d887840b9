"""Words for the parts of a certificate, as the reports print them."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtensionOID

SIGNATURES = {
    "1.2.840.113549.1.1.5": "sha1WithRSAEncryption",
    "1.2.840.113549.1.1.10": "rsassaPss",
    "1.2.840.113549.1.1.11": "sha256WithRSAEncryption",
    "1.2.840.113549.1.1.12": "sha384WithRSAEncryption",
    "1.2.840.113549.1.1.13": "sha512WithRSAEncryption",
    "1.2.840.10045.4.3.2": "ecdsa-with-SHA256",
    "1.2.840.10045.4.3.3": "ecdsa-with-SHA384",
}

KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


def signature_name(cert: x509.Certificate) -> str:
    """Signature algorithm under the name openssl prints, or its dotted OID."""
    oid = cert.signature_algorithm_oid.dotted_string
    return SIGNATURES.get(oid, oid)


def extension_text(extension: x509.Extension[Any]) -> str:
    """One extension as 'name: value', with '(critical)' after the name where it is."""
    name = _name(extension.oid) + (" (critical)" if extension.critical else "")
    return f"{name}: {_value(extension.value)}"


def _name(oid: x509.ObjectIdentifier) -> str:
    names = {value.dotted_string: key for key, value in vars(ExtensionOID).items() if not key.startswith("_")}
    key = names.get(oid.dotted_string)
    return "".join(part.capitalize() for part in key.split("_")) if key else oid.dotted_string


def _value(value: x509.ExtensionType) -> str:
    for kind, words in _WORDS.items():
        if isinstance(value, kind):
            return str(words(value))
    return value.public_bytes().hex()


def _constraints(value: x509.BasicConstraints) -> str:
    limit = "" if value.path_length is None else f", pathlen={value.path_length}"
    return f"CA={'TRUE' if value.ca else 'FALSE'}{limit}"


def _usages(value: x509.KeyUsage) -> str:
    return ", ".join(usage for usage in KEY_USAGES if getattr(value, usage))


def _purposes(value: x509.ExtendedKeyUsage) -> str:
    return ", ".join(_oid_name(oid) for oid in value)


def _oid_name(oid: x509.ObjectIdentifier) -> str:
    name = getattr(oid, "_name", "")
    return oid.dotted_string if name in {"", "Unknown OID"} else str(name)


def _names(value: x509.SubjectAlternativeName) -> str:
    return ", ".join(_general_name(name) for name in value)


def _general_name(name: x509.GeneralName) -> str:
    if isinstance(name, x509.DirectoryName):
        return name.value.rfc4514_string()
    return str(name.value)


def _points(value: x509.CRLDistributionPoints) -> str:
    return ", ".join(_general_name(name) for point in value for name in point.full_name or [])


def _access(value: x509.AuthorityInformationAccess) -> str:
    return ", ".join(f"{_oid_name(item.access_method)} {_general_name(item.access_location)}" for item in value)


def _authority(value: x509.AuthorityKeyIdentifier) -> str:
    return (value.key_identifier or b"").hex()


def _policies(value: x509.CertificatePolicies) -> str:
    return ", ".join(policy.policy_identifier.dotted_string for policy in value)


_WORDS: dict[type, Any] = {
    x509.BasicConstraints: _constraints,
    x509.KeyUsage: _usages,
    x509.ExtendedKeyUsage: _purposes,
    x509.SubjectAlternativeName: _names,
    x509.CRLDistributionPoints: _points,
    x509.AuthorityInformationAccess: _access,
    x509.AuthorityKeyIdentifier: _authority,
    x509.SubjectKeyIdentifier: lambda value: value.digest.hex(),
    x509.CertificatePolicies: _policies,
}
