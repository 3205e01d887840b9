"""What a visitor observes of the defects that only an exploration finds: answers lost, two tabs, rare days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .running import Running, submit
from .visitor import opened
from .walks import PASSWORD, advance, apply, at_renewal, enrol, enrolled, key_page, listed, opens, resumed

Observation = Callable[[Running], object]


def issued_behind_a_lost_answer(mock: Running) -> int:
    """How many certificates there are once the answer to Submit was lost and all was done over."""
    account = mock.account("invited")
    visitor, page = key_page(mock, account)
    form = {"password": "Himitsu#1", "passwordConfirm": "Himitsu#1", "ticket": page.field("ticket")}
    visitor.lose("key.jsp", requestId=account["request_id"], **form)
    enrol(mock, account)
    return issued(mock, account)


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
    """How many mails came to somebody who logged in, was cut off and logged in again; copies of one count once."""
    account = mock.account("invited")
    before = {mail["Message-ID"] for mail in mock.mails(account["mail"])}
    mock.logged_in(account)
    mock.logged_in(account)
    return len({mail["Message-ID"] for mail in mock.mails(account["mail"])} - before)


def shown_again(mock: Running) -> bool:
    """Whether the key page of a key whose file was sent once shows the list's ID."""
    account = mock.account("renewing")
    resumed(mock, account)
    page = at_renewal(mock, account).get(f"key.jsp?requestId={account['request_id']}&list=1")
    return bool(page.field("requestId") == account["request_id"])


def offered_after_leaving(mock: Running) -> bool:
    """Whether the list leads to a key whose key page was left."""
    account = mock.account("renewable")
    visitor = at_renewal(mock, account)
    advance(visitor, apply(visitor))
    return "list=1" in at_renewal(mock, account).get("list.jsp").text


def logs_in_after_a_lost_answer(mock: Running) -> bool:
    """Whether somebody logs in who did not get the answer to the first time."""
    account = mock.account("invited")
    visitor = mock.visitor()
    visitor.get(mock.sites["enrol"])
    visitor.lose("login.jsp", userId=account["user_id"], password=account["login_password"])
    page = mock.visitor()
    page.get(mock.sites["enrol"])
    return "鍵の取得" in page.post("login.jsp", userId=account["user_id"], password=account["login_password"]).words


def owner_behind_another_page(mock: Running) -> bool:
    """Whether who logged in behind somebody else gets their own key, when the key page was opened twice since."""
    first, second = mock.account("invited"), mock.account("invited")
    visitor = mock.logged_in(first)
    visitor.post("login.jsp", userId=second["user_id"], password=second["login_password"])
    page = visitor.get("key.jsp")
    visitor.get("key.jsp")
    submit(visitor, second["request_id"], ticket=page.field("ticket"))
    return second["user_id"] in opened(visitor.download().body, PASSWORD).certificate.subject.rfc4514_string()


def issued_by_a_copied_page(mock: Running) -> int:
    """How many certificates there are when the copy of a key page was sent, and then the page itself."""
    account = mock.account("invited")
    visitor, page = key_page(mock, account)
    for one in (visitor.get("key.jsp"), page):
        submit(visitor, account["request_id"], ticket=one.field("ticket"))
    return issued(mock, account)


def issued_by_a_reload(mock: Running) -> int:
    """How many there are when the download page was loaded again behind the download."""
    account = mock.account("invited")
    visitor, page = key_page(mock, account)
    shown = submit(visitor, account["request_id"], ticket=page.field("ticket"))
    visitor.download()
    visitor.get(shown.url)
    return issued(mock, account)


def listed_behind_two_presses(mock: Running) -> int:
    """How many applications are listed when the second press came before the first answer."""
    account = mock.account("renewable")
    visitor = at_renewal(mock, account)
    ticket = visitor.get("apply.jsp").field("ticket")
    visitor.lose("apply.jsp", ticket=ticket)
    visitor.post("apply.jsp", ticket=ticket)
    return len(listed(mock, account))


def issued(mock: Running, account: dict[str, Any]) -> int:
    """How many certificates a user has."""
    return len(mock.told("GET", f"/subscribers/{account['user_id']}")["certificates"])


def offered_on_the_next_day(mock: Running) -> bool:
    """Whether the list leads to the key of what was applied for yesterday."""
    account = mock.account("renewing")
    mock.pass_time(days=1)
    return "list=1" in at_renewal(mock, account).get("list.jsp").text


