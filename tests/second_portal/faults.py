"""What the portal can get wrong: each a small mistake of a programmer, made for some of its members only.

So one running portal carries many, and a scenario meets those of its own users. Code asks `on` last, where the mistake
would change what it does: who was asked about could have met it, and that is noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Protocol

FAULTS = {
    # mails
    "guide-without-request-id": "the guide mail does not say the request ID",
    "guide-with-password": "the guide mail says the password too",
    "user-id-mailed-to-user": "the notice of the user ID goes to the user and not to the administrator",
    "reissue-mails-password": "after a reissue the password is mailed, though the desk tells it",
    "reissue-without-mail": "after a reissue no guide is mailed",
    "reminder-without-end": "the reminder does not say until when the certificate is valid",
    "reminder-leads-nowhere": "the reminder's link leads to a page that is not there",
    "no-second-reminder": "no reminder comes 7 days before the end",
    "reminder-on-day-29": "a reminder comes 29 days before the end too",
    "reminder-after-renewal": "a reminder comes though the certificate is renewed",
    # the way in
    "any-password-logs-in": "the enrolment site does not look at the password",
    "wrong-password-unexplained": "after a wrong password the form comes again and says nothing",
    "no-idle-log-out": "a session never ends",
    "idle-log-out-crashes": "after a session has ended the server fails",
    "missing-page-is-the-front": "an address that is none shows the front page",
    # the key
    "invitation-a-day-late": "an invitation is good on the 31st day too",
    "invitation-a-day-early": "an invitation is no longer good on the 30th day",
    "key-page-survives-midnight": "what was begun can be ended on the next day",
    "foreign-id-served": "another user's request ID is taken",
    "mismatch-accepted": "two passwords that differ are taken",
    "empty-password-accepted": "no password is taken for one",
    "mistake-unexplained": "after a mistake the form comes again and says nothing",
    "mistake-passed-over": "after a mistake the form comes again with a remark about something else",
    "tabs-mixed": "a tab hands out the file of whoever logged in last",
    "file-cut": "the second half of the file is missing",
    "file-is-a-page": "the file comes as text/html, and nothing says that it is to be kept",
    "file-under-another-password": "the file's password is not the one that was entered",
    "file-without-chain": "the certificates of the authorities are not in the file",
    # the certificate
    "wrong-issuer": "the other authority issues it",
    "wrong-subject": "it is issued to the branch and not to the user",
    "two-years": "it is valid for two years",
    "key-reused": "a renewal is on the old key",
    "serial-reused": "a renewal has the old serial number",
    "crl-forgets": "the list of revoked certificates does not have it",
    "ocsp-says-good": "the online check calls a revoked certificate good",
    # reissue and renewal
    "reissue-leaves-old": "a reissue does not revoke what there was",
    "renewal-a-day-early": "a renewal can be applied for 31 days before the end",
    "renewal-a-day-late": "a renewal cannot be applied for 30 days before the end",
    "confirms-someone-else": "the page before the application shows another user's certificate",
    "waiting-page-still": "the page that asks for patience does not go on",
    "reload-applies-again": "each look at the page that asks for patience applies once more",
    "id-not-prefilled": "the request ID is to be entered by hand",
    "resume-issues-twice": "whoever has applied can apply once more",
    "list-empty": "the list of renewals is empty",
    "id-of-another": "the key page has another request ID than the list",
    "paging-stands-still": "the next 20 renewals are the first 20 again",
    "revoked-renews": "a revoked certificate opens the renewal site",
    # the services
    "door-without-certificate": "the services let in whoever has no certificate",
    "forbidden-blank": "who may not go in sees an empty page",
    "revoked-admitted": "a revoked certificate opens the services",
    "expired-admitted": "an expired certificate opens the services",
    "renewed-refused": "a renewed certificate does not open the services",
    "shared-opens-nissay": "the certificate of the three companies opens 日本生命's service",
    "nissay-opens-shared": "日本生命's certificate opens the service of the three companies",
    "holder-only": "nobody but the certificate's holder can log in",
}
FOR_ANYBODY = frozenset({"door-without-certificate", "forbidden-blank", "missing-page-is-the-front"})
"""Those that are met by visitors of whom the portal knows nothing: they are on for all or for none."""


class Faulty(Protocol):
    """Someone for whom something can go wrong."""

    user_id: str
    faults: frozenset[str]


class Faults:
    """Which are on, and who could have met which."""

    def __init__(self, for_anybody: Collection[str] = ()) -> None:
        """`for_anybody`: those that are on for visitors who are not known. The others are the members' own."""
        self._for_anybody = frozenset(for_anybody)
        self.met: dict[str, set[str]] = defaultdict(set)
        """By user ID, empty for who is not known."""

    def on(self, name: str, member: Faulty | None = None) -> bool:
        """Whether the portal gets this wrong for a member. Asked only where it would change something."""
        assert name in FAULTS
        self.met[member.user_id if member else ""].add(name)
        return name in (member.faults if member else self._for_anybody)
