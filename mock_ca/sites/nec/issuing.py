"""Issuing: the key is the subscriber's own, and never comes here."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from mock_ca.authority import Profile, key_to_der
from mock_ca.authority import profile as profiles
from mock_ca.authority.keys import generate
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request
from mock_ca.sites.nec.figures import AUTHORITY, ISSUER, LIFE, ORGANIZATION


class Issuing:
    """Issues certificates for applications."""

    def __init__(self, mock: Mock) -> None:
        """Begin without an impostor of the root; a defect makes one."""
        self._mock = mock
        self._impostor: x509.Certificate | None = None

    def issue(self, asked: Request, key: rsa.RSAPublicKey) -> Certificate:
        """The certificate of an application, valid from now on, for two years from the application."""
        decide, real = self._mock.defects.decide, self._mock.clock.real()
        begins = decide("validity-begins-with-application", right=real, wrong=min(asked.asked_at, real))
        counted = decide("validity-from-operation", right=asked.asked_at, wrong=self._mock.clock.now())
        key = decide("certificate-of-another-key", right=key, wrong=self._mock.authority.root.key.public_key())
        key = self._key(asked, key)
        name = decide("subject-without-user-id", right=asked.user_id, wrong="portal user")
        issuer = decide("wrong-issuer", right=ISSUER, wrong=self._mock.authority.subordinates[0])
        return self._sign(asked, issuer, key, _profile(name, begins, LIFE.ends(counted)))

    def provisioned(self, asked: Request, life: tuple[datetime, datetime], key: rsa.RSAPrivateKey) -> Certificate:
        """A certificate that a subscriber already has, with the key that he would have made."""
        return self._sign(asked, ISSUER, key.public_key(), _profile(asked.user_id, *life), key_to_der(key))

    def _sign(
        self, asked: Request, issuer: str, key: rsa.RSAPublicKey, profile: Profile, private: bytes = b""
    ) -> Certificate:
        """Sign a certificate and record it."""
        signed = self._mock.authority.issue(issuer, key, profile)
        made = Certificate.of(asked, signed, issuer, private)
        with self._mock.registry.transaction():
            self._mock.certificates.add(made)
            self._mock.requests.set_issued(asked.request_id, self._mock.clock.now())
        return made

    def response(self, certificate: Certificate) -> bytes:
        """A certificate and the chain above it, as the control takes them (PKCS#7, DER)."""
        made, old = x509.load_der_x509_certificate(certificate.certificate), self._renewed(certificate)
        if old and self._mock.defects.broken("renewal-keeps-serial"):
            made = self._mock.authority.numbered(made, certificate.issuer, int(old.serial, 16))
        return pkcs7.serialize_certificates([made, *self._mock.authority.chain(certificate.issuer)], Encoding.DER)

    def _renewed(self, new: Certificate) -> Certificate | None:
        """The certificate that a renewal takes the place of."""
        before = [one for one in self._mock.certificates.of_user(new.user_id) if one.serial != new.serial]
        return before[-1] if before and new.kind == "renewal" else None

    def _key(self, asked: Request, key: rsa.RSAPublicKey) -> rsa.RSAPublicKey:
        """The key that is certified: the one that was asked for, unless a defect keeps that of the old certificate."""
        before = self._mock.certificates.of_user(asked.user_id)
        if asked.kind != "renewal" or not before:
            return key
        kept = x509.load_der_x509_certificate(before[-1].certificate).public_key()
        assert isinstance(kept, rsa.RSAPublicKey)
        return self._mock.defects.decide("renewal-keeps-key", right=key, wrong=kept)

    def root_file(self) -> bytes:
        """The root's certificate, as it is offered for download."""
        decide, right = self._mock.defects.decide, self._mock.authority.issuers[ISSUER].certificate
        offered = decide("root-file-of-another-authority", right=right, wrong=self._false_root())
        whole = offered.public_bytes(Encoding.DER)
        return decide("root-file-unreadable", right=whole, wrong=whole[: len(whole) // 2])

    def client_file(self, certificate: Certificate) -> bytes:
        """A subscriber's certificate, as it is offered for download."""
        root = self._mock.authority.issuers[ISSUER].certificate.public_bytes(Encoding.DER)
        return self._mock.defects.decide("client-file-is-the-root", right=certificate.certificate, wrong=root)

    def _false_root(self) -> x509.Certificate:
        """A root of the same name that anyone could make."""
        if self._impostor is None:
            right, key = self._mock.authority.issuers[ISSUER].certificate, generate()
            life = right.not_valid_before_utc, right.not_valid_after_utc
            name = profiles.authority_name(AUTHORITY)
            builder = profiles.template(name, key.public_key(), name, key.public_key(), life)
            self._impostor = profiles.sign(profiles.as_authority(builder, path_length=0), key)
        return self._impostor


def _profile(name: str, begins: datetime, ends: datetime) -> Profile:
    return Profile(name, ORGANIZATION, ("Digital ID",), begins, ends)
