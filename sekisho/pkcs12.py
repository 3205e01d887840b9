"""PKCS#12 files and the facts of certificates, read with `cryptography` only: no store, no browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from sekisho import pkcs12limits, results
from sekisho.opening import Content, Opener, TooLongError, UnreadableError
from sekisho.x509text import extension_text, signature_name

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
NO_PAIR = "PKCS#12ファイルに、秘密鍵（RSAまたは楕円曲線）とその証明書の組が入っていません。"
LONGEST_RSA = 16384  # bits; what OpenSSL itself verifies
OPENER = Opener()


class ImportRefusedError(Exception):
    """A file cannot be imported; the text is a Japanese sentence that says why."""


class NotPkcs12Error(ImportRefusedError):
    """The file is no PKCS#12 file, is cut off, or holds no private key with its certificate."""


class BombError(NotPkcs12Error):
    """The file asks for more arithmetic, depth or room than an honest one, and is not opened."""


class WrongPasswordError(ImportRefusedError):
    """The password does not open the file."""


class KeyMismatchError(ImportRefusedError):
    """The private key does not belong to the certificate, or cannot sign."""


class IncompleteChainError(ImportRefusedError):
    """The chain does not lead from the certificate up to a self-signed root."""


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key, and its issuers from the nearest one up."""

    key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    friendly_name: str

    @property
    def sha256(self) -> str:
        """Fingerprint of the certificate, lower-case hex."""
        return fingerprint(self.certificate)

    def pkcs12(self, password: str) -> bytes:
        """This identity as a PKCS#12 file under another password."""
        return pkcs12.serialize_key_and_certificates(
            self.friendly_name.encode(),
            self.key,
            self.certificate,
            self.chain,
            serialization.BestAvailableEncryption(password.encode()),
        )

    def pem(self) -> bytes:
        """Unencrypted private key, certificate and chain, for a TLS library's memory or a private file."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return key + b"".join(c.public_bytes(serialization.Encoding.PEM) for c in (self.certificate, *self.chain))


@lru_cache(maxsize=4)  # opening a file takes 40 ms by design, and a scenario looks into the same one several times
def read(data: bytes, password: str) -> Identity:
    """The identity in a PKCS#12 file; raises `NotPkcs12Error` or `WrongPasswordError`.

    Only the file is judged here; `check` judges what it holds.
    """
    _refuse_what_is_no_pkcs12(data)
    content = _opened(data, password)
    if not content.certificate or not content.key:
        raise NotPkcs12Error(NO_PAIR)
    try:
        key = serialization.load_der_private_key(content.key, None, unsafe_skip_rsa_key_validation=True)
        certificate, *extra = map(x509.load_der_x509_certificate, (content.certificate, *content.others))
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise NotPkcs12Error(f"PKCS#12ファイルの中身を読めません（{problem}）。") from problem
    if not isinstance(key, PrivateKey):
        raise NotPkcs12Error(NO_PAIR)
    return Identity(key, certificate, tuple(_chain(certificate, extra)), content.name.decode("utf-8", "replace"))


def check(identity: Identity) -> None:
    """Refuse an identity that no browser could use; raises `KeyMismatchError` or `IncompleteChainError`."""
    _check_key(identity)
    last = (identity.certificate, *identity.chain)[-1]
    if not issued_by(last, last):
        missing = display_name(last.issuer)
        raise IncompleteChainError(
            f"証明書チェーンが完結していません。発行者「{missing}」の証明書がファイルにありません。"
        )


def facts(cert: x509.Certificate, title: str = "") -> results.Certificate:
    """What the reports show of a certificate."""
    return results.Certificate(
        title=title,
        subject=cert.subject.rfc4514_string(),
        issuer=cert.issuer.rfc4514_string(),
        subject_cn=display_name(cert.subject),
        issuer_cn=display_name(cert.issuer),
        serial=f"{cert.serial_number:x}",
        not_before=cert.not_valid_before_utc,
        not_after=cert.not_valid_after_utc,
        key=key_name(cert.public_key()),
        signature=signature_name(cert),
        extensions=[extension_text(extension) for extension in cert.extensions],
        sha256=fingerprint(cert),
    )


def fingerprint(cert: x509.Certificate) -> str:
    """SHA-256 of the certificate, lower-case hex."""
    return cert.fingerprint(hashes.SHA256()).hex()


def display_name(name: x509.Name) -> str:
    """The one part of a distinguished name by which browsers list a certificate: common name, else unit, else owner."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(kind)
        if found:
            return str(found[-1].value)
    return ""


