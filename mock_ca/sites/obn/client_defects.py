"""Every way in which MPKI クライアント, its download and its agent can be made wrong.

What the program itself does wrong it does on its own PC: it is told which of these are on when it is started.
"""

from __future__ import annotations

from mock_ca.managed_pki.defects import own
from mock_ca.sites.obn.figures import CLIENT_EXTRA_DAYS, CLIENT_MISSED_DAYS

SETUP = (
    (
        "client-download-is-no-package",
        "CLIENT-INSTALL-01..08",
        "ダウンロードしたファイルがインストーラーでない。",
    ),
    ("client-download-under-another-name", "CLIENT-INSTALL-01..08", "インストーラーのファイル名が違う。"),
    ("client-download-is-an-old-version", "CLIENT-UPGRADE-01..03", "ダウンロードしたクライアントが最新版でない。"),
    ("client-not-in-start-menu", "CLIENT-INSTALL-01..08", "スタートメニューに追加されない。"),
    (
        "client-setup-error-cannot-be-quit",
        "CLIENT-ERROR-01",
        "インストールのエラー画面で「終了」を押しても終わらない。",
    ),
    ("client-uninstall-leaves-the-program", "CLIENT-UPGRADE-01..03", "アンインストールしてもクライアントが残る。"),
    ("client-uninstall-deletes-certificates", "CLIENT-UPGRADE-01..03", "アンインストールすると電子証明書も消える。"),
)
RENEWAL = (
    ("client-lists-other-issuers", "CLIENT-RENEW-01..08", "証明書一覧に他の認証局の証明書も出る。"),
    ("client-list-shows-another-expiry", "CLIENT-RENEW-01..08", "証明書一覧の有効期限が証明書と違う。"),
    ("client-renews-without-asking", "CLIENT-RENEW-01..08", "1003 の確認をせずに更新する。"),
    ("client-renews-on-no", "CLIENT-RENEW-01..08", "1003 に「いいえ」と答えても更新する。"),
    ("client-does-not-import", "CLIENT-RENEW-01..08", "更新した電子証明書が取り込まれない。"),
    ("client-letters-in-password-accepted", "CLIENT-RENEW-01..08", "英字の証明書パスワードを受け付ける。"),
    ("client-full-width-digits-accepted", "CLIENT-RENEW-01..08", "全角数字の証明書パスワードを受け付ける。"),
    ("client-three-digit-password-accepted", "CLIENT-RENEW-01..08", "3桁の証明書パスワードを受け付ける。"),
    ("client-five-digit-password-accepted", "CLIENT-RENEW-01..08", "5桁の証明書パスワードを受け付ける。"),
    ("client-four-digit-password-refused", "CLIENT-RENEW-01..08", "半角数字4桁の証明書パスワードを拒む。"),
    ("client-password-mismatch-accepted", "CLIENT-RENEW-01..08", "確認用と違う証明書パスワードを受け付ける。"),
    (
        "client-backup-under-another-name",
        "CLIENT-RENEW-01..08",
        "バックアップファイルの名前がリクエストIDでない。",
    ),
    (
        "client-backup-under-another-password",
        "CLIENT-RENEW-01..08",
        "バックアップファイルが入力した証明書パスワードで開けない。",
    ),
    ("client-keeps-old-on-yes", "CLIENT-RENEW-01..08", "1006 に「はい」と答えても更新前の証明書が残る。"),
    ("client-deletes-old-on-no", "CLIENT-RENEW-01..08", "1006 に「いいえ」と答えても更新前の証明書が消える。"),
    ("client-refusal-unexplained", "CLIENT-RENEW-01..08", "更新できない理由が表示されない。"),
    ("client-renews-twice", "CLIENT-RENEW-01..08", "更新済みの証明書をもう一度更新できる。"),
    ("client-refuses-key-password", "CLIENT-RENEW-PW-01", "正しい秘密キーのパスワードを拒む。"),
    (
        "client-key-password-refusal-unexplained",
        "CLIENT-RENEW-PW-01",
        "誤った秘密キーのパスワードを入力すると、何も言わずに終わる。",
    ),
)
NOTICES = (
    *(
        (f"client-notice-day-{day}-missing", "RULE-05", f"有効期限の{day}日前にクライアントの通知が出ない。")
        for day in CLIENT_MISSED_DAYS
    ),
    *(
        (f"client-notice-on-day-{day}", "RULE-05", f"有効期限の{day}日前にもクライアントの通知が出る。")
        for day in CLIENT_EXTRA_DAYS
    ),
    ("client-notice-after-renewal", "RULE-05", "更新を終えてもクライアントの通知が出る。"),
    ("client-notice-with-wrong-days", "RULE-05", "クライアントの通知の残り日数が違う。"),
    ("client-notice-without-expiry", "RULE-05", "クライアントの通知に有効期限が無い。"),
)
ENVIRONMENT = (
    ("client-refuses-windows-81", "RULE-06", "Windows 8.1 にインストールできない。"),
    ("client-refuses-32-bit", "RULE-06", "32ビットの Windows にインストールできない。"),
    ("client-installs-on-windows-7", "RULE-06", "Windows 7 にもインストールできる。"),
    ("client-installs-on-32-bit-windows-11", "RULE-06", "32ビットの Windows 11 にもインストールできる。"),
    ("client-installs-without-framework", "RULE-06", ".NET Framework が無くてもインストールできる。"),
    ("client-installs-on-older-framework", "RULE-06", ".NET Framework 4.8 より前でもインストールできる。"),
    ("client-refuses-newer-framework", "RULE-06", ".NET Framework 4.8 より新しいとインストールできない。"),
    ("client-follows-windows-language", "RULE-06", "英語の Windows では英語で表示される。"),
    ("client-without-ntlm", "RULE-06", "NTLM 認証のプロキシを経由できない。"),
    ("client-ignores-proxy", "RULE-06", "プロキシの設定に従わず、直接接続する。"),
    ("client-proxy-refusal-unexplained", "RULE-06", "プロキシの認証に失敗したことが表示されない。"),
)
CLIENT = own("OBN", *SETUP, *RENEWAL, *NOTICES, *ENVIRONMENT)
