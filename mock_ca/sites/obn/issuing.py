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

    def for_key(self, old: Certificate, key: rsa.RSAPublicKey) -> tuple[Request, list[x509.Certificate]]:
        """Renew a certificate for a key that never leaves its holder's PC: it is issued, and fetched, at once.

        Gives the new certificate with those above it.
        """
        user, now = self._holder(old.user_id), self._mock.clock.now()
        begins = self._mock.clock.begins()
        with self._mock.registry.transaction():
            asked = self._office.new_request(
                old.user_id, old.which, "renewal", Status.ISSUED, when=now, renews=old.serial
            )
            self._mock.requests.set_issued(asked.request_id, now)
            self._mock.requests.set_fetched(asked.request_id, now)
            profile = Profile(
                user.user_id, user.organization, user.units, begins, self._office.rules.last_moment(asked, begins)
            )
            signed = self._mock.authority.issue(old.issuer, key, profile)
            self._mock.certificates.add(Certificate.of(asked, signed, old.issuer))
        return asked, [signed, *self._mock.authority.chain(old.issuer)]
