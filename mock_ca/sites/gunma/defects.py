"""Every way in which this system can be made wrong."""

from __future__ import annotations

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
    ("acquire-page-without-login-id", "ISSUE-01", "証明書取得認証の画面に「ログインID取得」が無い。"),
    ("program-download-cut-off", "ISSUE-02", "証明書発行アプリのセットアップファイルが途中で切れている。"),
    ("program-not-started-by-page", "ISSUE-03", "「証明書発行アプリの起動」を押しても何も起こらない。"),
    ("wrong-login-password-accepted", "ISSUE-05 RENEW-03", "誤ったログインパスワードで証明書を取得・更新できる。"),
    ("wrong-one-time-password-accepted", "ISSUE-05 RENEW-04", "誤ったワンタイムパスワードを受け付ける。"),
    ("old-one-time-password-accepted", "ISSUE-05 RENEW-04", "時間の過ぎたワンタイムパスワードを受け付ける。"),
    ("used-one-time-password-accepted", "ISSUE-05 RENEW-04", "使用済みのワンタイムパスワードを受け付ける。"),
    ("program-refusal-unexplained", "ISSUE-05 RENEW-03 RENEW-04", "アプリに拒まれた理由が表示されない。"),
    ("result-with-another-serial", "ISSUE-06 RENEW-05", "発行結果のシリアル番号が証明書と違う。"),
    ("result-with-another-name", "ISSUE-06 RENEW-05", "発行結果の Common Name が証明書と違う。"),
    ("renewal-names-another-user", "RENEW-02", "更新した証明書が別の利用者のものになる。"),
    ("renewal-opens-on-day-41", "RULE-04", "有効期限の41日前に更新できる。"),
    ("renewal-closed-on-day-40", "RULE-04", "有効期限の40日前に更新できない。"),
    ("certificate-valid-two-years", "RULE-04", "証明書の有効期間が2年ある。"),
    ("expired-cannot-issue-again", "RULE-04", "有効期限が切れると、取得からやり直せない。"),
    ("revoked-cannot-issue-again", "RULE-05", "失効したあと、証明書を取得し直せない。"),
    ("second-certificate-issued", "RULE-02", "1つのログインIDに2枚目の有効な証明書を発行する。"),
)
DOOR = own(
    "GUN",
    ("any-certificate-logs-in", "RULE-02 RULE-03", "他の利用者の証明書でログインできる。"),
    ("password-alone-logs-in", "RULE-03", "証明書なしで ID とパスワードだけでログインできる。"),
    ("revoked-falls-back-to-password", "RULE-07", "失効した利用者が ID とパスワードだけでログインできる。"),
    ("screen-notice-missing", "RULE-04", "有効期限の40日前になってもトップページに案内が出ない。"),
    ("screen-notice-on-day-41", "RULE-04", "有効期限の41日前にトップページに案内が出る。"),
    ("screen-notice-without-expiry", "RULE-04", "トップページの案内に有効期限が無い。"),
    ("renewal-mail-day-40-missing", "RULE-04", "有効期限の40日前に案内メールが届かない。"),
    ("renewal-mail-on-day-41", "RULE-04", "有効期限の41日前にも案内メールが届く。"),
    ("browser-goes-on-after-issuing", "RULE-06", "アプリで取得したあとも、ブラウザの操作を続けられる。"),
    ("no-login-after-issuing", "RULE-06", "アプリで取得したあと、閉じてもログインし直せない。"),
)
REVOCATION = own(
    "GUN",
    ("admin-without-user-management", "REVOKE-01", "「管理」に「利用者管理」が無い。"),
    ("menu-without-revocation", "REVOKE-02", "「利用者管理」に「証明書失効」が無い。"),
    ("list-shows-wrong-state", "REVOKE-03", "利用者一覧の証明書状態が違う。"),
    ("list-without-expiry", "REVOKE-03", "利用者一覧に証明書有効期限が無い。"),
    ("list-not-sorted", "REVOKE-03", "利用者一覧の並び順を変えても並び替わらない。"),
    ("confirmation-password-ignored", "REVOKE-04", "誤った確認用パスワードで失効できる。"),
    ("another-user-revoked", "REVOKE-05", "選んだのとは別の利用者の証明書が失効する。"),
    ("revocation-not-carried-out", "REVOKE-05", "失効済みと表示されるのに、失効していない。"),
    ("master-revokes-own-certificate", "RULE-05", "マスターユーザが自分の証明書を画面から失効できる。"),
    ("everyone-may-revoke", "RULE-05", "マスターユーザでない利用者も証明書を失効できる。"),
)
DEFECTS = SHARED + PROGRAM + DOOR + REVOCATION
