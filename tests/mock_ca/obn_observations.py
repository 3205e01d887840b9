"""For each defect of obn something that can be observed, and that comes out differently with the defect on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from . import obn_sights as see
from .obn_walks import Obn, downloaded, listed, printed, renewed
from .sights import purposes, stranger
from .visitor import identity

Observation = Callable[[Obn], object]

ROOT: dict[str, Observation] = {
    "root-file-of-another-ca": see.root_file,
    "root-file-is-not-a-certificate": see.root_file,
    "root-file-under-another-name": see.root_file,
}
DOWNLOAD: dict[str, Observation] = {
    "letter-without-request-id": lambda obn: sorted(printed(obn.account("invited"))),
    "letter-without-reference-id": lambda obn: sorted(printed(obn.account("invited"))),
    "letter-names-another-issuer": lambda obn: printed(obn.account("invited"))["発行者"],
    "letter-with-another-validity": lambda obn: printed(obn.account("invited"))["電子証明書有効期限"],
    "letter-with-another-download-limit": lambda obn: printed(obn.account("invited"))[
        "電子証明書ダウンロードサイト有効期限"
    ],
    "reference-id-not-checked": lambda obn: see.entered(obn, referenceId="x"),
    "invitation-never-expires": lambda obn: see.entered(obn, days="181"),
    "invitation-ends-a-day-early": lambda obn: see.entered(obn, days="180"),
    "confirmation-mismatch-accepted": lambda obn: see.password(obn, "one", "two"),
    "empty-password-accepted": lambda obn: see.password(obn, "", ""),
    "overlong-password-crashes": lambda obn: see.password(obn, "x" * 65, "x" * 65),
    "file-name-is-not-the-request-id": see.package,
    "back-button-issues-again": see.begun_again,
    "pkcs12-under-another-password": see.package,
    "pkcs12-without-chain": lambda obn: len(downloaded(obn, obn.account("invited")).opened.additional_certs),
    "pkcs12-without-friendly-name": see.friendly_name,
    "download-is-not-pkcs12": see.package,
    "wrong-issuer": lambda obn: see.certificate(obn).issuer,
    "subject-without-user-id": lambda obn: "CN=011" in see.certificate(obn).subject.rfc4514_string(),
    "key-1024-bit": lambda obn: downloaded(obn, obn.account("invited")).key.key_size,
    "without-client-auth-eku": lambda obn: purposes(see.certificate(obn)),
    "validity-three-years": lambda obn: see.months(see.certificate(obn)),
    "validity-from-download": see.begins_late,
}
RENEWAL: dict[str, Observation] = {
    "download-key-applies-again": see.opened_from_list,
    "download-key-shows-another-id": see.opened_from_list,
    "renewal-keeps-key": see.renewed_afresh,
    "renewal-keeps-serial": see.renewed_afresh,
    "foreign-certificate-renews": lambda obn: stranger(obn.mock, "renew"),
    "renewal-opens-on-day-90": lambda obn: see.applied(obn, 90),
    "renewal-closed-on-day-89": lambda obn: see.applied(obn, 89),
    "revoked-certificate-renews": lambda obn: obn.at("renew", obn.account("revoked"))[1].status,
    "expired-certificate-renews": lambda obn: obn.at("renew", obn.account("expired"))[1].status,
    "confirmation-shows-someone-else": see.confirmed,
    "statuses-out-of-order": see.shown_statuses,
    "status-skipped": see.shown_statuses,
    "waiting-page-stuck": see.moves_on,
    "waiting-page-reload-applies-again": see.reloaded,
    "request-id-not-filled-in": see.filled_in,
    "three-digit-password-accepted": lambda obn: see.pin(obn, "123"),
    "five-digit-password-accepted": lambda obn: see.pin(obn, "12345"),
    "letters-in-password-accepted": lambda obn: see.pin(obn, "12a4"),
    "full-width-digits-accepted": lambda obn: see.pin(obn, "１２３４"),
    "spaces-in-password-accepted": lambda obn: see.pin(obn, "12 4"),
    "four-digit-password-refused": lambda obn: see.pin(obn, "0123"),
    "renewed-certificate-refused": lambda obn: obn.opens(renewed(obn, obn.account("renewable"))),
    "lost-request-not-listed": lambda obn: listed(obn.at("renew", obn.account("renewing"))[0]).words.count("発行済み"),
    "download-key-serves-old-certificate": see.new_by_link,
    "resume-issues-twice": see.applied_again,
    "renewal-list-paging-broken": see.paged,
    "list-shows-another-expiry": see.listed_end,
    "download-survives-old-expiry": see.after_the_end,
    "renewal-site-not-linked": see.renewal_linked,
}
REVOCATION: dict[str, Observation] = {
    "revocation-without-matching-ids": see.foreign_ids,
    "revocation-mail-mismatch-accepted": lambda obn: see.address(obn, "a@b.example", "c@b.example"),
    "malformed-address-accepted": lambda obn: see.address(obn, "nobody", "nobody"),
    "revocation-confirmation-shows-another-address": see.shown_address,
    "back-button-applies": see.after_back,
    "revocation-applied-for-twice": see.revoked_again,
    "completion-mailed-twice-on-return": see.told_after_return,
    "revocation-never-completes": lambda obn: see.done(obn)[1],
    "completion-mail-missing": lambda obn: see.done(obn)[2],
    "completion-mail-from-another-sender": lambda obn: see.done(obn)[2],
    "completion-mail-to-another-address": lambda obn: see.done(obn)[2],
    "completion-mail-under-another-subject": lambda obn: see.done(obn)[2],
    "revoked-certificate-opens-service": lambda obn: see.done(obn)[1],
    "crl-forgets-revocation": see.crl_lists,
    "ocsp-says-good": see.ocsp_says,
}
NOTICES: dict[str, Observation] = {
    **{
        f"renewal-mail-day-{day}-missing": partial(see.reminders, day=day)
        for day in (75, 60, 45, 30, 15, 7, 6, 5, 4, 3, 2, 1, 0)
    },
    **{f"renewal-mail-on-day-{day}": partial(see.reminders, day=day) for day in (90, 29, 8)},
    "renewal-mail-with-wrong-days": see.reminder,
    "renewal-mail-from-another-sender": see.reminder,
    "renewal-mail-without-expiry": see.reminder,
    "mail-after-renewal": lambda obn: see.reminders(obn, 7, renew=True),
}
OTHERS: dict[str, Observation] = {
    "session-never-expires": see.idle,
    "session-invalid-page-missing": see.idle,
    "session-cannot-restart": see.restarted,
    "expired-certificate-opens-service": lambda obn: obn.opens(identity(obn.account("expired"))),
    "forbidden-page-missing": lambda obn: obn.visitor().get(obn.sites["service"]).status,
    "certificate-bound-to-the-browser": lambda obn: obn.opens(downloaded(obn, obn.account("invited"))),
    "tabs-share-draft": lambda obn: (
        see.mixed_tabs(obn),
        see.mixed_passwords(obn),
        see.mixed_revocations(obn, windows=False),
    ),
    "windows-share-draft": lambda obn: (see.mixed_windows(obn), see.mixed_revocations(obn, windows=True)),
    "used-page-acts-again": see.sent_twice,
}
OBSERVATIONS = ROOT | DOWNLOAD | RENEWAL | REVOCATION | NOTICES | OTHERS
