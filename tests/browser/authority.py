"""A small certificate authority for the tests, made anew each time: nothing here expires in a drawer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "ひみつ-pw1"


@dataclass(frozen=True)
class Signer:
    """A key with its certificate, and the certificates above it."""

    key: rsa.RSAPrivateKey
    cert: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    def issue(
        self,
        name: str,
        *,
        ca: bool = False,
        days: int = 1095,
        key: rsa.RSAPrivateKey | None = None,
        serial: int | None = None,
    ) -> Signer:
        """A certificate for `name` signed by this one, for so many days from now: over already where negative.

        With a key and a serial number of its own, unless these are given.
        """
        key = key or _key()
        return Signer(key, _sign(name, key, self, ca=ca, days=days, serial=serial), (self.cert, *self.above))

    def p12(self, password: str = PASSWORD, name: str = "emp00001", chain: int | None = None) -> bytes:
        """As a PKCS#12 file, with all or the nearest `chain` issuers."""
        return pkcs12.serialize_key_and_certificates(
            name.encode(), self.key, self.cert, self.above[:chain], _encryption(password)
        )


def root(name: str, *, ca: bool = True) -> Signer:
    """A self-signed authority (or with ca=False just a self-signed certificate)."""
    key = _key()
    return Signer(key, _sign(name, key, None, ca=ca))


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _encryption(password: str) -> serialization.KeySerializationEncryption:
    return serialization.BestAvailableEncryption(password.encode())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _sign(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: Signer | None,
    *,
    ca: bool,
    days: int = 1095,
    serial: int | None = None,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.cert.subject if issuer else _name(name))
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=max(-days, 0), minutes=1) * 2)
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())
