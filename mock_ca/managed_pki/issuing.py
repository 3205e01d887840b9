"""Issuing: from a request to a certificate, never two for one request."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from mock_ca.authority import Profile, key_from_der, key_to_der, pkcs12
from mock_ca.authority.keys import BITS
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate, Request, Subscriber

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """A key encrypted for its subscriber, ready to be downloaded."""

    request_id: str
    serial: str
    data: bytes


@dataclass(frozen=True)
class Order:
    """For whom and which request a certificate is made, and by which issuing CA."""

    user: Subscriber
    asked: Request
    issuer: str


class Issuing:
    """Issues certificates for requests of this system."""

    def __init__(self, office: Office) -> None:
        """Issue what the office's kinds of certificates are."""
        self._office, self._mock = office, office.mock

    async def first(self, asked: Request, *, repeated: bool) -> Certificate:
        """The certificate of an invitation: issued at the first Submit, the same ever after."""
        held = self._mock.certificates.of_request(asked.request_id)
        if held and not self._issues_again(asked, repeated=repeated):
            return held[-1]
        key = await self._key(fresh=False)
        with self._mock.registry.transaction():
            return self._add(asked, key, known=len(held))

    async def anew(self, asked: Request) -> Certificate:
        """Another certificate for a request, whatever was issued for it before; no portal should."""
        key = await self._key(fresh=False)
        with self._mock.registry.transaction():
            user = self._holder(asked.user_id)
            return self._sign(Order(user, asked, self._issuer(asked)), key, self._profile(asked, user))

    async def renewal(self, asked: Request) -> Certificate:
        """The certificate of an accepted renewal; the key is generated now."""
        key = await self._key(fresh=True)
        old = self._mock.certificates.get(asked.renews) if asked.renews else None
        if old and self._mock.defects.broken("renewal-keeps-key"):
            key = key_from_der(old.key)
        with self._mock.registry.transaction():
            return self._add(asked, key, known=0)

    def provisioned(self, asked: Request, life: tuple[datetime, datetime], key: rsa.RSAPrivateKey) -> Certificate:
        """A certificate that a subscriber already has, or only needs to fetch."""
        user = self._holder(asked.user_id)
        order = Order(user, asked, self._office.kinds.issuers[asked.which])
        return self._sign(order, key, Profile(user.user_id, user.organization, user.units, *life))

    def begins(self, asked: Request) -> datetime:  # noqa: ARG002 - for those who override it
        """From when a certificate that is issued now is valid."""
        return self._mock.clock.begins()

    def parcel(self, certificate: Certificate, password: str) -> Parcel:
        """Encrypt a certificate's key under a password."""
        decide = self._mock.defects.decide
        password = decide("pkcs12-under-another-password", right=password, wrong=f"{password[1:]}{password[:1]}#")
        name = decide("pkcs12-without-friendly-name", right=certificate.user_id, wrong="")
        with_chain = decide("pkcs12-without-chain", right=True, wrong=False)
        data = self.pkcs12(certificate, password, name=name, with_chain=with_chain)
        data = decide(
            "download-is-not-pkcs12", right=data, wrong=b"<html><body>Service Temporarily Unavailable</body></html>\n"
        )
        return Parcel(certificate.request_id or "", certificate.serial, data)

    def pkcs12(
        self, certificate: Certificate, password: str, *, name: str | None = None, with_chain: bool = True
    ) -> bytes:
        """A certificate with its key, and the chain above it, as PKCS#12; named after its holder."""
        return pkcs12(
            certificate.user_id if name is None else name,
            key_from_der(certificate.key),
            [
                self._handed_out(certificate),
                *(self._mock.authority.chain(certificate.issuer) if with_chain else []),
            ],
            password,
            self._holder(certificate.user_id).pkcs12,
        )

    def _handed_out(self, certificate: Certificate) -> x509.Certificate:
        """The certificate itself; of a renewal, a defect hands out one with the old one's serial number."""
        asked = self._mock.requests.get(certificate.request_id or "")
        made = x509.load_der_x509_certificate(certificate.certificate)
        if asked is None or not asked.renews or not self._mock.defects.broken("renewal-keeps-serial"):
            return made
        return self._mock.authority.numbered(made, certificate.issuer, int(asked.renews, 16))

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
        user = self._holder(asked.user_id)
        made = self._sign(Order(user, asked, self._issuer(asked)), key, self._profile(asked, user))
        self._mock.requests.set_issued(asked.request_id, self._mock.clock.now())
        log.info("request %s: certificate %s issued", asked.request_id, made.serial)
        return made

    def _issuer(self, asked: Request) -> str:
        """The issuing CA of a kind; or, as a defect wants it, a sister of it."""
        right = self._office.kinds.issuers[asked.which]
        sisters = [*self._office.kinds.issuers.values(), *self._mock.authority.subordinates]
        return self._mock.defects.decide("wrong-issuer", right=right, wrong=next(x for x in sisters if x != right))

    def _profile(self, asked: Request, user: Subscriber) -> Profile:
        begins = self.begins(asked)
        return Profile(
            common_name=self._mock.defects.decide("subject-without-user-id", right=user.user_id, wrong="portal user"),
            organization=user.organization,
            units=user.units,
            not_before=begins,
            not_after=self._office.rules.last_moment(asked, begins),
            client_auth=self._mock.defects.decide("without-client-auth-eku", right=True, wrong=False),
        )

    def _holder(self, user_id: str) -> Subscriber:
        user = self._mock.subscribers.get(user_id)
        assert user
        return user

    def _sign(self, order: Order, key: rsa.RSAPrivateKey, profile: Profile) -> Certificate:
        """Sign a certificate and record it with its key."""
        signed = self._mock.authority.issue(order.issuer, key.public_key(), profile)
        certificate = Certificate.of(order.asked, signed, order.issuer, key_to_der(key))
        with self._mock.registry.transaction():
            self._mock.certificates.add(certificate)
        return certificate
