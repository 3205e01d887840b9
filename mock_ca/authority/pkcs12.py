"""A subscriber's key, certificate and chain as one password-protected PKCS#12 file (RFC 7292)."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PBES,
    serialize_key_and_certificates,
)

# AES needs Windows 10 1709 or later; 3DES with SHA-1 imports everywhere.
SUITES = {
    "aes256": (PBES.PBESv2SHA256AndAES256CBC, hashes.SHA256()),
    "3des": (PBES.PBESv1SHA1And3KeyTripleDESCBC, hashes.SHA1()),  # noqa: S303 - the old systems' own format
}
ROUNDS = 2048


def pkcs12(
    name: str,
    key: rsa.RSAPrivateKey,
    certificates: Sequence[x509.Certificate],
    password: str,
    suite: str,
) -> bytes:
    """Encrypt under the password; an empty one encrypts nothing.

    `name` becomes the friendly name; of `certificates` the subscriber's own comes first.
    """
    own, *chain = certificates
    return serialize_key_and_certificates(name.encode() or None, key, own, chain, _encryption(password, suite))


def _encryption(password: str, suite: str) -> KeySerializationEncryption:
    if not password:
        return NoEncryption()
    algorithm, digest = SUITES[suite]
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(ROUNDS)
    return builder.key_cert_algorithm(algorithm).hmac_hash(digest).build(password.encode())
