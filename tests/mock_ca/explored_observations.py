"""What a visitor observes of the defects that only an exploration finds: an answer is lost, and he comes back."""

from __future__ import annotations

from collections.abc import Callable

from .running import Running
from .walks import apply, at_renewal, enrol, key_page, listed, resumed

Observation = Callable[[Running], object]


def issued_behind_a_lost_answer(mock: Running) -> int:
    """How many certificates there are once the answer to Submit was lost and all was done over."""
    account = mock.account("invited")
    visitor, page = key_page(mock, account)
    form = {"password": "Himitsu#1", "passwordConfirm": "Himitsu#1", "ticket": page.field("ticket")}
    visitor.lose("key.jsp", requestId=account["request_id"], **form)
    enrol(mock, account)
    return len(mock.told("GET", f"/subscribers/{account['user_id']}")["certificates"])


def listed_behind_the_waiting_page(mock: Running) -> int:
    """How many applications are listed for somebody who saw the waiting page and was cut off."""
    account = mock.account("renewable")
    apply(at_renewal(mock, account))
    return len(listed(mock, account))


def offered_again(mock: Running) -> bool:
    """Whether the list still leads to a key whose file was sent once."""
    account = mock.account("renewing")
    resumed(mock, account)
    return "list=1" in at_renewal(mock, account).get("list.jsp").text


def guides_after_two_log_ins(mock: Running) -> int:
    """How many mails there are for somebody who logged in, was cut off and logged in again."""
    account = mock.account("invited")
    before = len(mock.mails(account["mail"]))
    mock.logged_in(account)
    mock.logged_in(account)
    return len(mock.mails(account["mail"])) - before


EXPLORED: dict[str, Observation] = {
    "unseen-download-issues-again": issued_behind_a_lost_answer,
    "left-waiting-page-applies-again": listed_behind_the_waiting_page,
    "fetched-key-not-offered-again": offered_again,
    "guide-mailed-again-after-log-in": guides_after_two_log_ins,
}
