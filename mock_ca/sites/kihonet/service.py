"""The two services: each takes the certificates of its own users."""

from __future__ import annotations

from typing import ClassVar

from mock_ca.managed_pki.service import Service
from mock_ca.registry import Certificate
from mock_ca.sites.kihonet.figures import KIHONET, NAVI


class KihonetService(Service):
    """One of the services; `OWN` names whose certificates open which."""

    OWN: ClassVar = {"service": KIHONET, "navi": NAVI}
    INTRUDERS: ClassVar = {"service": "navi-certificate-opens-kihonet", "navi": "kihonet-certificate-opens-navi"}

    def fits(self, certificate: Certificate) -> bool:
        """Of its own users, on every day until the last."""
        if certificate.which != self.OWN[self.key]:
            return self.mock.defects.broken(self.INTRUDERS[self.key])
        last_day = certificate.days_left(self.mock.clock.today()) == 0
        return not (last_day and self.mock.defects.broken("certificate-ends-a-day-early"))

    def may_enter(self, user_id: str) -> bool:
        """Those who were registered for it."""
        return any(asked.which == self.OWN[self.key] for asked in self.mock.requests.of_user(user_id))
