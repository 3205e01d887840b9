"""The facts of certificates, as results, reports and checks show them: one reader, which no certificate stops.

What a library cannot decode is shown as hex. Names, times and extensions are read from the bytes; `cryptography` puts
the extensions that it knows into words.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import ExtensionOID

from sekisho import results
from sekisho.language import say
from sekisho.pki import ber, x509_names
from sekisho.pki.x509_parts import Extension, Parts, load, take_apart

SIGNATURES = {
    "1.2.840.113549.1.1.4": "md5WithRSAEncryption",
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


Known = TypeVar("Known", bound=x509.ExtensionType)

LONGEST = 2000  # characters of one extension
MOST_NAMED = 100  # extensions of one certificate that are put into words; an honest one has about ten

# A version 3 certificate with nothing in it but an extension: `cryptography` reads extensions of whole certificates
# only, and one that is malformed hides all others.
_ED25519 = bytes.fromhex("300506032b6570")
_TIME = ber.der(0x17, b"700101000000Z")
_BEFORE = b"".join(
    [
        bytes.fromhex("a003020102020101"),
        _ED25519,
        bytes.fromhex("3000"),
        ber.der(ber.SEQUENCE, _TIME, _TIME),
        bytes.fromhex("3000"),
        ber.der(ber.SEQUENCE, _ED25519, ber.der(ber.BITS, bytes(33))),
    ]
)
_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


def facts(cert: x509.Certificate | bytes, title: str = "") -> results.Certificate:
    """What the reports show of a certificate. Raises `NoCertificateError` (a ValueError) for bytes that are none."""
    der = cert if isinstance(cert, bytes) else cert.public_bytes(Encoding.DER)
    return _facts(der).model_copy(update={"title": title})


@lru_cache(maxsize=1024)
def _facts(der: bytes) -> results.Certificate:
    parts = take_apart(der)
    return results.Certificate(
        subject=x509_names.text(parts.subject),
        issuer=x509_names.text(parts.issuer),
        subject_cn=x509_names.display(parts.subject),
        issuer_cn=x509_names.display(parts.issuer),
        serial=f"{parts.serial:x}",
        not_before=parts.not_before,
        not_after=parts.not_after,
        key=_key_of(parts),
        signature=SIGNATURES.get(parts.signature, parts.signature),
        extensions=[_line(one, number) for number, one in enumerate(parts.extensions)],
        sha256=fingerprint(der),
    )


def extension(der: bytes, kind: type[Known]) -> Known | None:
    """An extension of a certificate, whatever is malformed beside it; None where it is not there or cannot be read."""
    found = (one for one in take_apart(der).extensions if one.oid == kind.oid.dotted_string)
    try:
        value = next((_whole(one).extensions[0].value for one in found), None)
    except _UNREADABLE:
        return None
    return value if isinstance(value, kind) else None


def fingerprint(cert: x509.Certificate | bytes) -> str:
    """SHA-256 of the certificate, lower-case hex."""
    return sha256(cert if isinstance(cert, bytes) else cert.public_bytes(Encoding.DER)).hexdigest()


def display_name(name: x509.Name) -> str:
    """The one part of a distinguished name by which browsers list a certificate: common name, else unit, else owner."""
    return x509_names.display(name.public_bytes())


def key_name(key: object) -> str:
    """Algorithm and size of a public key, such as RSA-2048 or EC-secp256r1."""
    if isinstance(key, rsa.RSAPublicKey | dsa.DSAPublicKey):
        return f"{'RSA' if isinstance(key, rsa.RSAPublicKey) else 'DSA'}-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC-{key.curve.name}"
    return {ed25519.Ed25519PublicKey: "Ed25519", ed448.Ed448PublicKey: "Ed448"}.get(type(key), type(key).__name__)


def _key_of(parts: Parts) -> str:
    """The same for a certificate; the algorithm's dotted OID where the key cannot be read."""
    try:
        return key_name(load_der_public_key(parts.public_key))
    except _UNREADABLE:
        steps = ber.Steps()
        algorithm = ber.first(ber.first(parts.public_key, steps).content, steps)
        try:
            return ber.oid(ber.first(algorithm.content, steps).content)
        except ber.BrokenError:
            return f"#{bytes(algorithm.content[:20]).hex()}"


def _line(extension: Extension, number: int) -> str:
    """One extension as 'name: value', with '(critical)' after the name where it is."""
    name = _name(extension.oid) + (" (critical)" if extension.critical else "")
    known = _read(extension) if number < MOST_NAMED else None
    value = extension.value.hex() if known is None else known
    return (
        f"{name}: {value}"
        if len(value) <= LONGEST
        else say(
            f"{name}: {value[:LONGEST]}…（{len(extension.value)}バイト）",
            f"{name}: {value[:LONGEST]}… ({len(extension.value)} bytes)",
        )
    )


def _read(extension: Extension) -> str | None:
    """An extension in words; None where it is unknown, or cannot be read."""
    try:
        return _value(_whole(extension).extensions[0].value)
    except _UNREADABLE:
        return None


def _whole(extension: Extension) -> x509.Certificate:
    content = [ber.der(ber.OID, extension.kind), ber.der(ber.OCTETS, extension.value)]
    listed = ber.der(0xA3, ber.der(ber.SEQUENCE, ber.der(ber.SEQUENCE, *content)))
    body = ber.der(ber.SEQUENCE, _BEFORE, listed)
    return load(ber.der(ber.SEQUENCE, body, _ED25519, ber.der(ber.BITS, bytes(65))))


def _name(dotted: str) -> str:
    if not dotted:
        return say("（拡張として読めない）", "(cannot be read as an extension)")
    names = {value.dotted_string: key for key, value in vars(ExtensionOID).items() if not key.startswith("_")}
    key = names.get(dotted)
    return "".join(part.capitalize() for part in key.split("_")) if key else dotted


def _value(value: x509.ExtensionType) -> str | None:
    return next((str(words(value)) for kind, words in _WORDS.items() if isinstance(value, kind)), None)


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
