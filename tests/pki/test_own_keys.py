"""Keys that are made on this PC: their requests, the certificates that come back, and where they must not be."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)

from sekisho.pki import key_files
from sekisho.pki.certificate_requests import make
from sekisho.pki.joining import NoCertificateFileError, join
from sekisho.pki.key_traces import stands_in
from sekisho.pki.pkcs12 import BombError, ImportRefusedError, KeyMismatchError, PrivateKey, WrongPasswordError
from sekisho.verdict import ConfigurationProblemError
from tests.browser.authority import Signer, root


@pytest.fixture(scope="module")
def who() -> Signer:
    """Somebody with a key and a chain."""
    return root("Root").issue("CA", ca=True).issue("emp00001")


@pytest.fixture(scope="module", params=["RSA", "EC"])
def key(request: pytest.FixtureRequest, who: Signer) -> PrivateKey:
    """A key of each kind."""
    return who.key if request.param == "RSA" else ec.generate_private_key(ec.SECP256R1())


def as_pem(key: PrivateKey, password: str = "") -> bytes:
    """As programs write it."""
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def as_der(key: PrivateKey) -> bytes:
    """Its octets."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def as_jwk(key: PrivateKey) -> bytes:
    """As a page's script gets it."""
    number = key.private_numbers()
    secret = number.d if isinstance(number, rsa.RSAPrivateNumbers) else number.private_value  # type: ignore[union-attr] # no DSA here
    octets = secret.to_bytes((secret.bit_length() + 7) // 8, "big")
    return json.dumps({"kty": "x", "d": base64.urlsafe_b64encode(octets).decode().rstrip("=")}).encode()


SENT: dict[str, Callable[[PrivateKey], bytes]] = {
    "octets": as_der,
    "within other octets": lambda key: b"\0" * 7 + as_der(key) + b"x",
    "PEM": as_pem,
    "PEM with the line ends of Windows": lambda key: as_pem(key).replace(b"\n", b"\r\n"),
    "PEM as a form's field": lambda key: urlencode({"a": "b", "key": as_pem(key)}).encode(),
    "PEM in an address": lambda key: b"https://portal.test/?k=" + quote(as_pem(key)).encode(),
    "PEM in JSON": lambda key: json.dumps({"key": as_pem(key).decode()}).encode(),
    "PEM in JSON with escapes": lambda key: json.dumps({"key": as_pem(key).decode()}).replace("/", "\\/").encode(),
    "octets in base64 of addresses": lambda key: base64.urlsafe_b64encode(as_der(key)),
    "base64 of PEM's own octets, cut elsewhere": lambda key: base64.b64encode(b"xy" + as_der(key)),
    "JWK": as_jwk,
    "hexadecimal": lambda key: as_der(key).hex().encode(),
    "hexadecimal in capitals": lambda key: as_der(key).hex().upper().encode(),
    "the traditional form": lambda key: key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ),
    "an archive": lambda key: archived(as_der(key)),
}


def archived(data: bytes) -> bytes:
    """Packed, and not pressed."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        one = tarfile.TarInfo("key")
        one.size = len(data)
        file.addfile(one, io.BytesIO(data))
    return made.getvalue()


@pytest.mark.parametrize("form", SENT.values(), ids=SENT)
def test_a_key_that_was_sent_is_found(key: PrivateKey, form: Callable[[PrivateKey], bytes]) -> None:
    """In whatever form; another key's is not taken for it."""
    assert stands_in(key, form(key))
    assert not stands_in(ec.generate_private_key(ec.SECP256R1()), form(key))


def test_a_request_and_a_certificate_are_no_key(who: Signer) -> None:
    """They have its public half."""
    request = make([("CN", "emp00001")])
    for sent in (request.data, who.cert.public_bytes(Encoding.PEM), b"", bytes(range(256)) * 1000):
        assert not stands_in(request.key, sent)
        assert not stands_in(who.key, sent)


@pytest.mark.parametrize(
    ("algorithm", "told"), [("RSA-2048", "rsaEncryption"), ("EC-secp384r1", "secp384r1")], ids=["RSA", "EC"]
)
@pytest.mark.parametrize("form", ["PEM", "DER"])
def test_openssl_takes_a_request(tmp_path: Path, algorithm: str, told: str, form: str) -> None:
    """With its subject in the scenario's order, its algorithms, and a signature that is right."""
    items = [
        ("C", "JP"),
        ("O", "蔵株式会社"),
        ("CN", "emp00001"),
        ("鍵", algorithm),
        ("署名", "SHA-384"),
        ("形式", form),
    ]
    (tmp_path / "csr").write_bytes(make(items).data)
    asked = f"openssl req -in {tmp_path / 'csr'} -inform {form} -noout -text -verify -nameopt utf8".split()
    judge = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    assert "verify OK" in judge.stdout + judge.stderr
    assert told in judge.stdout
    assert "sha384" in judge.stdout.lower()
    place = [judge.stdout.index(one) for one in ("JP", "蔵株式会社", "emp00001")]
    assert place == sorted(place)


