"""The office that carries out applications for revocation, some days later, and reports it by mail."""

from __future__ import annotations

from datetime import date

from mock_ca.clock import TOKYO
from mock_ca.managed_pki.office import Office
from mock_ca.registry import Certificate, Revocation
from mock_ca.sites.obn.figures import REVOCATION_DAYS
from mock_ca.sites.obn.letters import ObnLetters


class Clerk:
    """Carries them out."""

    def __init__(self, office: Office, letters: ObnLetters) -> None:
        """Report with `letters`."""
        self._office, self._mock, self._letters = office, office.mock, letters

    def work(self, day: date) -> None:
        """Do what is due by a day. Part of the caller's transaction."""
        for application in self._mock.revocations.waiting():
            certificate = self._office.certificate(application.serial)
            waited = (day - application.asked_at.astimezone(TOKYO).date()).days
            if (
                certificate
                and waited >= REVOCATION_DAYS
                and not self._mock.defects.broken("revocation-never-completes")
            ):
                self._revoke(application, certificate)

    def _revoke(self, application: Revocation, certificate: Certificate) -> None:
        now = self._mock.clock.now()
        self._mock.certificates.revoke(certificate.serial, self._mock.clock.real())
        self._mock.revocations.set_done(application.number, now)
        if not self._mock.defects.broken("completion-mail-missing"):
            self._letters.revoked(certificate, application.mail, now)
