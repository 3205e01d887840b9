"""Keys and certificates: who signed, and how a signature is made and checked.

The signatures are those of cosign and of most DSSE tools: ECDSA P-256 and RSA (PKCS #1 v1.5) with SHA-256, and Ed25519.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

SMALLEST_RSA = 2048
# The number of points of P-256: of s and ORDER - s the smaller one is taken, so that a signature has one form only.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRIVATE = "PRIVATE KEY"
UNREADABLE = (ValueError, TypeError, KeyError, OverflowError)


def kinds() -> str:
    """The kinds of keys that are used here."""
    return say("EC P-256、RSA（2048 ビット以上）、Ed25519", "EC P-256, RSA (2048 bits or more), Ed25519")


def private_key(path: Path, password: Callable[[], bytes]) -> PrivateKey:
    """The key in a PEM file; `password` is asked when it is encrypted. Raises ConfigurationProblemError."""
    data = _bytes(path)
    if b"ENCRYPTED SIGSTORE" in data or b"ENCRYPTED COSIGN" in data:
        raise ConfigurationProblemError(
            say(
                f"{path}: cosign の形式で暗号化された鍵は読めません。PEM（PKCS #8）の鍵を指定してください。"
                "例: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -out key.pem",
                f"{path}: a key encrypted in the way of cosign cannot be read. Give a PEM key (PKCS #8). Example: "
                "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -out key.pem",
            )
        )
    encrypted = b"ENCRYPTED" in data
    try:
        key = serialization.load_pem_private_key(data, password() if encrypted else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        why = (
            say("パスワードが違うか、壊れています", "the password is wrong, or the file is damaged")
            if encrypted
            else say("PEM の秘密鍵ではありません", "not a PEM private key")
        )
        raise ConfigurationProblemError(
            say(f"{path}: 秘密鍵を読めません（{why}）。", f"{path}: the private key cannot be read ({why}).")
        ) from error
    return _usable(key, path)


def public_key(path: Path) -> PublicKey:
    """The public key in a PEM file, which may also be a certificate. Raises ConfigurationProblemError."""
    data = _bytes(path)
    if PRIVATE.encode() in data:
        raise ConfigurationProblemError(
            say(
                f"{path}: 秘密鍵です。検証には公開鍵か証明書を渡してください。",
                f"{path}: a private key. Give a public key or a certificate to verify with.",
            )
        )
    try:
        return parse_public_key(data)
    except ValueError as error:
        raise ConfigurationProblemError(
            say(
                f"{path}: PEM の公開鍵か証明書（{kinds()}）ではありません。",
                f"{path}: not a PEM public key or certificate ({kinds()}).",
            )
        ) from error


def parse_public_key(data: bytes) -> PublicKey:
    """The public key, or the key of the certificate, in PEM bytes. Raises ValueError."""
    if b"BEGIN CERTIFICATE" in data:
        return strong(parse_certificates(data)[0].public_key())
    try:
        return strong(serialization.load_pem_public_key(data))
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError(str(error)) from error


def strong(key: object) -> PublicKey:
    """The key, when it is of a kind and size that is used here. Raises ValueError."""
    if not isinstance(key, PublicKey) or not _strong(key):
        raise ValueError(f"only {kinds()}")
    return key


def certificates(path: Path) -> list[x509.Certificate]:
    """Every certificate in a PEM file, the first one first. Raises ConfigurationProblemError."""
    try:
        return parse_certificates(_bytes(path))
    except ValueError as error:
        raise ConfigurationProblemError(
            say(
                f"{path}: PEM の証明書がないか、壊れた証明書があります。",
                f"{path}: no PEM certificate in it, or a damaged one.",
            )
        ) from error


def parse_certificates(data: bytes) -> list[x509.Certificate]:
    """Every certificate in PEM bytes, each of which can be read in all its parts. Raises ValueError."""
    try:
        found = x509.load_pem_x509_certificates(data)
        for one in found:  # the library reads a part when it is asked for
            _ = one.subject.rfc4514_string(), one.issuer, list(one.extensions), one.public_key()
            _ = one.not_valid_before_utc, one.not_valid_after_utc
    except (*UNREADABLE, x509.DuplicateExtension, x509.InvalidVersion, UnsupportedAlgorithm) as error:
        raise ValueError(str(error)) from error
    return found


def pem(key: PublicKey) -> bytes:
    """A public key as it is put into the package."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: PublicKey) -> str:
    """SHA-256 of a public key (SubjectPublicKeyInfo), in hex: its name in the envelope."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def sign(key: PrivateKey, message: bytes) -> bytes:
    """The signature of a message."""
    match key:
        case ec.EllipticCurvePrivateKey():
            r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
            return encode_dss_signature(r, min(s, ORDER - s))
        case rsa.RSAPrivateKey():
            return key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        case _:
            return key.sign(message)


def verifies(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether a signature is this key's over this message, in the one form that `sign` gives."""
    try:
        match key:
            case ec.EllipticCurvePublicKey():
                key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
                r, s = decode_dss_signature(signature)
                return s <= ORDER - s and signature == encode_dss_signature(r, s)
            case rsa.RSAPublicKey():
                key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
            case _:
                key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _usable(key: object, path: Path) -> PrivateKey:
    if isinstance(key, PrivateKey) and _strong(key.public_key()):
        return key
    raise ConfigurationProblemError(
        say(
            f"{path}: この種類の鍵は使えません。使えるのは {kinds()} です。",
            f"{path}: a key of this kind cannot be used. Allowed: {kinds()}.",
        )
    )


def _strong(key: PublicKey) -> bool:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return isinstance(key.curve, ec.SECP256R1)
    return not isinstance(key, rsa.RSAPublicKey) or key.key_size >= SMALLEST_RSA


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"{path}: 読めません（{error.strerror}）。", f"{path}: cannot be read ({error.strerror}).")
        ) from error
