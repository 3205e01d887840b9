"""The ways in which a portal of a table can be made wrong, and which rows that breaks by the family's convention.

A row is one of a manual's `rows.csv`, without the beginning that the manual gives its rows; docs/manual.md says what
each is about. Where a manual's rows are others, `[family.breaks]` of its table names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mock_ca.defects import Defect, Pair
from mock_ca.family.letters import LACKING, SLUGS, SUBJECTS
from mock_ca.family.service import ANOTHER_KIND
from mock_ca.family.table import REMINDER, TOO_SHORT, Mail, Table
from mock_ca.managed_pki.defects import BREAKS

ALWAYS: Mapping[str, str] = {
    "invitation-never-expires": "RULE-01",
    "invitation-ends-a-day-early": "RULE-01",
    "wrong-password-logs-in": "ISSUE-02",
    "login-failure-unexplained": "ISSUE-02",
    "menu-without-key-page": "ISSUE-03",
    "unknown-url-shows-top": "RULE-12",
    "confirmation-mismatch-accepted": "ISSUE-04",
    "empty-password-accepted": "ISSUE-04",
    "overlong-password-crashes": "ISSUE-04",
    "someone-elses-request-id-served": "ISSUE-04",
    "tabs-share-download": "ISSUE-06",
    "last-log-in-counts": "ISSUE-04 ISSUE-06",
    "foreign-host-needed": "RULE-13",
    "pkcs12-under-another-password": "ISSUE-06 ISSUE-07 RENEW-07 RENEW-08",
    "pkcs12-without-friendly-name": "ISSUE-07",
    "pkcs12-without-chain": "ISSUE-08",
    "download-is-not-pkcs12": "ISSUE-06 RENEW-07",
    "second-certificate-on-double-submit": "RULE-10",
    "back-button-issues-again": "RULE-10",
    "wrong-issuer": "VERIFY-01",
    "subject-without-user-id": "VERIFY-01",
    "key-1024-bit": "ISSUE-06",
    "without-client-auth-eku": "ISSUE-09 RENEW-09 VERIFY-01",
    "confirmation-shows-someone-else": "RENEW-03",
    "waiting-page-stuck": "RENEW-04",
    "waiting-page-reload-applies-again": "RENEW-04 RULE-10",
    "request-id-not-filled-in": "RENEW-05",
    "renewed-certificate-refused": "RENEW-09",
    "lost-request-not-listed": "RESUME-02",
    "download-key-serves-old-certificate": "RESUME-02",
    "resume-issues-twice": "RESUME-03 RULE-10",
    "download-key-applies-again": "RESUME-02 RULE-10",
    "download-key-shows-another-id": "RESUME-02",
    "renewal-keeps-key": "RENEW-07",
    "renewal-keeps-serial": "RENEW-07",
    "renewal-list-paging-broken": "RESUME-02",
    "revoked-certificate-renews": "RENEW-02 RULE-08",
    "expired-certificate-renews": "RENEW-02 RULE-08",
    "foreign-certificate-renews": "RENEW-02 RULE-08",
    "session-never-expires": "RULE-06",
    "session-invalid-page-missing": "RULE-06",
    "session-cannot-restart": "RULE-06",
    "revoked-certificate-opens-service": "RULE-08",
    "foreign-certificate-opens-service": "RULE-08",
    "expired-certificate-opens-service": "RULE-08",
    "forbidden-page-missing": "RULE-08",
}
REISSUED: Mapping[str, str] = {
    "reissue-without-mail": "REISSUE-02",
    "reissue-keeps-old-end": "REISSUE-02 RULE-02",
    "old-certificate-alive-after-reissue": "REISSUE-01",
    "crl-forgets-revocation": "REISSUE-01",
    "ocsp-says-good": "REISSUE-01",
}
NAMES = {
    "link": Pair("リンク", "link"),
    "service": Pair("サービスの URL", "URL of the service"),
    "request_id": Pair("リクエスト ID", "request ID"),
    "user_id": Pair("ユーザーID", "user ID"),
    "password": Pair("パスワード", "password"),
    "validity": Pair("現在の有効期限", "current expiry"),
}
Line = tuple[str, str, Pair]  # a defect's name, the rows that it breaks, and how


def defects_of(table: Table) -> tuple[Defect, ...]:
    """Every one that applies to a table."""
    lines = (*_family(table), *_figures(table), *_mails(table), *_letter(table), *_kinds(table))
    found = {name: (ids.split(), how) for name, ids, how in lines}
    return tuple(
        Defect(name, table.breaks.get(name, tuple(f"{table.stem}-{one}" for one in ids)), how)
        for name, (ids, how) in found.items()
    )


def _family(table: Table) -> Iterator[Line]:
    """Those that have no number in their names."""
    rows = dict(ALWAYS)
    if table.reissue:
        rows |= REISSUED
    if not table.any_browser:
        rows["any-browser-accepted"] = "RULE-11"
    if {"issue", "reissue"} & set(table.finish_today):
        rows["key-page-survives-midnight"] = "RULE-05"
    if "renewal" in table.finish_today:
        rows["renewal-survives-midnight"] = "RULE-05"
    return ((name, ids, BREAKS[name]) for name, ids in rows.items())


def _figures(table: Table) -> Iterator[Line]:
    figures, opens = table.figures, table.renewal_days
    yield (
        f"renewal-opens-on-day-{opens + 1}",
        "RULE-03",
        Pair(f"有効期限の{opens + 1}日前に更新できる。", f"Renewal is possible {opens + 1} days before the expiry."),
    )
    yield (
        f"renewal-closed-on-day-{opens}",
        "RULE-03",
        Pair(f"有効期限の{opens}日前に更新できない。", f"Renewal is not possible {opens} days before the expiry."),
    )
    yield TOO_SHORT, "RULE-02", Pair("有効期間が半分しかない。", "The validity is only half as long.")
    for day in figures.notice_days:
        how = Pair(
            f"有効期限の{day}日前に更新のご案内メールが届かない。",
            f"No renewal mail arrives on day {day} before the expiry.",
        )
        yield f"renewal-mail-day-{day}-missing", "RENEW-01 RULE-04" if day == figures.notice_days[0] else "RULE-04", how
    for day in figures.extra_notice_days:
        yield (
            f"renewal-mail-on-day-{day}",
            "RULE-04",
            Pair(
                f"有効期限の{day}日前にも更新のご案内メールが届く。",
                f"A renewal mail arrives on day {day} before the expiry too.",
            ),
        )
    if figures.notice_days:
        yield "mail-after-renewal", "RULE-04", BREAKS["mail-after-renewal"]
        yield from _mail(table, REMINDER, table.reminder, "RENEW-01")


def _mails(table: Table) -> Iterator[Line]:
    for name, mail in table.mails.items():
        rows = "ISSUE-01 RULE-07" if name == "guide" else "RULE-07"
        yield from _mail(table, name, mail, rows)
        slug, title = SLUGS[name], _title(table, name)
        if name != "guide":
            yield (
                f"{slug}-missing",
                rows,
                Pair(f"「{title}」のメールが届かない。", f'The mail "{title}" does not arrive.'),
            )
        if mail.to != "user":
            yield (
                f"{slug}-to-user",
                rows,
                Pair(f"「{title}」のメールが、本人に届く。", f'The mail "{title}" arrives at the subscriber.'),
            )
        if "password" not in mail.tells:
            yield (
                f"password-in-{slug}",
                rows,
                Pair(f"「{title}」のメールにパスワードが書かれている。", f'The mail "{title}" contains the password.'),
            )


def _mail(table: Table, name: str, mail: Mail, rows: str) -> Iterator[Line]:
    slug, title = SLUGS[name], _title(table, name)
    yield (
        f"{slug}-from-another-sender",
        rows,
        Pair(f"「{title}」のメールの差出人が違う。", f'The sender of the mail "{title}" is another one.'),
    )
    for fact in mail.tells:
        if fact == "link":
            yield (
                f"{slug}-link-dead",
                rows,
                Pair(f"「{title}」のメールのリンク先が存在しない。", f'The link of the mail "{title}" leads nowhere.'),
            )
        else:
            yield (
                f"{slug}-without-{LACKING[fact]}",
                rows,
                Pair(
                    f"「{title}」のメールに{NAMES[fact].japanese}が無い。",
                    f'The mail "{title}" lacks the {NAMES[fact].english}.',
                ),
            )


def _title(table: Table, name: str) -> str:
    return table.word("mail", name, SUBJECTS[name])


def _letter(table: Table) -> Iterator[Line]:
    for fact in table.letter.tells if table.letter else ():
        yield (
            f"letter-without-{LACKING[fact]}",
            "RULE-07",
            Pair(f"書面に{NAMES[fact].japanese}が無い。", f"The letter lacks the {NAMES[fact].english}."),
        )
        if fact == "password":
            yield (
                "letter-with-another-password",
                "RULE-07",
                Pair("書面のパスワードではログインできない。", "The password in the letter does not log in."),
            )


def _kinds(table: Table) -> Iterator[Line]:
    if len(table.kinds) > 1:
        yield (
            ANOTHER_KIND,
            "RULE-09",
            Pair("別の種類の証明書でサービスを利用できる。", "A certificate of another kind opens the service."),
        )
    if table.several_each and table.reissue:
        yield (
            "reissue-revokes-every-kind",
            "RULE-09",
            Pair(
                "一つの種類の再発行で、ほかの種類の証明書も失効する。",
                "The reissue of one kind also revokes the certificates of the other kinds.",
            ),
        )
