"""The portal's certification authorities: two that issue clients' certificates, one for its servers, below one root."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID

COMPANY = "Nissay Information Technology Co.,Ltd."
SHARED_CA = "Nissay Information Technology KDanshinnet CA"
NISSAY_CA = "Nippon Life Danshinnet Users CA"
A_DAY = timedelta(days=1)


def named(common_name: str, *units: str) -> x509.Name:
    """A distinguished name, from the country down to the common name."""
    parts = [
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, COMPANY),
        *((NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in units),
        (NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def new_key() -> rsa.RSAPrivateKey:
    """An RSA key of 2048 bits."""
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Credential:
    """A certificate with its key."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """Both, as servers read them."""
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.TraditionalOpenSSL
        key = self.key.private_bytes(serialization.Encoding.PEM, form, plain)
        return key + self.certificate.public_bytes(serialization.Encoding.PEM)


class Authority:
    """One authority; without an issuer it is a root."""

    def __init__(self, name: str, issuer: Authority | None = None, records: str = "") -> None:
        """Make its key and certificate. `records` is the address below which CRL and OCSP are answered."""
        self.name, self.issuer, self._records = name, issuer, records
        self.key = new_key()
        now = datetime.now(UTC)
        builder = _begin(named(name), self.key.public_key(), now - 10 * 365 * A_DAY, now + 10 * 365 * A_DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_usage(authority=True), critical=True)
        signer = issuer or self
        self.certificate = builder.issuer_name(named(signer.name)).sign(signer.key, hashes.SHA256())

    @property
    def chain(self) -> list[x509.Certificate]:
        """Its certificate and those above it."""
        return [self.certificate, *(self.issuer.chain if self.issuer else [])]

    def server(self, host: str) -> Credential:
        """A server's certificate for a host name and for loopback."""
        key, now = new_key(), datetime.now(UTC)
        builder = _begin(named(host), key.public_key(), now - A_DAY, now + 365 * A_DAY).issuer_name(named(self.name))
        places = [x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(places), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([Purpose.SERVER_AUTH]), critical=False)
        return Credential(key, builder.sign(self.key, hashes.SHA256()))

    def client(
        self,
        subject: x509.Name,
        start: datetime,
        end: datetime,
        key: rsa.RSAPrivateKey | None = None,
        serial: int | None = None,
    ) -> Credential:
        """A user's certificate; the key and the serial number are new where none is given."""
        key = key or new_key()
        builder = _begin(subject, key.public_key(), start, end, serial).issuer_name(named(self.name))
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(authority=False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([Purpose.CLIENT_AUTH]), critical=False)
        builder = builder.add_extension(self._crl_place(), critical=False)
        builder = builder.add_extension(self._ocsp_place(), critical=False)
        return Credential(key, builder.sign(self.key, hashes.SHA256()))

    def crl(self, revoked: dict[int, datetime]) -> bytes:
        """The list of revoked serial numbers, in DER."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(named(self.name))
        builder = builder.last_update(now).next_update(now + A_DAY)
        for serial, moment in revoked.items():
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            builder = builder.add_revoked_certificate(one)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def ocsp(self, certificate: x509.Certificate, revoked: datetime | None) -> bytes:
        """What is answered about one certificate, in DER."""
        now = datetime.now(UTC)
        state = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            certificate,
            self.certificate,
            hashes.SHA1(),  # noqa: S303 - RFC 6960
            state,
            now,
            now + A_DAY,
            revoked,
            None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _crl_place(self) -> x509.CRLDistributionPoints:
        place = x509.UniformResourceIdentifier(f"{self._records}/{self.name.split()[0].lower()}.crl")
        return x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])

    def _ocsp_place(self) -> x509.AuthorityInformationAccess:
        place = x509.UniformResourceIdentifier(f"{self._records}/ocsp")
        return x509.AuthorityInformationAccess([x509.AccessDescription(Access.OCSP, place)])


class Authorities:
    """All of them."""

    def __init__(self, records: str) -> None:
        """Make them; `records` is the address of CRL and OCSP."""
        self.root = Authority("Second Portal Root CA")
        self.servers = Authority("Second Portal Server CA", self.root)
        self.clients = {
            "shared": Authority(SHARED_CA, self.root, records),
            "nissay": Authority(NISSAY_CA, self.root, records),
        }


def packed(credential: Credential, name: str, chain: list[x509.Certificate], password: str) -> bytes:
    """A PKCS#12 file, encrypted as every Windows reads it."""
    lock = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(2000)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())  # noqa: S303 - what old Windows reads
        .build(password.encode())
    )
    return pkcs12.serialize_key_and_certificates(name.encode(), credential.key, credential.certificate, chain, lock)


def _begin(
    subject: x509.Name, key: rsa.RSAPublicKey, start: datetime, end: datetime, serial: int | None = None
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key)
    builder = builder.serial_number(serial or x509.random_serial_number())
    return builder.not_valid_before(start).not_valid_after(end)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
