"""One-time passwords by time (RFC 6238), as the users' tokens show them."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from mock_ca.mock import Mock
from mock_ca.sites.gunma.figures import DIGITS, DRIFT, STEP
from mock_ca.sites.gunma.members import Member, Members


class Tokens:
    """Checks them. Tokens go by the real time of day."""

    def __init__(self, mock: Mock, members: Members) -> None:
        """Remember with the members which were used."""
        self._mock, self._members = mock, members

    def accept(self, member: Member, given: str) -> bool:
        """Whether a one-time password is right, of now, and was not used before; it is used then."""
        now = _step(self._mock.clock.real())
        step = self._step_of(member, given, now)
        if step is None:
            return self._mock.defects.broken("wrong-one-time-password-accepted")
        if abs(step - now) > DRIFT and not self._mock.defects.broken("old-one-time-password-accepted"):
            return False
        if step <= member.last_step:
            return self._mock.defects.broken("used-one-time-password-accepted")
        self._members.use(member.user_id, step)
        return True

    @staticmethod
    def _step_of(member: Member, given: str, now: int) -> int | None:
        """The step that it belongs to, looked for in the last hour."""
        token = HOTP(base64.b32decode(member.seed), DIGITS, SHA1())  # noqa: S303 - what RFC 4226 is about
        recent = range(now + DRIFT, now - 120, -1)
        return next((one for one in recent if hmac.compare_digest(token.generate(one), given.encode())), None)


def _step(when: datetime) -> int:
    return int(when.timestamp() // STEP.total_seconds())
