"""Issuing: from a request to a certificate, never two for one request."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from mock_ca.authority import Profile, key_from_der, key_to_der, pkcs12, serial_text
from mock_ca.authority.keys import BITS
from mock_ca.clock import TOKYO, end_of_day
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Subscriber
from mock_ca.sites.danshin import rules

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """A key encrypted for its subscriber, ready to be downloaded."""

    request_id: str
    serial: str
    data: bytes


@dataclass(frozen=True)
class Order:
    """For whom a certificate is made, of which kind, and by which issuing CA."""

    user: Subscriber
    which: str
    kind: str
    issuer: str
    request_id: str | None = None


class Issuing:
    """Issues certificates for requests of this system."""

    def __init__(self, mock: Mock) -> None:
        """Work with the shared parts."""
        self._mock = mock

    async def first(self, asked: Request, *, repeated: bool) -> Certificate:
        """The certificate of an invitation: issued at the first Submit, the same ever after."""
        held = self._mock.certificates.of_request(asked.request_id)
        if held and not self._issues_again(asked, repeated=repeated):
            return held[-1]
        key = await self._key(fresh=False)
        with self._mock.registry.transaction():
            return self._add(asked, key, known=len(held))

    async def renewal(self, asked: Request) -> Certificate:
        """The certificate of an accepted renewal; the key is generated now."""
        key = await self._key(fresh=True)
        with self._mock.registry.transaction():
            return self._add(asked, key, known=0)

    def provisioned(
        self, user: Subscriber, which: str, life: tuple[datetime, datetime], key: rsa.RSAPrivateKey
    ) -> Certificate:
        """A certificate that a subscriber already has."""
        order = Order(user, which, "issue", rules.ISSUERS[which])
        return self._sign(order, key, Profile(user.user_id, user.organization, user.units, *life))

    def provisioned_renewal(self, asked: Request, key: rsa.RSAPrivateKey) -> Certificate:
        """A renewal that was issued and whose key nobody has fetched yet."""
        user = self._holder(asked.user_id)
        begins = self._mock.clock.real()
        ends = end_of_day(rules.years_later(begins.astimezone(TOKYO).date(), rules.YEARS))
        order = Order(user, asked.which, asked.kind, rules.ISSUERS[asked.which], asked.request_id)
        self._mock.requests.set_issued(asked.request_id, self._mock.clock.now())
        return self._sign(order, key, Profile(user.user_id, user.organization, user.units, begins, ends))

    def parcel(self, certificate: Certificate, password: str) -> Parcel:
        """Encrypt a certificate's key under a password."""
        decide = self._mock.defects.decide
        password = decide("pkcs12-under-another-password", right=password, wrong=f"{password[1:]}{password[:1]}#")
        data = self.pkcs12(certificate, password, with_chain=decide("pkcs12-without-chain", right=True, wrong=False))
        data = decide(
            "download-is-not-pkcs12", right=data, wrong=b"<html><body>Service Temporarily Unavailable</body></html>\n"
        )
        return Parcel(certificate.request_id or "", certificate.serial, data)

    def pkcs12(self, certificate: Certificate, password: str, *, with_chain: bool = True) -> bytes:
        """A certificate with its key, and the chain above it, as PKCS#12."""
        return pkcs12(
            certificate.user_id,
            key_from_der(certificate.key),
            [
                x509.load_der_x509_certificate(certificate.certificate),
                *(self._mock.authority.chain(certificate.issuer) if with_chain else []),
            ],
            password,
            self._holder(certificate.user_id).pkcs12,
        )

    def _issues_again(self, asked: Request, *, repeated: bool) -> bool:
        if not asked.handed_out:
            return False
        return self._mock.defects.broken(
            "second-certificate-on-double-submit" if repeated else "back-button-issues-again"
        )

    async def _key(self, *, fresh: bool) -> rsa.RSAPrivateKey:
        bits = self._mock.defects.decide("key-1024-bit", right=BITS, wrong=1024)
        return await (self._mock.keys.make(bits) if fresh or bits != BITS else self._mock.keys.take())

    def _add(self, asked: Request, key: rsa.RSAPrivateKey, known: int) -> Certificate:
        """Record the certificate, unless another Submit of the same request was faster."""
        held = self._mock.certificates.of_request(asked.request_id)
        if len(held) > known and not self._mock.defects.broken("second-certificate-on-double-submit"):
            return held[-1]
        issuer = rules.ISSUERS[asked.which]
        other = next(name for name in rules.ISSUERS.values() if name != issuer)
        issuer = self._mock.defects.decide("wrong-issuer", right=issuer, wrong=other)
        user = self._holder(asked.user_id)
        made = self._sign(
            Order(user, asked.which, asked.kind, issuer, asked.request_id), key, self._profile(asked, user)
        )
        self._mock.requests.set_issued(asked.request_id, self._mock.clock.now())
        log.info("request %s: certificate %s issued", asked.request_id, made.serial)
        return made

    def _profile(self, asked: Request, user: Subscriber) -> Profile:
        begins = self._mock.clock.real()
        return Profile(
            common_name=self._mock.defects.decide(
                "subject-without-user-id", right=user.user_id, wrong="danshin-net user"
            ),
            organization=user.organization,
            units=user.units,
            not_before=begins,
            not_after=rules.last_moment(self._mock, asked, begins),
            client_auth=self._mock.defects.decide("without-client-auth-eku", right=True, wrong=False),
        )

    def _holder(self, user_id: str) -> Subscriber:
        user = self._mock.subscribers.get(user_id)
        assert user
        return user

    def _sign(self, order: Order, key: rsa.RSAPrivateKey, profile: Profile) -> Certificate:
        """Sign a certificate and record it with its key."""
        signed = self._mock.authority.issue(order.issuer, key.public_key(), profile)
        certificate = Certificate(
            serial=serial_text(signed.serial_number),
            user_id=order.user.user_id,
            which=order.which,
            kind=order.kind,
            issuer=order.issuer,
            request_id=order.request_id,
            not_before=signed.not_valid_before_utc,
            not_after=signed.not_valid_after_utc,
            certificate=signed.public_bytes(Encoding.DER),
            key=key_to_der(key),
        )
        with self._mock.registry.transaction():
            self._mock.certificates.add(certificate)
        return certificate