def key_name(key: object) -> str:
    """Algorithm and size of a public key, such as RSA-2048 or EC-secp256r1."""
    if isinstance(key, rsa.RSAPublicKey | dsa.DSAPublicKey):
        return f"{'RSA' if isinstance(key, rsa.RSAPublicKey) else 'DSA'}-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC-{key.curve.name}"
    return {ed25519.Ed25519PublicKey: "Ed25519", ed448.Ed448PublicKey: "Ed448"}.get(type(key), type(key).__name__)


def issued_by(cert: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's key signed a certificate, and their names fit."""
    try:
        cert.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _refuse_what_is_no_pkcs12(data: bytes) -> None:
    """Tell a file that is something else from one whose password is wrong: cryptography says the same of both."""
    if not data:
        raise NotPkcs12Error("ファイルが空です。証明書をもう一度ダウンロードしてください。")
    length = _der_length(data)
    if length is None or b"\x02\x01\x03" not in data[:16]:
        raise NotPkcs12Error("PKCS#12形式のファイルではありません。")
    if length > len(data):
        raise NotPkcs12Error(
            f"PKCS#12ファイルが途中で切れています（{length}バイトのうち{len(data)}バイト）。もう一度ダウンロードしてください。"
        )


def _opened(data: bytes, password: str) -> Content:
    """What the file holds, opened within bounds: first judged from its outside, then in a process that can be ended."""
    try:
        pkcs12limits.check(data)
        return OPENER.open(data, password)
    except pkcs12limits.LimitError as problem:
        raise BombError(str(problem)) from problem
    except TooLongError as problem:
        raise BombError(f"PKCS#12ファイルが {OPENER.seconds:g} 秒たっても開きません。") from problem
    except UnreadableError as problem:
        raise _why_unreadable(problem) from problem


def _der_length(data: bytes) -> int | None:
    """Length in bytes that the outer DER (or indefinite BER) sequence claims; None if it is no sequence."""
    if data[0] != 0x30 or len(data) < 6:  # noqa: PLR2004 - the shortest sequence with a version in it
        return None
    if data[1] == 0x80:  # noqa: PLR2004 - indefinite length, as some Windows exports have it
        return len(data)
    if data[1] < 0x80:  # noqa: PLR2004 - short form
        return data[1] + 2
    count = data[1] & 0x7F
    return int.from_bytes(data[2 : 2 + count], "big") + 2 + count


def _why_unreadable(problem: Exception) -> ImportRefusedError:
    text = str(problem).lower()
    if "password" in text or "mac" in text:
        return WrongPasswordError("パスワードが正しくありません。")
    return NotPkcs12Error(f"PKCS#12ファイルの中身を読めません（{problem}）。")


def _chain(leaf: x509.Certificate, extra: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    chain: list[x509.Certificate] = []
    current = leaf
    while not issued_by(current, current):
        issuer = next((other for other in extra if other not in chain and issued_by(current, other)), None)
        if issuer is None:
            break
        chain.append(issuer)
        current = issuer
    return chain


def _check_key(identity: Identity) -> None:
    """Sign with the private key and verify with the certificate: proves both that it belongs and that it works."""
    message = b"sekisho"
    public = identity.certificate.public_key()
    if isinstance(identity.key, rsa.RSAPrivateKey) and identity.key.key_size > LONGEST_RSA:
        raise KeyMismatchError(f"秘密鍵が長すぎて使えません（RSA {identity.key.key_size} ビット）。")
    try:
        if isinstance(identity.key, rsa.RSAPrivateKey) and isinstance(public, rsa.RSAPublicKey):
            signature = identity.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
            public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
            return
        if isinstance(identity.key, ec.EllipticCurvePrivateKey) and isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(identity.key.sign(message, ec.ECDSA(hashes.SHA256())), message, ec.ECDSA(hashes.SHA256()))
            return
    except (InvalidSignature, ValueError) as problem:
        raise KeyMismatchError("秘密鍵が証明書と対応していません。") from problem
    raise KeyMismatchError("秘密鍵が証明書と対応していません（鍵の種類が違います）。")
