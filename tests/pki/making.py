"""Certificates and PKCS#12 files in the shapes that authorities of the world give them."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from sekisho.pki.ber import der

PASSWORD = "pass1234"
DATA, HMAC_SHA256 = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("300c06082a864886f70d02090500")
PBMAC1, PBKDF2 = bytes.fromhex("06092a864886f70d01050e"), bytes.fromhex("06092a864886f70d01050c")
LOCK = serialization.BestAvailableEncryption(PASSWORD.encode())
Key = ec.EllipticCurvePrivateKey


def key() -> Key:
    """A fresh key, made quickly."""
    return ec.generate_private_key(ec.SECP256R1())


def name(common: str, kind: _ASN1Type = _ASN1Type.UTF8String) -> x509.Name:
    """A distinguished name whose common name is a string of some type."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.COMMON_NAME, common, _type=kind),
        ]
    )


@dataclass(frozen=True)
class Holder:
    """A key with a certificate."""

    key: Key
    cert: x509.Certificate

    def issue(self, subject: x509.Name, *, ca: bool = False, own: Key | None = None, **names: x509.Name) -> Holder:
        """A certificate below this one; `issuer` is how it names this one."""
        own = own or key()
        return Holder(own, certificate(subject, own, names.get("issuer", self.cert.subject), self.key, ca=ca))

    def p12(self, *beside: Holder, others: tuple[x509.Certificate, ...] = (), label: bytes | None = b"user") -> bytes:
        """As a PKCS#12 file with other certificates in a given order."""
        certificates = [*(one.cert for one in beside), *others]
        return pkcs12.serialize_key_and_certificates(label, self.key, self.cert, certificates, LOCK)


def certificate(subject: x509.Name, own: Key, issuer: x509.Name, signer: Key, *, ca: bool = False) -> x509.Certificate:
    """One certificate."""
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(issuer, subject, own.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(minutes=1)).not_valid_after(now + dt.timedelta(days=99))
    return builder.add_extension(x509.BasicConstraints(ca, None), critical=True).sign(signer, hashes.SHA256())


def root(common: str = "Root", own: Key | None = None) -> Holder:
    """A root."""
    own = own or key()
    return Holder(own, certificate(name(common), own, name(common), own, ca=True))


def cross_signed(holder: Holder, by: Holder) -> Holder:
    """The same subject and key under another authority."""
    return by.issue(holder.cert.subject, ca=True, own=holder.key)


def by_openssl(who: Holder, folder: Path, *options: str, password: str = PASSWORD) -> bytes:
    """A PKCS#12 file as OpenSSL writes it."""
    pem = who.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "all.pem").write_bytes(pem + who.cert.public_bytes(serialization.Encoding.PEM))
    command = ["openssl", "pkcs12", "-export", "-in", "all.pem", "-out", "made.p12", "-passout", f"pass:{password}"]
    subprocess.run([*command, *options], cwd=folder, check=True, capture_output=True)
    return (folder / "made.p12").read_bytes()


def pfx(*parts: bytes, mac: Callable[[bytes], bytes] = lambda _: b"") -> bytes:
    """A PKCS#12 file of parts (ContentInfo) as another file has them, which no library puts together."""
    safe = der(0x30, *parts)
    content = der(0x30, DATA, der(0xA0, der(0x04, safe)))
    return der(0x30, b"\x02\x01\x03", content, mac(safe))


def pbmac1(safe: bytes) -> bytes:
    """A MAC as RFC 9579 has it."""
    salt, rounds = b"saltsalt", 2048
    derived = PBKDF2HMAC(hashes.SHA256(), 32, salt, rounds).derive(PASSWORD.encode())
    digest = hmac.HMAC(derived, hashes.SHA256())
    digest.update(safe)
    derivation = der(0x30, PBKDF2, der(0x30, der(4, salt), der(2, b"\x08\x00"), der(2, b"\x20"), HMAC_SHA256))
    algorithm = der(0x30, PBMAC1, der(0x30, derivation, HMAC_SHA256))
    return der(0x30, der(0x30, algorithm, der(4, digest.finalize())), der(4, b"unused"), der(2, b"\x01"))


def rich(above: Holder) -> x509.Certificate:
    """A certificate with every extension that is usual, and a name with many parts."""
    who = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "例示株式会社", _type=_ASN1Type.BMPString),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "a, b+c", _type=_ASN1Type.PrintableString),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "a@example.jp", _type=_ASN1Type.IA5String),
            x509.NameAttribute(NameOID.COMMON_NAME, "利用者"),
        ]
    )
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(above.cert.subject, who, key().public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + dt.timedelta(days=99))
    for extension in _usual(above):
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(above.key, hashes.SHA256())


def _usual(above: Holder) -> list[x509.ExtensionType]:
    url = x509.UniformResourceIdentifier("http://ca.example.jp/x")
    notice = x509.UserNotice(x509.NoticeReference("Example", [1]), "text")
    return [
        x509.BasicConstraints(ca=False, path_length=None),
        x509.KeyUsage(True, False, True, False, True, False, False, False, True),  # noqa: FBT003
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.2")]),
        x509.SubjectAlternativeName(
            [x509.DNSName("a.example"), x509.RFC822Name("a@example"), x509.DirectoryName(name("x"))]
        ),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()),
        x509.SubjectKeyIdentifier.from_public_key(above.key.public_key()),
        x509.CRLDistributionPoints([x509.DistributionPoint([url], None, None, None)]),
        x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, url)]),
        x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier("1.2.3.4"), ["http://cps", notice])]),
        x509.NameConstraints([x509.DNSName("example.jp")], None),
    ]
