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
        profile = Profile(user.user_id, user.organization, user.units, *life)
        issuer = rules.ISSUERS[which]
        return self._record(
            user, which, "issue", None, issuer, key, self._mock.authority.issue(issuer, key.public_key(), profile)
        )

    def provisioned_renewal(self, asked: Request, key: rsa.RSAPrivateKey) -> Certificate:
        """A renewal that was issued and whose key nobody has fetched yet."""
        user = self._mock.subscribers.get(asked.user_id)
        assert user
        begins = self._mock.clock.real()
        ends = end_of_day(rules.years_later(begins.astimezone(TOKYO).date(), rules.YEARS))
        profile = Profile(user.user_id, user.organization, user.units, begins, ends)
        issuer = rules.ISSUERS[asked.which]
        signed = self._mock.authority.issue(issuer, key.public_key(), profile)
        self._mock.requests.set_issued(asked.request_id, self._mock.clock.now())
        return self._record(user, asked.which, asked.kind, asked.request_id, issuer, key, signed)

    def parcel(self, certificate: Certificate, password: str) -> Parcel:
        """Encrypt a certificate's key under a password."""
        decide = self._mock.defects.decide
        password = decide("pkcs12-under-another-password", right=password, wrong=f"{password[1:]}{password[:1]}#")
        data = self.pkcs12(certificate, password, decide("pkcs12-without-chain", right=True, wrong=False))
        data = decide(
            "download-is-not-pkcs12", right=data, wrong=b"<html><body>Service Temporarily Unavailable</body></html>\n"
        )
        return Parcel(certificate.request_id or "", certificate.serial, data)

    def pkcs12(self, certificate: Certificate, password: str, with_chain: bool = True) -> bytes:  # noqa: FBT001, FBT002
        """A certificate with its key, and the chain above it, as PKCS#12."""
        user = self._mock.subscribers.get(certificate.user_id)
        assert user
        return pkcs12(
            certificate.user_id,
            key_from_der(certificate.key),
            x509.load_der_x509_certificate(certificate.certificate),
            self._mock.authority.chain(certificate.issuer) if with_chain else [],
            password,
            user.pkcs12,
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
        user = self._mock.subscribers.get(asked.user_id)
        assert user
        issuer = rules.ISSUERS[asked.which]
        other = next(name for name in rules.ISSUERS.values() if name != issuer)
        issuer = self._mock.defects.decide("wrong-issuer", right=issuer, wrong=other)
        signed = self._mock.authority.issue(issuer, key.public_key(), self._profile(asked, user))
        self._mock.requests.set_issued(asked.request_id, self._mock.clock.now())
        log.info("request %s: certificate %s issued", asked.request_id, serial_text(signed.serial_number))
        return self._record(user, asked.which, asked.kind, asked.request_id, issuer, key, signed)

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

    def _record(
        self,
        user: Subscriber,
        which: str,
        kind: str,
        request_id: str | None,
        issuer: str,
        key: rsa.RSAPrivateKey,
        signed: x509.Certificate,
    ) -> Certificate:
        certificate = Certificate(
            serial=serial_text(signed.serial_number),
            user_id=user.user_id,
            which=which,
            kind=kind,
            issuer=issuer,
            request_id=request_id,
            not_before=signed.not_valid_before_utc,
            not_after=signed.not_valid_after_utc,
            certificate=signed.public_bytes(Encoding.DER),
            key=key_to_der(key),
        )
        with self._mock.registry.transaction():
            self._mock.certificates.add(certificate)
        return certificate
