"""The enrolment site."""

from __future__ import annotations

from mock_ca.managed_pki.enrol import Enrolment


class KihonetEnrolment(Enrolment):
    """新規取得."""

    def login_heading(self) -> str:
        """What the first page calls itself."""
        return self.mock.defects.decide("login-page-under-another-heading", right="ユーザ認証", wrong="サインイン")
