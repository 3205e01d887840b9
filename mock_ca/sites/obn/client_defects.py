"""Every way in which MPKI クライアント, its download and its agent can be made wrong.

What the program itself does wrong it does on its own PC: it is told which of these are on when it is started.
"""

from __future__ import annotations

from mock_ca.defects import Pair
from mock_ca.managed_pki.defects import own
from mock_ca.sites.obn.figures import CLIENT_EXTRA_DAYS, CLIENT_MISSED_DAYS

SETUP = (
    (
        "client-download-is-no-package",
        "CLIENT-INSTALL-01..08",
        Pair("ダウンロードしたファイルがインストーラーでない。", "The downloaded file is no installer."),
    ),
    (
        "client-download-under-another-name",
        "CLIENT-INSTALL-01..08",
        Pair("インストーラーのファイル名が違う。", "The file of the installer has another name."),
    ),
    (
        "client-download-is-an-old-version",
        "CLIENT-UPGRADE-01..03",
        Pair("ダウンロードしたクライアントが最新版でない。", "The downloaded client is not the latest version."),
    ),
    (
        "client-not-in-start-menu",
        "CLIENT-INSTALL-01..08",
        Pair("スタートメニューに追加されない。", "It is not added to the start menu."),
    ),
    (
        "client-setup-error-cannot-be-quit",
        "CLIENT-ERROR-01",
        Pair(
            "インストールのエラー画面で「終了」を押しても終わらない。",
            "The button that ends the error window of the installation does not end it.",
        ),
    ),
    (
        "client-uninstall-leaves-the-program",
        "CLIENT-UPGRADE-01..03",
        Pair("アンインストールしてもクライアントが残る。", "The client stays after it is uninstalled."),
    ),
    (
        "client-uninstall-deletes-certificates",
        "CLIENT-UPGRADE-01..03",
        Pair("アンインストールすると電子証明書も消える。", "Uninstalling it deletes the certificates too."),
    ),
)
RENEWAL = (
    (
        "client-lists-other-issuers",
        "CLIENT-RENEW-01..08",
        Pair(
            "証明書一覧に他の認証局の証明書も出る。", "The list of certificates shows those of other authorities too."
        ),
    ),
    (
        "client-list-shows-another-expiry",
        "CLIENT-RENEW-01..08",
        Pair(
            "証明書一覧の有効期限が証明書と違う。",
            "The expiry in the list of certificates is not that of the certificate.",
        ),
    ),
    (
        "client-renews-without-asking",
        "CLIENT-RENEW-01..08",
        Pair("1003 の確認をせずに更新する。", "It renews without asking (1003)."),
    ),
    (
        "client-renews-on-no",
        "CLIENT-RENEW-01..08",
        Pair("1003 に「いいえ」と答えても更新する。", "It renews although 1003 was answered with no."),
    ),
    (
        "client-does-not-import",
        "CLIENT-RENEW-01..08",
        Pair("更新した電子証明書が取り込まれない。", "The renewed certificate is not imported."),
    ),
    (
        "client-letters-in-password-accepted",
        "CLIENT-RENEW-01..08",
        Pair("英字の証明書パスワードを受け付ける。", "A certificate password of letters is accepted."),
    ),
    (
        "client-full-width-digits-accepted",
        "CLIENT-RENEW-01..08",
        Pair("全角数字の証明書パスワードを受け付ける。", "A certificate password of full-width digits is accepted."),
    ),
    (
        "client-three-digit-password-accepted",
        "CLIENT-RENEW-01..08",
        Pair("3桁の証明書パスワードを受け付ける。", "A certificate password of three digits is accepted."),
    ),
    (
        "client-five-digit-password-accepted",
        "CLIENT-RENEW-01..08",
        Pair("5桁の証明書パスワードを受け付ける。", "A certificate password of five digits is accepted."),
    ),
    (
        "client-four-digit-password-refused",
        "CLIENT-RENEW-01..08",
        Pair("半角数字4桁の証明書パスワードを拒む。", "A certificate password of four half-width digits is refused."),
    ),
    (
        "client-password-mismatch-accepted",
        "CLIENT-RENEW-01..08",
        Pair(
            "確認用と違う証明書パスワードを受け付ける。",
            "A certificate password that differs from its confirmation is accepted.",
        ),
    ),
    (
        "client-backup-under-another-name",
        "CLIENT-RENEW-01..08",
        Pair("バックアップファイルの名前がリクエストIDでない。", "The name of the backup file is not the request ID."),
    ),
    (
        "client-backup-under-another-password",
        "CLIENT-RENEW-01..08",
        Pair(
            "バックアップファイルが入力した証明書パスワードで開けない。",
            "The backup file does not open with the certificate password entered.",
        ),
    ),
    (
        "client-keeps-old-on-yes",
        "CLIENT-RENEW-01..08",
        Pair(
            "1006 に「はい」と答えても更新前の証明書が残る。",
            "The old certificate stays although 1006 was answered with yes.",
        ),
    ),
    (
        "client-deletes-old-on-no",
        "CLIENT-RENEW-01..08",
        Pair(
            "1006 に「いいえ」と答えても更新前の証明書が消える。",
            "The old certificate is deleted although 1006 was answered with no.",
        ),
    ),
    (
        "client-refusal-unexplained",
        "CLIENT-RENEW-01..08",
        Pair("更新できない理由が表示されない。", "It is not shown why a certificate cannot be renewed."),
    ),
    (
        "client-renews-twice",
        "CLIENT-RENEW-01..08",
        Pair("更新済みの証明書をもう一度更新できる。", "A certificate that was renewed can be renewed once more."),
    ),
    (
        "client-refuses-key-password",
        "CLIENT-RENEW-PW-01",
        Pair("正しい秘密キーのパスワードを拒む。", "The right password of the private key is refused."),
    ),
    (
        "client-key-password-refusal-unexplained",
        "CLIENT-RENEW-PW-01",
        Pair(
            "誤った秘密キーのパスワードを入力すると、何も言わずに終わる。",
            "After a wrong password of the private key it ends without a word.",
        ),
    ),
)
NOTICES = (
    *(
        (
            f"client-notice-day-{day}-missing",
            "RULE-05",
            Pair(
                f"有効期限の{day}日前にクライアントの通知が出ない。",
                f"The client has no notice on day {day} before the expiry.",
            ),
        )
        for day in CLIENT_MISSED_DAYS
    ),
    *(
        (
            f"client-notice-on-day-{day}",
            "RULE-05",
            Pair(
                f"有効期限の{day}日前にもクライアントの通知が出る。",
                f"The client has a notice on day {day} before the expiry too.",
            ),
        )
        for day in CLIENT_EXTRA_DAYS
    ),
    (
        "client-notice-after-renewal",
        "RULE-05",
        Pair("更新を終えてもクライアントの通知が出る。", "The client has notices after the renewal is finished."),
    ),
    (
        "client-notice-with-wrong-days",
        "RULE-05",
        Pair("クライアントの通知の残り日数が違う。", "The days left in the client's notice are wrong."),
    ),
    (
        "client-notice-without-expiry",
        "RULE-05",
        Pair("クライアントの通知に有効期限が無い。", "The client's notice lacks the expiry."),
    ),
)
ENVIRONMENT = (
    (
        "client-refuses-windows-81",
        "RULE-06",
        Pair("Windows 8.1 にインストールできない。", "It cannot be installed on Windows 8.1."),
    ),
    (
        "client-refuses-32-bit",
        "RULE-06",
        Pair("32ビットの Windows にインストールできない。", "It cannot be installed on 32-bit Windows."),
    ),
    (
        "client-installs-on-windows-7",
        "RULE-06",
        Pair("Windows 7 にもインストールできる。", "It can be installed on Windows 7 too."),
    ),
    (
        "client-installs-on-32-bit-windows-11",
        "RULE-06",
        Pair("32ビットの Windows 11 にもインストールできる。", "It can be installed on 32-bit Windows 11 too."),
    ),
    (
        "client-installs-without-framework",
        "RULE-06",
        Pair(".NET Framework が無くてもインストールできる。", "It can be installed without .NET Framework."),
    ),
    (
        "client-installs-on-older-framework",
        "RULE-06",
        Pair(
            ".NET Framework 4.8 より前でもインストールできる。", "It can be installed with a .NET Framework before 4.8."
        ),
    ),
    (
        "client-refuses-newer-framework",
        "RULE-06",
        Pair(
            ".NET Framework 4.8 より新しいとインストールできない。",
            "It cannot be installed with a .NET Framework after 4.8.",
        ),
    ),
    (
        "client-follows-windows-language",
        "RULE-06",
        Pair("英語の Windows では英語で表示される。", "On English Windows it speaks English."),
    ),
    (
        "client-without-ntlm",
        "RULE-06",
        Pair("NTLM 認証のプロキシを経由できない。", "It cannot go through a proxy with NTLM authentication."),
    ),
    (
        "client-ignores-proxy",
        "RULE-06",
        Pair("プロキシの設定に従わず、直接接続する。", "It connects directly, whatever the proxy settings say."),
    ),
    (
        "client-proxy-refusal-unexplained",
        "RULE-06",
        Pair(
            "プロキシの認証に失敗したことが表示されない。",
            "It is not shown that the authentication at the proxy failed.",
        ),
    ),
)
CLIENT = own("OBN", *SETUP, *RENEWAL, *NOTICES, *ENVIRONMENT)
