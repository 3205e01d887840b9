"""The root and the issuing CAs below it, made at the first start and kept in the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from mock_ca.authority import profile as profiles
from mock_ca.authority.keys import KeyMaker, key_from_der, key_to_der
from mock_ca.registry import Registry

ROOT = "root"
ROOT_NAME = "sekisho mock root CA"
PAST, FUTURE = timedelta(days=3653), timedelta(days=7305)


@dataclass(frozen=True)
class Title:
    """A CA that is wanted: its common name, and whether it signs itself instead of standing below the root."""

    common_name: str
    self_signed: bool = False


@dataclass(frozen=True)
class Issuer:
    """One CA: its short name in addresses, its certificate and its key."""

    name: str
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def self_signed(self) -> bool:
        """Whether no CA stands above it."""
        return self.certificate.issuer == self.certificate.subject


class Authority:
    """The whole hierarchy. `repository` is the base address that new certificates point to."""

    def __init__(self, registry: Registry, issuers: Mapping[str, Title], repository: str, keys: KeyMaker) -> None:
        """Load the CAs of `issuers` (by short name) and the root; make those that are missing."""
        self._registry, self.repository = registry, repository
        wanted = {ROOT: Title(ROOT_NAME, self_signed=True), **issuers}
        missing = [name for name in wanted if self._load(name) is None]
        made = dict(zip(missing, keys.at_once(len(missing)), strict=True))
        with registry.transaction():
            for name in missing:
                self._make(name, wanted[name], made[name])
        self.issuers = {name: self._loaded(name) for name in wanted}

    @property
    def root(self) -> Issuer:
        """The root CA."""
        return self.issuers[ROOT]

    @property
    def subordinates(self) -> list[str]:
        """The issuing CAs below the root, by short name."""
        return [name for name, one in self.issuers.items() if not one.self_signed]

    def issue(self, issuer: str, key: rsa.RSAPublicKey, profile: profiles.Profile) -> x509.Certificate:
        """Sign a subscriber's certificate."""
        by = self.issuers[issuer]
        builder = profiles.template(
            profiles.subscriber_name(profile),
            key,
            by.certificate.subject,
            by.key.public_key(),
            (profile.not_before, profile.not_after),
        )
        builder = profiles.as_subscriber(builder, client_auth=profile.client_auth)
        return profiles.sign(profiles.published(builder, self.repository, issuer), by.key)

    def numbered(self, made: x509.Certificate, issuer: str, serial: int) -> x509.Certificate:
        """The same certificate once more, under another serial number."""
        builder = x509.CertificateBuilder(
            made.issuer, made.subject, made.public_key(), serial, made.not_valid_before_utc, made.not_valid_after_utc
        )
        for one in made.extensions:
            builder = builder.add_extension(one.value, critical=one.critical)
        return profiles.sign(builder, self.issuers[issuer].key)

    def chain(self, issuer: str) -> list[x509.Certificate]:
        """The certificates above a subscriber's, up to one that signed itself."""
        own = self.issuers[issuer]
        return [own.certificate] if own.self_signed else [own.certificate, self.root.certificate]

    def bundle(self) -> str:
        """Every CA certificate, in PEM: what a listener checks client certificates against."""
        return "".join(one.certificate.public_bytes(Encoding.PEM).decode() for one in self.issuers.values())

    def _make(self, name: str, title: Title, key: rsa.RSAPrivateKey) -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        subject = profiles.authority_name(title.common_name)
        root = None if title.self_signed else self._loaded(ROOT)
        signer = root.key if root else key
        issuer = root.certificate.subject if root else subject
        builder = profiles.template(subject, key.public_key(), issuer, signer.public_key(), (now - PAST, now + FUTURE))
        builder = profiles.as_authority(builder, path_length=1 if name == ROOT else 0)
        if root:
            builder = profiles.published(builder, self.repository, ROOT, ocsp=False)
        der = profiles.sign(builder, signer).public_bytes(Encoding.DER)
        row = (name, der, key_to_der(key))
        self._registry.connection.execute("INSERT INTO authorities VALUES (?, ?, ?)", row)

    def _load(self, name: str) -> Issuer | None:
        query = "SELECT certificate, key FROM authorities WHERE name = ?"
        row = self._registry.connection.execute(query, (name,)).fetchone()
        if row is None:
            return None
        return Issuer(name, x509.load_der_x509_certificate(row["certificate"]), key_from_der(row["key"]))

    def _loaded(self, name: str) -> Issuer:
        issuer = self._load(name)
        assert issuer
        return issuer
