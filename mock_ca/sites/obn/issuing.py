"""From when a certificate of this system is valid, and those whose keys their holders made themselves."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from mock_ca.authority import Profile
from mock_ca.managed_pki.issuing import Issuing
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request, Status


def printed_at(mock: Mock, asked: Request) -> datetime:
    """When the notice of a request was printed; never later than real time, for which certificates are made."""
    return min(asked.asked_at.replace(microsecond=0), mock.clock.begins())


class ObnIssuing(Issuing):
    """Dates certificates as their printed notices say, however much later they are downloaded."""

    def begins(self, asked: Request) -> datetime:
        """The time of the notice, which a renewal does not have."""
        now = super().begins(asked)
        if asked.kind == "renewal":
            return now
        return self._mock.defects.decide("validity-from-download", right=printed_at(self._mock, asked), wrong=now)

    def key_elsewhere(self, asked: Request) -> bool:
        """Whether the key of a request was made on its holder's PC, and is not here."""
        return any(not one.key for one in self._mock.certificates.of_request(asked.request_id))

    def for_key(
        self, old: Certificate, key: rsa.RSAPublicKey, lost: Request | None
    ) -> tuple[Request, list[x509.Certificate]]:
        """Renew a certificate for a key that never leaves its holder's PC: it is issued at once.

        Where an earlier answer was `lost`, the same request is answered for the new key, and what was issued for the
        one that nobody has any more is revoked. Gives the new certificate with those above it.
        """
        user, now = self._holder(old.user_id), self._mock.clock.now()
        begins = self._mock.clock.begins()
        with self._mock.registry.transaction():
            asked = lost or self._office.new_request(
                old.user_id, old.which, "renewal", Status.ISSUED, when=now, renews=old.serial
            )
            for one in self._mock.certificates.of_request(asked.request_id):
                if one.revoked_at is None:
                    self._mock.certificates.revoke(one.serial, self._mock.clock.real())
            self._mock.requests.set_issued(asked.request_id, now)
            profile = Profile(
                user.user_id, user.organization, user.units, begins, self._office.rules.last_moment(asked, begins)
            )
            signed = self._mock.authority.issue(old.issuer, key, profile)
            self._mock.certificates.add(Certificate.of(asked, signed, old.issuer))
        return asked, [signed, *self._mock.authority.chain(old.issuer)]
