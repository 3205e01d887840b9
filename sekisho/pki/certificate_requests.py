"""Requests for a certificate (PKCS#10) whose keys are made on this PC and stay there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from sekisho.language import say
from sekisho.pki.pkcs12 import PrivateKey, key_name
from sekisho.verdict import ConfigurationProblemError

PARTS = {
    "C": NameOID.COUNTRY_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "L": NameOID.LOCALITY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "CN": NameOID.COMMON_NAME,
    "E": NameOID.EMAIL_ADDRESS,
}
# Algorithms as reports write them; anything that a portal must refuse can be made too.
RSA_KEYS = {"RSA-1024": 1024, "RSA-2048": 2048, "RSA-3072": 3072, "RSA-4096": 4096}
EC_KEYS: Mapping[str, ec.EllipticCurve] = {
    "EC-secp256r1": ec.SECP256R1(),
    "EC-secp384r1": ec.SECP384R1(),
    "EC-secp521r1": ec.SECP521R1(),
}
Hash = hashes.SHA256 | hashes.SHA384 | hashes.SHA512
HASHES: Mapping[str, Hash] = {"SHA-256": hashes.SHA256(), "SHA-384": hashes.SHA384(), "SHA-512": hashes.SHA512()}
FORMS = {"PEM": Encoding.PEM, "DER": Encoding.DER}
KEY = "鍵"
SIGNATURE = "署名"
FORM = "形式"
T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """A request as it is sent, and the key, which is not."""

    key: PrivateKey = field(repr=False)
    data: bytes
    subject: str
    signature: str

    @property
    def facts(self) -> list[str]:
        """What the report says of it."""
        return [
            say(f"サブジェクト {self.subject}", f"subject {self.subject}"),
            say(f"鍵 {key_name(self.key.public_key())}", f"key {key_name(self.key.public_key())}"),
            say(f"署名 {self.signature}", f"signature {self.signature}"),
        ]


def make(items: Sequence[tuple[str, str]]) -> Request:
    """A new key and the request for it.

    `items` are the parts of the subject in their order (`PARTS`), and the algorithm of the key, the digest of the
    signature and the form of the file by their Japanese names. Raises ConfigurationProblemError naming item and value.
    """
    subject = [(name, value) for name, value in items if name not in {KEY, SIGNATURE, FORM}]
    given = dict(items)
    key = _key(given.get(KEY, "RSA-2048"))
    signature = given.get(SIGNATURE, "SHA-256")
    digest = _known(HASHES, SIGNATURE, signature)
    form = _known(FORMS, FORM, given.get(FORM, "PEM"))
    name = _name(subject)
    signed = x509.CertificateSigningRequestBuilder(name).sign(key, digest)
    return Request(key, signed.public_bytes(form), name.rfc4514_string(), signature)


def _name(subject: Sequence[tuple[str, str]]) -> x509.Name:
    try:
        return x509.Name(
            [x509.NameAttribute(_known(PARTS, say("項目", "part"), name), value) for name, value in subject]
        )
    except ValueError as error:
        shown = say("、", ", ").join(f"{name}={value}" for name, value in subject)
        raise ConfigurationProblemError(
            say(
                f"CSR のサブジェクト {shown} を書けません: {error}",
                f"The subject {shown} of a CSR cannot be written: {error}",
            )
        ) from error


def _key(algorithm: str) -> PrivateKey:
    if algorithm in RSA_KEYS:
        return rsa.generate_private_key(65537, RSA_KEYS[algorithm])
    return ec.generate_private_key(_known(EC_KEYS, KEY, algorithm, *RSA_KEYS))


def _known(table: Mapping[str, T], what: str, name: str, *others: str) -> T:
    if name not in table:
        allowed = say("、", ", ").join([*others, *table])
        raise ConfigurationProblemError(
            say(
                f"CSR の{what}「{name}」: 使えるのは {allowed} です。",
                f'CSR, {what} "{name}": must be one of {allowed}.',
            )
        )
    return table[name]
