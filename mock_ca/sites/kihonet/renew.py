"""The renewal site: the page that asks to wait says what was applied for."""

from __future__ import annotations

from mock_ca.managed_pki.portal import Memory
from mock_ca.managed_pki.renew import Renewal, another
from mock_ca.registry import Request
from mock_ca.web import Session


class KihonetRenewal(Renewal):
    """更新."""

    def statuses(self) -> tuple[str, ...]:
        """One: the page leads on when the key is there."""
        right = super().statuses()
        return self.mock.defects.decide("waiting-page-with-another-status", right=right, wrong=("発行済み",))

    def receipt(self, asked: Request, status: str) -> list[tuple[str, str]]:
        """申請の受付情報, with what defects take from it."""
        broken = self.mock.defects.broken
        request_id, reference_id, shown = super().receipt(asked, status)
        if broken("waiting-page-shows-another-request-id"):
            request_id = (request_id[0], f"{request_id[1][:-1]}{9 - int(request_id[1][-1])}")
        if broken("waiting-page-without-reference-id"):
            reference_id = (reference_id[0], "")
        return [request_id, reference_id, *([] if broken("waiting-page-without-status") else [shown])]

    def offered(self, asked: Request) -> bool:
        """Whether the list leads on to a key; a defect takes one that was once sent for one that has arrived."""
        again = super().offered(asked) and asked.fetched_at is not None
        if self.of_yesterday(asked):
            return False
        return super().offered(asked) and not (again and self.mock.defects.broken("fetched-key-not-offered-again"))

    def opened_from_list(self, asked: Request, session: Session[Memory]) -> str:
        """As everywhere; a defect leads to another request once the key was sent, and until it is used."""
        shown = super().opened_from_list(asked, session)
        own = {one.serial for one in self.mock.certificates.of_request(asked.request_id)}
        sent = asked.fetched_at is not None and own.isdisjoint(self.office.used)
        return another(asked) if sent and self.mock.defects.broken("fetched-key-shows-another-id") else shown

    def shows_facts(self) -> bool:
        """Whether the page repeats the certificate's names."""
        return not self.mock.defects.broken("waiting-page-without-facts")
