"""The portals of one family, in what a manual's portal differs from its sisters (`[family]` of its `manual.toml`).

The built-in mock plays such a portal from this table (`mock_ca/family`), without code of the manual's own; the words of
its screens are those of the manual's dialect.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sekisho.manual.section import Section

Recipient = Literal["user", "admin", "password"]
Fact = Literal["link", "service", "request_id", "user_id", "password", "validity"]
Notice = Literal["guide", "user_id_notice", "password_notice", "renewal"]
Fetched = Literal["issue", "reissue", "renewal"]
# The words of a dialect that the mock prints, by section: they are read, though no sentence may ask for them.
PRINTED: Mapping[str, frozenset[str]] = {
    "screens": frozenset(
        {"login", "top", "key", "confirmation", "renewal_list", "request_list", "session_invalid"},
    ),
    "buttons": frozenset(
        {"login", "logout", "submit", "download", "apply", "download_key", "next_page", "service_login"},
    ),
    "menu": frozenset({"key", "requests", "renewal", "renewed"}),
    "statuses": frozenset({"invited", "accepted", "issued", "cancelled"}),
    "messages": frozenset(
        {"forbidden", "not_found", "unsupported_browser", "not_today", "login_refused", "not_the_owner"}
        | {"request_id_unknown", "expired_invitation", "empty", "too_long", "not_allowed", "mismatch"}
        | {"not_renewable", "already_applied", "processing"},
    ),
    "mail": frozenset(
        {"guide", "user_id_notice", "password_notice", "renewal"}
        | {"service", "request_id", "user_id", "password", "validity"},
    ),
    "letter": frozenset({"address", "request_id", "user_id", "first_password"}),
}
ROW_STEM = r"^[A-Z]+(-[A-Z]+)*$"
ROW = r"^[A-Z]+(-[A-Z]+)*-\d{1,6}[A-Z]?(\.\.\d{1,6})?$"
# RFC 5280, appendix A.1: ub-common-name, ub-organization-name-length, ub-organizational-unit-name-length
CertificateName = Annotated[str, Field(min_length=1, max_length=64)]
Address = Annotated[str, Field(pattern=r"^[!-?A-~]+@[0-9A-Za-z.-]+$")]
# Strict, as the mock reads the same file without turning "36" or 1 into what was meant.
Number = Annotated[int, Field(strict=True)]
Truth = Annotated[bool, Field(strict=True)]
Days = Annotated[Number, Field(ge=1, le=365)]
DaysLeft = Annotated[Number, Field(ge=0, le=365)]
RowId = Annotated[str, Field(pattern=ROW)]


class Mail(Section):
    """One mail; which it is, its name says, whose words in the dialect are its subject."""

    to: Recipient = "user"
    """Whose address it goes to: the user's, the administrator's of user IDs, or the one for passwords."""
    tells: tuple[Fact, ...] = ()
    """What stands in it. Must be given, but for the reminder's, where it is link, user_id, validity."""
    reissue: Truth | None = None
    """Whether it is sent at a reissue too; not said: the guide is, others are not."""
    certificates: tuple[str, ...] = ()
    """The kinds of certificates to whose users it goes; none: all."""
    sender: Address | None = None
    """From whom it comes; not said: from the portal's sender."""


class Letter(Section):
    """A printed letter to a new user."""

    tells: tuple[Fact, ...] = Field(min_length=1)
    """What stands in it; of link and service one at most, as its heading is the same."""
    reissue: Truth = False
    """Whether one is sent at a reissue too."""
    certificates: tuple[str, ...] = ()
    """The kinds of certificates to whose users it goes; none: all."""


class CertificateKind(Section):
    """One kind of certificates, by its name in `[accounts] certificates`."""

    services: tuple[str, ...] = Field(min_length=1)
    """The sites that it opens."""
    issuer: CertificateName | None = None
    """The common name of its issuing CA; not said: the portal's."""


class Family(Section):
    """The table."""

    kind: Literal["managed-pki"]
    """Which family. managed-pki: invitation, key page, PKCS#12, renewal, resumption, reissue."""
    issuer: CertificateName
    """The common name of the issuing CA."""
    sender: Address
    """From whom mails come."""
    subject: str = ""
    """Of mails: {title} stands for the words that the dialect has for the mail, {user_id} for the user's ID."""
    organization: CertificateName = "Example Company"
    """O in certificates."""
    units: tuple[CertificateName, ...] = Field(default=(), max_length=5)
    """OU in certificates, the innermost first."""
    months: Number = Field(default=36, ge=1, le=120)
    """How long certificates are valid."""
    invitation_days: Days = 30
    """For how many days after its issue an invitation is open."""
    renewal_days: Days = 30
    """With how many days left renewal opens."""
    reminder_days: tuple[DaysLeft, ...] | None = None
    """With how many days left a reminder comes; not said: when renewal opens, and a week before the end."""
    fetch_days: Days = 31
    """For how many days after its issue a renewed key can be fetched."""
    idle_minutes: Number = Field(default=15, ge=1, le=1440)
    """After how many minutes without action a session ends."""
    password_limit: Number = Field(default=64, ge=8, le=200)
    """How many characters the password of a key may have."""
    finish_today: tuple[Fetched, ...] = ("issue", "reissue")
    """Which keys must be fetched on the day on which the key page was opened."""
    reference_ids: Truth = False
    """Whether requests have a second number."""
    reissue: Truth = True
    """Whether the support desk reissues certificates."""
    any_browser: Truth = False
    """Whether browsers beside Edge and Chrome are let in."""
    several_each: Truth = False
    """Whether one user may hold certificates of several kinds."""
    support: str = ""
    """Whom users may ask, at the foot of mails and pages."""
    prefix: str = Field(default="", pattern=rf"{ROW_STEM}|^$")
    """How the ids of the manual's rows begin; not said: with its id in capitals."""
    mails: Mapping[Notice, Mail] = Field(default_factory=dict)
    """What users get by mail. Without any, and without a letter: the guide, and a mail with the password."""
    letter: Letter | None = None
    """What they get by post."""
    certificates: Mapping[str, CertificateKind] = Field(default_factory=dict)
    """The kinds of certificates, where there are several, or where the only one does not open all services."""
    breaks: Mapping[str, tuple[RowId, ...]] = Field(default_factory=dict)
    """The rows that a defect of the mock breaks, where they are not those that docs/manual.md names."""
