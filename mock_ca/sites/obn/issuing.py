"""From when a certificate of this system is valid."""

from __future__ import annotations

from datetime import datetime

from mock_ca.managed_pki.issuing import Issuing
from mock_ca.mock import Mock
from mock_ca.registry import Request


def printed_at(mock: Mock, asked: Request) -> datetime:
    """When the notice of a request was printed; never later than real time, for which certificates are made."""
    return min(asked.asked_at.replace(microsecond=0), mock.clock.real())


class ObnIssuing(Issuing):
    """Dates certificates as their printed notices say, however much later they are downloaded."""

    def begins(self, asked: Request) -> datetime:
        """The time of the notice, which a renewal does not have."""
        return super().begins(asked) if asked.kind == "renewal" else printed_at(self._mock, asked)
