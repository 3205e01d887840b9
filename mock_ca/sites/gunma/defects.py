"""Every way in which this system can be made wrong."""

from __future__ import annotations

from mock_ca.defects import Pair
from mock_ca.managed_pki.defects import own, shared

SHARED = shared(
    "GUN",
    {
        "any-browser-accepted": "RULE-01",
        "revoked-certificate-opens-service": "RULE-07",
        "expired-certificate-opens-service": "RULE-04",
        "renewal-mail-without-expiry": "RULE-04",
        "crl-forgets-revocation": "REVOKE-05",
        "ocsp-says-good": "REVOKE-05",
        "expired-certificate-renews": "RULE-04",
        "revoked-certificate-renews": "RENEW-02",
        "renewal-keeps-key": "RENEW-05",
        "renewal-keeps-serial": "RENEW-05",
    },
)
PROGRAM = own(
    "GUN",
    (
        "acquire-page-without-login-id",
        "ISSUE-01",
        Pair(
            "証明書取得認証の画面に「ログインID取得」が無い。",
            "The page where certificates are fetched lacks the way to get a login ID.",
        ),
    ),
    (
        "program-download-cut-off",
        "ISSUE-02",
        Pair(
            "証明書発行アプリのセットアップファイルが途中で切れている。",
            "The setup file of the issuing program is cut off.",
        ),
    ),
    (
        "program-not-started-by-page",
        "ISSUE-03",
        Pair(
            "「証明書発行アプリの起動」を押しても何も起こらない。",
            "Nothing happens when the button that starts the issuing program is pressed.",
        ),
    ),
    (
        "wrong-login-password-accepted",
        "ISSUE-05 RENEW-03",
        Pair(
            "誤ったログインパスワードで証明書を取得・更新できる。",
            "A wrong login password fetches and renews certificates.",
        ),
    ),
    (
        "wrong-one-time-password-accepted",
        "ISSUE-05 RENEW-04",
        Pair("誤ったワンタイムパスワードを受け付ける。", "A wrong one-time password is accepted."),
    ),
    (
        "old-one-time-password-accepted",
        "ISSUE-05 RENEW-04",
        Pair("時間の過ぎたワンタイムパスワードを受け付ける。", "A one-time password is accepted after its time."),
    ),
    (
        "used-one-time-password-accepted",
        "ISSUE-05 RENEW-04",
        Pair("使用済みのワンタイムパスワードを受け付ける。", "A used one-time password is accepted."),
    ),
    (
        "program-refusal-unexplained",
        "ISSUE-05 RENEW-03 RENEW-04",
        Pair("アプリに拒まれた理由が表示されない。", "The program does not show why it was refused."),
    ),
    (
        "result-with-another-serial",
        "ISSUE-06 RENEW-05",
        Pair(
            "発行結果のシリアル番号が証明書と違う。", "The serial number in the result is not that of the certificate."
        ),
    ),
    (
        "result-with-another-name",
        "ISSUE-06 RENEW-05",
        Pair(
            "発行結果の Common Name が証明書と違う。", "The Common Name in the result is not that of the certificate."
        ),
    ),
    (
        "renewal-names-another-user",
        "RENEW-02",
        Pair("更新した証明書が別の利用者のものになる。", "A renewed certificate is another user's."),
    ),
    (
        "renewal-opens-on-day-41",
        "RULE-04",
        Pair("有効期限の41日前に更新できる。", "Renewal is possible 41 days before the expiry."),
    ),
    (
        "renewal-closed-on-day-40",
        "RULE-04",
        Pair("有効期限の40日前に更新できない。", "Renewal is not possible 40 days before the expiry."),
    ),
    (
        "certificate-valid-two-years",
        "RULE-04",
        Pair("証明書の有効期間が2年ある。", "Certificates are valid for two years."),
    ),
    (
        "expired-cannot-issue-again",
        "RULE-04",
        Pair("有効期限が切れると、取得からやり直せない。", "After the expiry, a certificate cannot be fetched anew."),
    ),
    (
        "revoked-cannot-issue-again",
        "RULE-05",
        Pair("失効したあと、証明書を取得し直せない。", "After a revocation, a certificate cannot be fetched anew."),
    ),
    (
        "second-certificate-issued",
        "RULE-02",
        Pair(
            "1つのログインIDに2枚目の有効な証明書を発行する。", "A second valid certificate is issued for one login ID."
        ),
    ),
)
DOOR = own(
    "GUN",
    (
        "any-certificate-logs-in",
        "RULE-02 RULE-03",
        Pair("他の利用者の証明書でログインできる。", "Another user's certificate logs in."),
    ),
    (
        "password-alone-logs-in",
        "RULE-03",
        Pair(
            "証明書なしで ID とパスワードだけでログインできる。", "ID and password alone log in, without a certificate."
        ),
    ),
    (
        "revoked-falls-back-to-password",
        "RULE-07",
        Pair(
            "失効した利用者が ID とパスワードだけでログインできる。",
            "A user whose certificate is revoked logs in by ID and password alone.",
        ),
    ),
    (
        "screen-notice-missing",
        "RULE-04",
        Pair(
            "有効期限の40日前になってもトップページに案内が出ない。",
            "The top page has no notice 40 days before the expiry.",
        ),
    ),
    (
        "screen-notice-on-day-41",
        "RULE-04",
        Pair("有効期限の41日前にトップページに案内が出る。", "The top page has a notice 41 days before the expiry."),
    ),
    (
        "screen-notice-without-expiry",
        "RULE-04",
        Pair("トップページの案内に有効期限が無い。", "The notice on the top page lacks the expiry."),
    ),
    (
        "renewal-mail-day-40-missing",
        "RULE-04",
        Pair("有効期限の40日前に案内メールが届かない。", "No notice mail arrives 40 days before the expiry."),
    ),
    (
        "renewal-mail-on-day-41",
        "RULE-04",
        Pair("有効期限の41日前にも案内メールが届く。", "A notice mail arrives 41 days before the expiry too."),
    ),
    (
        "browser-goes-on-after-issuing",
        "RULE-06",
        Pair(
            "アプリで取得したあとも、ブラウザの操作を続けられる。",
            "After the program has fetched a certificate, the browser can still be used.",
        ),
    ),
    (
        "no-login-after-issuing",
        "RULE-06",
        Pair(
            "アプリで取得したあと、閉じてもログインし直せない。",
            "After the program has fetched a certificate, closing the browser does not let one log in again.",
        ),
    ),
)
REVOCATION = own(
    "GUN",
    (
        "admin-without-user-management",
        "REVOKE-01",
        Pair("「管理」に「利用者管理」が無い。", "The administration menu lacks the management of users."),
    ),
    (
        "menu-without-revocation",
        "REVOKE-02",
        Pair("「利用者管理」に「証明書失効」が無い。", "The management of users lacks the revocation of certificates."),
    ),
    (
        "list-shows-wrong-state",
        "REVOKE-03",
        Pair("利用者一覧の証明書状態が違う。", "The list of users shows a wrong certificate status."),
    ),
    (
        "list-without-expiry",
        "REVOKE-03",
        Pair("利用者一覧に証明書有効期限が無い。", "The list of users lacks the expiry of certificates."),
    ),
    (
        "list-not-sorted",
        "REVOKE-03",
        Pair(
            "利用者一覧の並び順を変えても並び替わらない。",
            "The list of users is not sorted when another order is chosen.",
        ),
    ),
    (
        "confirmation-password-ignored",
        "REVOKE-04",
        Pair("誤った確認用パスワードで失効できる。", "A wrong confirmation password revokes."),
    ),
    (
        "another-user-revoked",
        "REVOKE-05",
        Pair(
            "選んだのとは別の利用者の証明書が失効する。",
            "The certificate of another user than the chosen one is revoked.",
        ),
    ),
    (
        "revocation-not-carried-out",
        "REVOKE-05",
        Pair("失効済みと表示されるのに、失効していない。", "A certificate is shown as revoked, but is not."),
    ),
    (
        "master-revokes-own-certificate",
        "RULE-05",
        Pair(
            "マスターユーザが自分の証明書を画面から失効できる。",
            "A master user can revoke their own certificate on the page.",
        ),
    ),
    (
        "everyone-may-revoke",
        "RULE-05",
        Pair(
            "マスターユーザでない利用者も証明書を失効できる。",
            "A user who is not a master user can revoke certificates too.",
        ),
    ),
)
DEFECTS = SHARED + PROGRAM + DOOR + REVOCATION
