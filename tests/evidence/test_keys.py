"""Keys and certificates as people have them, also the wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from reports.package import keys
from reports.package.certify import Signing, check_certificate
from sekisho.verdict import ConfigurationProblemError

from .conftest import KINDS, WHEN, Authority, cert_pem, new_key, private_pem

Write = Callable[[bytes, str], Path]


def nobody() -> bytes:
    """A password is never asked here."""
    raise AssertionError


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_signs_and_verifies(kind: str, on_disk: Write) -> None:
    """From the file, with its public half from another; and nothing else verifies."""
    key = keys.private_key(on_disk(private_pem(new_key(kind)), "k.pem"), nobody)
    public = keys.public_key(on_disk(keys.pem(key.public_key()), "k.pub"))
    signature = keys.sign(key, b"message")

    assert keys.verifies(public, signature, b"message")
    assert not keys.verifies(public, signature, b"massage")
    assert not keys.verifies(public, signature[:-1], b"message")
    assert not keys.verifies(new_key(kind).public_key(), signature, b"message")


def test_the_twin_of_an_ecdsa_signature_is_refused() -> None:
    """(r, n - s) is valid for other readers: it would be a changed byte that nobody sees."""
    key = new_key("ec")
    r, s = decode_dss_signature(keys.sign(key, b"message"))
    twin = encode_dss_signature(r, keys.ORDER - s)

    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert not keys.verifies(key.public_key(), twin, b"message")


@pytest.mark.parametrize("kind", KINDS)
def test_an_encrypted_key_is_opened_with_its_password(kind: str, on_disk: Write) -> None:
    """And with a wrong one the error names the file."""
    path = on_disk(private_pem(new_key(kind), "secret"), "k.pem")
    assert keys.private_key(path, lambda: b"secret")
    with pytest.raises(ConfigurationProblemError, match=r"k\.pem.*パスワード"):
        keys.private_key(path, lambda: b"wrong")


def pkcs8(key: PrivateKeyTypes) -> bytes:
    """Any private key as a file."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: pkcs8(ec.generate_private_key(ec.SECP384R1())), "P-256"),
        (lambda: pkcs8(rsa.generate_private_key(65537, 1024)), "2048"),  # noqa: S505 - it is refused
        (lambda: pkcs8(ed448.Ed448PrivateKey.generate()), "Ed25519"),
        (lambda: pkcs8(dsa.generate_private_key(2048)), "Ed25519"),
        (lambda: keys.pem(new_key("ec").public_key()), "秘密鍵"),
        (lambda: b"-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nxx\n", "openssl genpkey"),
        (lambda: b"", "秘密鍵"),
        (lambda: b"\x00\xff" * 100, "秘密鍵"),
    ],
    ids=["P-384", "RSA 1024", "Ed448", "DSA", "public", "cosign", "empty", "noise"],
)
def test_a_key_that_cannot_be_used_is_explained(make: Callable[[], bytes], words: str, on_disk: Write) -> None:
    """With the file and what would do."""
    with pytest.raises(ConfigurationProblemError, match=r"k\.pem") as caught:
        keys.private_key(on_disk(make(), "k.pem"), nobody)
    assert words in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """As private key, public key and certificate."""
    missing = tmp_path / "nowhere.pem"
    with pytest.raises(ConfigurationProblemError, match="nowhere"):
        keys.private_key(missing, nobody)
    with pytest.raises(ConfigurationProblemError, match="nowhere"):
        keys.public_key(missing)
    with pytest.raises(ConfigurationProblemError, match="nowhere"):
        keys.certificates(missing)


def test_a_private_key_is_no_public_key(on_disk: Write) -> None:
    """Whoever hands it on should learn of it."""
    with pytest.raises(ConfigurationProblemError, match="秘密鍵です"):
        keys.public_key(on_disk(private_pem(new_key("ec")), "k.pem"))


def test_a_certificate_serves_as_public_key(on_disk: Write) -> None:
    """It is what people have at hand."""
    key = new_key("ec")
    path = on_disk(cert_pem(Authority().issue("試験者", key.public_key())), "c.pem")
    assert keys.fingerprint(keys.public_key(path)) == keys.fingerprint(key.public_key())


def test_a_certificate_of_another_key_is_refused() -> None:
    """Before anything is signed."""
    signing = Signing(new_key("ec"), [Authority().issue("x", new_key("ec").public_key())], "", WHEN)
    with pytest.raises(ConfigurationProblemError, match=r"c\.pem.*--key"):
        check_certificate(signing, Path("c.pem"))


def test_an_expired_certificate_is_refused() -> None:
    """With its dates."""
    key = new_key("ec")
    signing = Signing(key, [Authority().issue("x", key.public_key(), days=(-900, -800))], "", WHEN)
    with pytest.raises(ConfigurationProblemError, match="有効ではありません"):
        check_certificate(signing, Path("c.pem"))
