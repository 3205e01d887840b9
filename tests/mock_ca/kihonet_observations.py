"""For each defect of kihonet something that a visitor can observe, and that comes out differently with it on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import observations
from .running import Running, submit
from .sights import door, guide, guide_names
from .walks import advance, apply, at_renewal, enrolled

# What the family's mechanisms show in the same way here.
SAME = (
    "guide-mail-from-another-sender",
    "guide-mail-without-request-id",
    "invitation-never-expires",
    "invitation-ends-a-day-early",
    "key-page-survives-midnight",
    "wrong-password-logs-in",
    "login-failure-unexplained",
    "menu-without-key-page",
    "confirmation-mismatch-accepted",
    "empty-password-accepted",
    "overlong-password-crashes",
    "someone-elses-request-id-served",
    "pkcs12-under-another-password",
    "pkcs12-without-chain",
    "download-is-not-pkcs12",
    "second-certificate-on-double-submit",
    "back-button-issues-again",
    "wrong-issuer",
    "subject-without-user-id",
    "key-1024-bit",
    "without-client-auth-eku",
    "validity-two-years",
    "reissue-without-mail",
    "reissue-keeps-old-end",
    "old-certificate-alive-after-reissue",
    "renewal-mail-link-dead",
    "renewal-mail-day-30-missing",
    "renewal-mail-day-7-missing",
    "renewal-mail-on-day-29",
    "mail-after-renewal",
    "renewal-closed-on-day-30",
    "confirmation-shows-someone-else",
    "waiting-page-stuck",
    "waiting-page-reload-applies-again",
    "request-id-not-filled-in",
    "renewed-certificate-refused",
    "lost-request-not-listed",
    "download-key-serves-old-certificate",
    "resume-issues-twice",
    "revoked-certificate-renews",
    "revoked-certificate-opens-service",
    "expired-certificate-opens-service",
    "forbidden-page-missing",
    "tabs-share-download",
    "last-log-in-counts",
    "download-key-applies-again",
    "download-key-shows-another-id",
    "renewal-keeps-key",
    "renewal-keeps-serial",
    "foreign-certificate-opens-service",
    "foreign-certificate-renews",
    "expired-certificate-renews",
)


def mails(mock: Running, variant: str) -> list[str]:
    """The subjects of what a new user gets, without his id."""
    user = mock.account("invited", variant=variant)
    return [mail["Subject"].replace(user["user_id"], "") for mail in mock.mails(user["mail"])]


def id_mail(mock: Running) -> str:
    """What stands in ユーザーIDのお知らせ after the labels."""
    user = mock.account("invited")
    return " ".join(re.findall(r"^\w+(?=: )", mock.mails(user["mail"])[0].get_content(), re.MULTILINE))


def letter(mock: Running) -> list[str]:
    """What stands in the letter to a user of N-ナビ, with his password's place taken by a word."""
    user = mock.account("invited", variant="navi")
    cells = re.findall(r"<td>(.*?)</td>", Path(user["letter"]).read_text(encoding="utf-8"))
    return [cell.replace(user["login_password"], "the password") for cell in cells]


def guide_link(mock: Running) -> int:
    """What the link in the guide mail leads to."""
    link = re.search(r"https://\S+", guide(mock, mock.account("invited")).get_content())
    assert link
    return mock.visitor().get(link[0]).status


def subject_names(mock: Running, mail: Callable[[dict[str, Any]], Any], state: str) -> bool:
    """Whether a mail's subject names its user."""
    user = mock.account(state)
    return user["user_id"] in mail(user)["Subject"]


def waiting(mock: Running) -> str:
    """The waiting page with the ids replaced by words."""
    user = mock.account("renewable")
    page = apply(at_renewal(mock, user))
    (request,) = mock.renewals(user)
    words = page.words.replace(user["user_id"], "the user").replace(request["reference_id"], "the reference")
    return re.sub(r"\d{15}", "another request", words.replace(request["request_id"], "the request"))


def renewal_after_midnight(mock: Running) -> str:
    """The answer to a renewal's key page submitted on the next day."""
    mock.pass_time(to="23:55")
    visitor = at_renewal(mock, mock.account("renewable"))
    page = advance(visitor, apply(visitor))
    mock.pass_time(minutes=10)
    return submit(visitor, page.field("requestId"), ticket=page.field("ticket")).url.rpartition("/")[2]


OBSERVATIONS: dict[str, observations.Observation] = {
    **{name: observations.OBSERVATIONS[name] for name in SAME},
    "password-in-id-mail": id_mail,
    "pkcs12-without-friendly-name": lambda mock: (
        enrolled(mock, mock.account("invited")).opened.cert.friendly_name is None  # type: ignore[union-attr]
    ),
    "renewal-survives-midnight": renewal_after_midnight,
    "guide-mail-link-dead": guide_link,
    "guide-subject-without-user-id": lambda mock: subject_names(mock, lambda user: guide(mock, user), "invited"),
    "guide-mail-without-user-id": lambda mock: guide_names(mock, "user_id"),
    "guide-mail-without-password": lambda mock: guide_names(mock, "login_password"),
    "user-id-mail-missing": lambda mock: mails(mock, "kihonet"),
    "user-id-mail-to-navi-user": lambda mock: mails(mock, "navi"),
    "letter-without-url": letter,
    "letter-without-password": letter,
    "letter-with-another-password": letter,
    "login-page-under-another-heading": lambda mock: "ユーザ認証" in mock.visitor().get(mock.sites["enrol"]).words,
    "renewal-subject-without-user-id": lambda mock: subject_names(
        mock, lambda user: mock.mails(user["mail"])[0], "renewable"
    ),
    "renewal-mail-from-another-sender": lambda mock: mock.mails(mock.account("renewable")["mail"])[0]["From"],
    "waiting-page-shows-another-request-id": waiting,
    "waiting-page-without-reference-id": waiting,
    "waiting-page-without-status": waiting,
    "waiting-page-with-another-status": waiting,
    "waiting-page-without-facts": waiting,
    "navi-certificate-opens-kihonet": lambda mock: door(mock, "service", variant="navi"),
    "kihonet-certificate-opens-navi": lambda mock: door(mock, "navi"),
    "certificate-ends-a-day-early": lambda mock: door(mock, "service", days_left=0),
}
