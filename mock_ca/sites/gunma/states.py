"""証明書状態: what a user's certificate is on a day, and what follows from it."""

from __future__ import annotations

from enum import StrEnum

from mock_ca.mock import Mock
from mock_ca.registry import Certificate
from mock_ca.sites.gunma.figures import NOTICE_DAYS


class State(StrEnum):
    """As the list of users shows it, in the order in which it is sorted."""

    NONE = "未発行"
    ISSUED = "発行済み"
    RENEWABLE = "更新可"
    EXPIRED = "有効期限切れ"
    REVOKED = "失効済み"


class States:
    """Decides by the mock's clock."""

    def __init__(self, mock: Mock) -> None:
        """Use the registry's certificates."""
        self._mock = mock

    def newest(self, user_id: str) -> Certificate | None:
        """The certificate that counts: the last one."""
        held = self._mock.certificates.of_user(user_id)
        return held[-1] if held else None

    def of_user(self, user_id: str) -> State:
        """A user's state."""
        newest = self.newest(user_id)
        return self.of(newest) if newest else State.NONE

    def of(self, certificate: Certificate) -> State:
        """A certificate's state."""
        if certificate.revoked_at:
            return State.REVOKED
        if self._over(certificate):
            return State.EXPIRED
        left = certificate.days_left(self._mock.clock.today())
        return State.RENEWABLE if left <= NOTICE_DAYS else State.ISSUED

    def renewable(self, certificate: Certificate) -> bool:
        """Whether a living certificate may be renewed now."""
        decide, left = self._mock.defects.decide, certificate.days_left(self._mock.clock.today())
        opened = decide("renewal-opens-on-day-41", right=left <= NOTICE_DAYS, wrong=left <= NOTICE_DAYS + 1)
        return decide("renewal-closed-on-day-40", right=opened, wrong=opened and left < NOTICE_DAYS)

    def _over(self, certificate: Certificate) -> bool:
        return certificate.expired(self._mock.clock.now()) or certificate.expired(self._mock.clock.real())