BAD = {
    "a part that is none": ([("XX", "a")], "項目「XX」"),
    "a key that is none": ([("鍵", "RSA-2047")], "鍵「RSA-2047」: 使えるのは RSA-1024"),
    "a digest of another time": ([("署名", "MD5")], "署名「MD5」"),
    "another form": ([("形式", "p12")], "形式「p12」"),
    "a country of three letters": ([("C", "JPN")], "C=JPN"),
    "nothing": ([("CN", "")], "CN= を書けません"),
}


@pytest.mark.parametrize(("items", "said"), BAD.values(), ids=BAD)
def test_a_request_that_cannot_be_made_is_the_scenarios_mistake(items: list[tuple[str, str]], said: str) -> None:
    """With what is allowed."""
    with pytest.raises(ConfigurationProblemError, match=said):
        make(items)


@pytest.mark.parametrize("form", ["PEM", "DER", "PKCS#7", "leaf only"])
def test_a_certificate_is_joined_with_its_key_in_every_form(who: Signer, form: str) -> None:
    """With the issuers that came along."""
    all_of_them = [who.cert, *who.above]
    data = {
        "PEM": b"".join(one.public_bytes(Encoding.PEM) for one in reversed(all_of_them)),
        "DER": who.cert.public_bytes(Encoding.DER),
        "PKCS#7": pkcs7.serialize_certificates(all_of_them, Encoding.DER),
        "leaf only": who.cert.public_bytes(Encoding.PEM),
    }[form]
    identity = join(who.key, data)
    assert identity.certificate == who.cert
    assert list(identity.chain) == (list(who.above) if form in {"PEM", "PKCS#7"} else [])


def test_what_does_not_fit_is_refused_with_its_reason(who: Signer) -> None:
    """Another key's certificate, a page, nothing."""
    other = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(KeyMismatchError, match="「emp00001」は、手元の鍵"):
        join(other, who.cert.public_bytes(Encoding.DER))
    for data in (b"", b"<html>", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", as_der(other)):
        with pytest.raises(NoCertificateFileError):
            join(other, data)


def test_pem_with_a_key_is_an_identity(who: Signer) -> None:
    """Its key under a password or bare; and other text around it."""
    certificate = who.cert.public_bytes(Encoding.PEM)
    assert key_files.read(b"subject=x\n" + as_pem(who.key) + certificate, "").certificate == who.cert
    assert key_files.read(certificate + as_pem(who.key, "ひみつ"), "ひみつ").certificate == who.cert
    with pytest.raises(WrongPasswordError):
        key_files.read(as_pem(who.key, "ひみつ") + certificate, "ちがう")
    assert key_files.read(who.p12("pw"), "pw").certificate == who.cert


def test_pem_that_asks_for_hours_is_refused_at_once(who: Signer) -> None:
    """The number of rounds is seen from outside."""
    block = as_pem(who.key, "pw").split(b"\n")
    der = base64.b64decode(b"".join(block[1:-2]))
    assert b"\x02\x02\x08\x00" in der
    bomb = der.replace(b"\x02\x02\x08\x00", b"\x02\x02\x7f\xff").replace(b"\x04\x10", b"\x04\x10")
    with pytest.raises(ImportRefusedError):
        key_files.read(
            b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + base64.b64encode(bomb)
            + b"\n-----END ENCRYPTED PRIVATE KEY-----",
            "pw",
        )
    sized = bytes.fromhex("301a0408000102030405060702047fffffff") + bytes(10)
    text = (
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + base64.b64encode(sized) + b"\n-----END ENCRYPTED PRIVATE KEY-----"
    )
    with pytest.raises(BombError, match="くり返す"):
        key_files.read(text, "pw")


@pytest.mark.parametrize(
    "data",
    [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", b"x" * 2**21],
    ids=["nothing", "no key in it", "too large"],
)
def test_what_is_no_key_file_is_refused(data: bytes) -> None:
    """Each with a sentence."""
    with pytest.raises(ImportRefusedError):
        key_files.read(data, "")


def test_a_request_keeps_its_key_to_itself() -> None:
    """Neither its file nor how it is shown has it."""
    request = make([("CN", "emp00001")])
    assert x509.load_pem_x509_csr(request.data).public_key() == request.key.public_key()
    assert "RSAPrivateKey" not in repr(request)
    assert b"PRIVATE" not in request.data
