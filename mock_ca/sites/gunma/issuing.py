"""Issuing: certificates for keys that users' programs made, and for users who are provisioned with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from mock_ca.authority import Profile, key_to_der
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, serial_text
from mock_ca.sites.gunma.figures import ISSUER, ISSUER_NAME, LIFE_MONTHS, ORGANIZATION, WRONG_LIFE_MONTHS, ends
from mock_ca.sites.gunma.members import Member


@dataclass(frozen=True)
class Order:
    """A certificate that is wanted: for whom, of which kind, and how long it lives."""

    member: Member
    kind: str
    begins: datetime
    ends: datetime


class Issuing:
    """Signs and records. Part of the caller's transaction."""

    def __init__(self, mock: Mock) -> None:
        """Use the mock's authority."""
        self._mock = mock

    def now(self, member: Member, kind: str, key: rsa.RSAPublicKey) -> Certificate:
        """A certificate for a year from now."""
        begins = self._mock.clock.begins()
        months = self._mock.defects.decide("certificate-valid-two-years", right=LIFE_MONTHS, wrong=WRONG_LIFE_MONTHS)
        return self.add(Order(member, kind, begins, ends(begins, months)), key)

    def add(self, order: Order, key: rsa.RSAPublicKey, private: bytes = b"") -> Certificate:
        """Any certificate. The bank knows a private key only where it provisions the user."""
        profile = Profile(self._name(order), ORGANIZATION, (ISSUER_NAME,), order.begins, order.ends)
        signed = self._mock.authority.issue(ISSUER, key, profile)
        issued = Certificate(
            serial=serial_text(signed.serial_number),
            user_id=order.member.user_id,
            which="bank",
            kind=order.kind,
            issuer=ISSUER,
            request_id=None,
            not_before=order.begins,
            not_after=order.ends,
            certificate=signed.public_bytes(Encoding.DER),
            key=private,
        )
        self._mock.certificates.add(issued)
        return issued

    def provisioned(self, order: Order, key: rsa.RSAPrivateKey) -> Certificate:
        """A certificate that a user already has."""
        return self.add(order, key.public_key(), key_to_der(key))

    def key_of_renewal(self, old: Certificate, key: rsa.RSAPublicKey) -> rsa.RSAPublicKey:
        """The key that a renewal is for: the one that the program has made, unless a defect keeps the old one."""
        kept = x509.load_der_x509_certificate(old.certificate).public_key()
        assert isinstance(kept, rsa.RSAPublicKey)
        return self._mock.defects.decide("renewal-keeps-key", right=key, wrong=kept)

    def bundle(self, certificate: Certificate, renews: Certificate | None = None) -> str:
        """A certificate and those above it, in PEM; a defect hands out a renewal under the old serial number."""
        own = x509.load_der_x509_certificate(certificate.certificate)
        if renews and self._mock.defects.broken("renewal-keeps-serial"):
            own = self._mock.authority.numbered(own, certificate.issuer, int(renews.serial, 16))
        chain = [own, *self._mock.authority.chain(certificate.issuer)]
        return "".join(one.public_bytes(Encoding.PEM).decode() for one in chain)

    def _name(self, order: Order) -> str:
        """Log-in id, number in the company, and a number by the time: no name is given twice."""
        member, number = order.member, self._mock.registry.next_number("bank_certificate_number")
        # a renewal that mixes up its users is only noticed by those who are not their company's first
        wrong = member.company if order.kind == "renewal" else member.user_id
        user_id = self._mock.defects.decide("renewal-names-another-user", right=member.user_id, wrong=wrong)
        return f"{user_id} A{member.number:03d} {order.begins:%Y%m%d%H%M%S}{number:06d}"
