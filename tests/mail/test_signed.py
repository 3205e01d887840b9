"""A mail whose text is within its signature is read like any other."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from sekisho.mail.message import parse

INNER = "Content-Type: text/plain; charset=utf-8\r\n\r\nリクエストID：20260001\r\n".encode()
FILES = b"""Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n%s\r\n--b
Content-Type: application/octet-stream; name=a.p12
Content-Transfer-Encoding: base64

QUJD
--b--
"""
HEAD = b"""To: u@x.jp
Subject: guide
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename=smime.p7m"""
KIND = b"application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"


def signed(content: bytes) -> bytes:
    """SignedData around a content."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    signer = builder.add_signer(made.sign(key, hashes.SHA256()), key, hashes.SHA256())
    return signer.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def mail(content: bytes, kind: bytes = KIND) -> bytes:
    """A mail that is a part of some type."""
    return HEAD + b"\nContent-Type: " + kind + b"\n\n" + base64.encodebytes(content)


@pytest.mark.parametrize(
    "kind",
    [KIND, b"application/x-pkcs7-mime", b"application/octet-stream; name=smime.p7m"],
    ids=["its type", "the older one", "its name"],
)
def test_the_text_within_a_signature_is_read(kind: bytes) -> None:
    """By its type, and by its name where a server on the way did not know that."""
    read = parse(mail(signed(INNER), kind))
    assert read.mail.body == "リクエストID：20260001"
    assert read.mail.subject == "guide"
    assert not read.files


def test_signed_files_and_signatures_within_signatures_are_opened() -> None:
    """Each of them is a mail again."""
    read = parse(mail(signed(mail(signed(FILES % INNER)).partition(b"\n")[2])))
    assert read.mail.body.startswith("リクエストID：20260001")
    assert [(one.name, one.data) for one in read.files] == [("a.p12", b"ABC")]


@pytest.mark.parametrize(
    "content",
    [b"0\x80junk", b"", signed(b"\x00 no MIME"), b"0\x80" * 100_000, signed(INNER)[:-300]],
    ids=["broken", "empty", "no mail", "nested", "cut off"],
)
def test_what_cannot_be_opened_stays_the_file_that_it_is(content: bytes) -> None:
    """Broken, cut off, or around something else."""
    read = parse(mail(content))
    assert "smime.p7m" in read.mail.body
    assert len(read.files) == 1