def refused_behind_a_leap_day(mock: Running) -> str:
    """What the portal says 31 days after it has sent the guide, of which one was 29 February."""
    mock.pass_time(day="2028-03-15")
    return enrol(mock, mock.account("invited", days_ago=31)).error


def open_in_2038(mock: Running) -> bool:
    """Whether a renewal can be applied for too early, on the day on which 32 bits of seconds are over."""
    mock.pass_time(day="2038-01-19")
    page = at_renewal(mock, mock.account("active", days_left=31)).get("apply.jsp")
    return bool(page.field("ticket"))


def listed_behind_a_lost_answer_and_a_log_out(mock: Running) -> int:
    """How many applications are listed for somebody who saw no answer, came back and logged out."""
    account = mock.account("renewable")
    visitor = at_renewal(mock, account)
    visitor.lose("apply.jsp", ticket=visitor.get("apply.jsp").field("ticket"))
    at_renewal(mock, account).get("logout.jsp")
    return len(listed(mock, account))


def alive_behind_two_reissues(mock: Running) -> bool:
    """Whether the certificate of the first reissue opens the service behind the second."""
    account = mock.account("active")
    told = mock.told("POST", f"/subscribers/{account['user_id']}/reissue", {})
    (asked, *_) = mock.told("GET", f"/subscribers/{account['user_id']}")["requests"]
    held = enrolled(mock, account | {"login_password": told["login_password"], "request_id": asked["request_id"]})
    mock.told("POST", f"/subscribers/{account['user_id']}/reissue", {})
    return opens(mock, "service", held)


def listed_name_behind_a_lost_answer(mock: Running) -> bool:
    """Whether the list names whoever applied and did not get the answer, when somebody else has come since."""
    account = mock.account("renewable")
    visitor = at_renewal(mock, account)
    visitor.lose("apply.jsp", ticket=visitor.get("apply.jsp").field("ticket"))
    mock.account("invited")
    return account["user_id"] in at_renewal(mock, account).get("list.jsp").words


def shown_when_fetched_twice(mock: Running) -> bool:
    """Whether the key page of a key that was fetched twice shows the list's ID."""
    account = mock.account("renewing")
    resumed(mock, account)
    resumed(mock, account)
    page = at_renewal(mock, account).get(f"key.jsp?requestId={account['request_id']}&list=1")
    return bool(page.field("requestId") == account["request_id"])


def shown_behind_another_confirmation(mock: Running) -> bool:
    """Whether a renewal leads to its own key page when the confirmation page was opened again before it was sent."""
    account = mock.account("renewable")
    visitor = at_renewal(mock, account)
    first = visitor.get("apply.jsp").field("ticket")
    visitor.get("apply.jsp")
    page = advance(visitor, visitor.post("apply.jsp", ticket=first))
    return bool(page.field("requestId") in listed(mock, account))


EXPLORED: dict[str, Observation] = {
    "unseen-download-issues-again": issued_behind_a_lost_answer,
    "left-waiting-page-applies-again": listed_behind_the_waiting_page,
    "fetched-key-not-offered-again": offered_again,
    "fetched-key-shows-another-id": shown_again,
    "left-key-page-not-offered-again": offered_after_leaving,
    "unseen-application-named-after-another": listed_name_behind_a_lost_answer,
    "twice-fetched-key-shows-another-id": shown_when_fetched_twice,
    "unseen-menu-locks-out": logs_in_after_a_lost_answer,
    "guide-mailed-again-after-log-in": guides_after_two_log_ins,
    "key-of-the-log-in-before": owner_behind_another_page,
    "copied-page-issues-again": issued_by_a_copied_page,
    "reloaded-download-page-issues-again": issued_by_a_reload,
    "double-press-applies-twice": listed_behind_two_presses,
    "overtaken-confirmation-shows-another-id": shown_behind_another_confirmation,
    "midnight-between-apply-and-fetch": offered_on_the_next_day,
    "leap-day-not-counted": refused_behind_a_leap_day,
    "clock-overflows-in-2038": open_in_2038,
    "log-out-forgets-unseen-application": listed_behind_a_lost_answer_and_a_log_out,
    "second-reissue-leaves-certificate-alive": alive_behind_two_reissues,
}
