"""The support desk, as it answers the telephone: reissue."""

from __future__ import annotations

import secrets
from typing import Any

from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate, Request, Status, Subscriber
from mock_ca.system import BadRequestError


def new_password() -> str:
    """A password of the kind that support desks give out."""
    return secrets.token_urlsafe(9)


class SupportDesk:
    """The telephone: reissue."""

    def __init__(self, office: Office, letters: Letters) -> None:
        """Write with `letters`."""
        self._office, self._mock, self._letters = office, office.mock, letters

    def reissue(self, user_id: str) -> dict[str, Any]:
        """Revoke what the subscriber has and invite him again. Raises BadRequestError."""
        user = self._office.subscriber(user_id)
        if user is None:
            raise BadRequestError(f"no subscriber {user_id!r}")
        password, which = new_password(), self._which(user_id)
        with self._mock.registry.transaction():
            self._revoke(user_id, which)
            self._mock.requests.cancel_invitations(user_id, which)
            self._mock.subscribers.set_password(user_id, password)
            asked = self._office.new_request(user_id, which, "reissue", Status.INVITED, when=self._mock.clock.now())
            self._write(user, asked, password)
        self._mock.outbox.flush()
        return {"user_id": user_id, "login_password": password}

    def _which(self, user_id: str) -> str:
        known = {asked.which for asked in self._mock.requests.of_user(user_id)}
        return next(which for which in self._office.kinds.issuers if which in known)

    def _revoke(self, user_id: str, which: str) -> None:
        for certificate in self._mock.certificates.of_user(user_id):
            decide = self._mock.defects.decide
            meant = decide("reissue-revokes-every-kind", right=certificate.which == which, wrong=True)
            alive = meant and certificate.revoked_at is None
            if alive and not self._overlooked(certificate):
                self._mock.certificates.revoke(certificate.serial, self._mock.clock.real())

    def _overlooked(self, certificate: Certificate) -> bool:
        """Whether a defect has the desk leave a certificate as it is."""
        broken = self._mock.defects.broken
        if broken("old-certificate-alive-after-reissue"):
            return True
        return certificate.kind == "reissue" and broken("second-reissue-leaves-certificate-alive")

    def _write(self, user: Subscriber, asked: Request, password: str) -> None:
        if not self._mock.defects.broken("reissue-without-mail"):
            self._letters.reissue(user, asked, password)
