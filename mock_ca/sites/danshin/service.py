"""The three services: ①団信ネット(3社共用) and 団信Web take the shared certificate, ②団信ネット(日本生命) its own."""

from __future__ import annotations

from mock_ca.managed_pki.service import Service
from mock_ca.registry import Certificate
from mock_ca.sites.danshin.figures import SHARED


class SharedService(Service):
    """団信ネット(3社共用)."""

    def fits(self, certificate: Certificate) -> bool:
        """The shared certificate."""
        return certificate.which == SHARED or self.mock.defects.broken("nissay-certificate-opens-service")


class WebService(Service):
    """団信Web."""

    def fits(self, certificate: Certificate) -> bool:
        """The shared certificate."""
        if certificate.which == SHARED:
            return not self.mock.defects.broken("web-refuses-shared-certificate")
        return self.mock.defects.broken("nissay-certificate-opens-web")


class NissayService(Service):
    """団信ネット(日本生命)."""

    def fits(self, certificate: Certificate) -> bool:
        """Its own certificate, whether or not the user has the shared one as well."""
        if certificate.which == SHARED:
            return self.mock.defects.broken("shared-certificate-opens-nissay")
        others = self.mock.certificates.of_user(certificate.user_id)
        both = any(one.which == SHARED and self.rules.valid(one) for one in others)
        return both or not self.mock.defects.broken("nissay-requires-shared-certificate")
