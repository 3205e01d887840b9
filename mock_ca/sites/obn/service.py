"""オンライン請求システム: the service that the certificates are for."""

from __future__ import annotations

from mock_ca.managed_pki.service import Service


class Billing(Service):
    """The service, which also leads to the renewal site."""

    def renewal_link(self) -> str:
        """Where certificates are renewed."""
        link = f"{self.mock.addresses['obn.renew']}/p/ru"
        return self.mock.defects.decide("renewal-site-not-linked", right=link, wrong="")
