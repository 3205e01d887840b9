"""Every way in which this system can be made wrong."""

from __future__ import annotations

from mock_ca.defects import Pair
from mock_ca.managed_pki.defects import explored, own, shared

SHARED = shared(
    "KIHO",
    {
        "guide-mail-from-another-sender": "ISSUE-01",
        "guide-mail-without-request-id": "ISSUE-01 ISSUE-04 RULE-07",
        "password-in-id-mail": "RULE-07",
        "invitation-never-expires": "RULE-02 ISSUE-04",
        "invitation-ends-a-day-early": "RULE-02",
        "key-page-survives-midnight": "RULE-03",
        "wrong-password-logs-in": "ISSUE-02",
        "login-failure-unexplained": "ISSUE-02",
        "menu-without-key-page": "ISSUE-03",
        "confirmation-mismatch-accepted": "ISSUE-04",
        "empty-password-accepted": "ISSUE-04",
        "overlong-password-crashes": "ISSUE-04",
        "someone-elses-request-id-served": "ISSUE-04",
        "pkcs12-under-another-password": "ISSUE-05 ISSUE-09 RENEW-07 RENEW-11",
        "pkcs12-without-friendly-name": "ISSUE-09",
        "pkcs12-without-chain": "ISSUE-10",
        "download-is-not-pkcs12": "ISSUE-05 ISSUE-06 RENEW-07 RENEW-08",
        "second-certificate-on-double-submit": "RULE-01",
        "back-button-issues-again": "RULE-01",
        "wrong-issuer": "VERIFY-03 ISSUE-12",
        "subject-without-user-id": "VERIFY-03",
        "key-1024-bit": "ISSUE-05",
        "without-client-auth-eku": "ISSUE-12 RENEW-14",
        "validity-two-years": "RULE-04",
        "reissue-without-mail": "VERIFY-02",
        "reissue-keeps-old-end": "RULE-04",
        "old-certificate-alive-after-reissue": "RULE-01",
        "renewal-mail-link-dead": "RENEW-01",
        "renewal-mail-day-30-missing": "RULE-05",
        "renewal-mail-day-7-missing": "RULE-05",
        "renewal-mail-on-day-29": "RULE-05",
        "mail-after-renewal": "RULE-05",
        "renewal-closed-on-day-30": "RENEW-04 RULE-05",
        "renewal-survives-midnight": "RULE-03",
        "confirmation-shows-someone-else": "RENEW-03",
        "waiting-page-stuck": "RENEW-05",
        "waiting-page-reload-applies-again": "RENEW-05",
        "request-id-not-filled-in": "RENEW-06",
        "renewed-certificate-refused": "RENEW-14",
        "lost-request-not-listed": "RENEW-05",
        "download-key-serves-old-certificate": "RENEW-06",
        "resume-issues-twice": "RULE-01",
        "revoked-certificate-renews": "RENEW-02",
        "revoked-certificate-opens-service": "RULE-01 RULE-06",
        "expired-certificate-opens-service": "RULE-06",
        "foreign-certificate-opens-service": "RULE-06",
        "expired-certificate-renews": "RULE-06",
        "foreign-certificate-renews": "RULE-06 RENEW-02",
        "forbidden-page-missing": "RULE-06",
        "tabs-share-download": "ISSUE-05",
        "last-log-in-counts": "ISSUE-04 ISSUE-05",
        "download-key-applies-again": "RENEW-05",
        "download-key-shows-another-id": "RENEW-06",
        "renewal-keeps-key": "RENEW-07",
        "renewal-keeps-serial": "RENEW-07",
    },
)
OWN = own(
    "KIHO",
    (
        "guide-mail-link-dead",
        "ISSUE-01",
        Pair("取得案内メールのリンク先が存在しない。", "The link of the invitation mail leads nowhere."),
    ),
    (
        "guide-subject-without-user-id",
        "ISSUE-01",
        Pair("取得案内メールの件名にユーザーIDが無い。", "The subject of the invitation mail lacks the user ID."),
    ),
    (
        "guide-mail-without-user-id",
        "ISSUE-01 ISSUE-02 RULE-07",
        Pair("取得案内メールの本文にユーザーIDが無い。", "The body of the invitation mail lacks the user ID."),
    ),
    (
        "guide-mail-without-password",
        "ISSUE-01 ISSUE-02 RULE-07",
        Pair("取得案内メールにパスワードが無い。", "The invitation mail lacks the password."),
    ),
    (
        "user-id-mail-missing",
        "RULE-07",
        Pair(
            "企保ネットの利用者に「ユーザーIDのお知らせ」が届かない。",
            "Subscribers of 「企保ネット」 do not get the mail with their user ID.",
        ),
    ),
    (
        "user-id-mail-to-navi-user",
        "RULE-07",
        Pair(
            "N-ナビの利用者にも「ユーザーIDのお知らせ」が届く。",
            "Subscribers of 「N-ナビ」 get the mail with their user ID too.",
        ),
    ),
    ("letter-without-url", "RULE-07", Pair("N-ナビの書面に URL が無い。", "The letter of 「N-ナビ」 lacks the URL.")),
    (
        "letter-without-password",
        "RULE-07",
        Pair("N-ナビの書面に初期パスワードが無い。", "The letter of 「N-ナビ」 lacks the initial password."),
    ),
    (
        "letter-with-another-password",
        "RULE-07",
        Pair(
            "N-ナビの書面の初期パスワードではログインできない。",
            "The initial password in the letter of 「N-ナビ」 does not log in.",
        ),
    ),
    (
        "login-page-under-another-heading",
        "ISSUE-02",
        Pair("最初の画面の見出しが「ユーザ認証」でない。", "The heading of the first page is another one."),
    ),
    (
        "renewal-subject-without-user-id",
        "RENEW-01",
        Pair("更新案内メールの件名にユーザーIDが無い。", "The subject of the renewal mail lacks the user ID."),
    ),
    (
        "renewal-mail-from-another-sender",
        "RENEW-01",
        Pair("更新案内メールの差出人が違う。", "The sender of the renewal mail is another one."),
    ),
    (
        "waiting-page-shows-another-request-id",
        "RENEW-05",
        Pair("待ち画面に別のリクエスト ID が表示される。", "The waiting page shows another request ID."),
    ),
    (
        "waiting-page-without-reference-id",
        "RENEW-05",
        Pair("待ち画面にリファレンス ID が無い。", "The waiting page lacks the reference ID."),
    ),
    (
        "waiting-page-without-status",
        "RENEW-05",
        Pair("待ち画面に証明書ステータスが無い。", "The waiting page lacks the certificate status."),
    ),
    (
        "waiting-page-with-another-status",
        "RENEW-05",
        Pair(
            "待ち画面の証明書ステータスが「鍵生成中」でない。",
            "The certificate status on the waiting page is not that of a key being generated.",
        ),
    ),
    (
        "waiting-page-without-facts",
        "RENEW-05",
        Pair("待ち画面に申請した証明書の記載が無い。", "The waiting page lacks what the requested certificate says."),
    ),
    (
        "navi-certificate-opens-kihonet",
        "RULE-06",
        Pair("N-ナビの証明書で企保ネットを利用できる。", "A certificate of 「N-ナビ」 opens 「企保ネット」."),
    ),
    (
        "kihonet-certificate-opens-navi",
        "RULE-06",
        Pair("企保ネットの証明書でN-ナビを利用できる。", "A certificate of 「企保ネット」 opens 「N-ナビ」."),
    ),
    (
        "certificate-ends-a-day-early",
        "RULE-06",
        Pair("有効期限の当日にサービスを利用できない。", "The service does not open on the day of the expiry."),
    ),
)
EXPLORED = explored(
    "KIHO",
    {
        "unseen-download-issues-again": "RULE-01",
        "left-waiting-page-applies-again": "RULE-01",
        "fetched-key-not-offered-again": "RENEW-06",
        "fetched-key-shows-another-id": "RENEW-06",
        "left-key-page-not-offered-again": "RENEW-06",
        "unseen-menu-locks-out": "RULE-03",
        "guide-mailed-again-after-log-in": "RULE-07",
        "copied-page-issues-again": "RULE-01",
        "reloaded-download-page-issues-again": "RULE-01",
        "double-press-applies-twice": "RULE-01",
        "midnight-between-apply-and-fetch": "RENEW-06",
        "leap-day-not-counted": "RULE-02",
        "log-out-forgets-unseen-application": "RENEW-06",
        "second-reissue-leaves-certificate-alive": "RULE-01",
    },
)
DEFECTS = SHARED + OWN + EXPLORED
