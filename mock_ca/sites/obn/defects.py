"""Every way in which this system can be made wrong."""

from __future__ import annotations

from mock_ca.defects import Pair
from mock_ca.managed_pki.defects import BREAKS, explored, own, shared
from mock_ca.sites.obn.client_defects import CLIENT
from mock_ca.sites.obn.figures import EXTRA_NOTICE_DAYS, NOTICE_DAYS

SHARED = shared(
    "OBN",
    {
        "invitation-never-expires": "RULE-02 DOWNLOAD-01..05",
        "invitation-ends-a-day-early": "RULE-02 DOWNLOAD-01..05",
        "confirmation-mismatch-accepted": "DOWNLOAD-01..05 RENEW-06",
        "empty-password-accepted": "DOWNLOAD-01..05 RENEW-06",
        "overlong-password-crashes": "DOWNLOAD-01..05",
        "back-button-issues-again": "DOWNLOAD-01..05",
        "pkcs12-under-another-password": "IMPORT-01..07 BACKUP-01 RENEW-08..16",
        "pkcs12-without-chain": "IMPORT-01..07",
        "pkcs12-without-friendly-name": "IMPORT-01..07 RENEW-08..16",
        "download-is-not-pkcs12": "IMPORT-01..07 RENEW-07",
        "wrong-issuer": "VERIFY-04 PICK-01 RENEW-08..16",
        "subject-without-user-id": "VERIFY-04",
        "key-1024-bit": "IMPORT-01..07",
        "without-client-auth-eku": "IMPORT-01..07",
        "renewal-mail-without-expiry": "RULE-04",
        "mail-after-renewal": "RULE-04",
        "revoked-certificate-renews": "RENEW-02",
        "expired-certificate-renews": "RULE-03",
        "confirmation-shows-someone-else": "RENEW-04",
        "waiting-page-stuck": "RENEW-05",
        "waiting-page-reload-applies-again": "RENEW-05 RESUME-01..03",
        "request-id-not-filled-in": "RENEW-06",
        "renewed-certificate-refused": "RENEW-08..16",
        "lost-request-not-listed": "RESUME-01..03",
        "download-key-serves-old-certificate": "RESUME-01..03",
        "resume-issues-twice": "RESUME-01..03",
        "renewal-list-paging-broken": "RESUME-01..03",
        "session-never-expires": "SESSION-01",
        "session-invalid-page-missing": "SESSION-01",
        "session-cannot-restart": "SESSION-01",
        "revoked-certificate-opens-service": "REVOKE-04",
        "expired-certificate-opens-service": "RULE-03",
        "foreign-certificate-renews": "PICK-01",
        "forbidden-page-missing": "REVOKE-04",
        "certificate-bound-to-the-browser": "BACKUP-01",
        "crl-forgets-revocation": "REVOKE-04",
        "ocsp-says-good": "REVOKE-04",
        "download-key-applies-again": "RESUME-01..03",
        "download-key-shows-another-id": "RESUME-01..03",
        "renewal-keeps-key": "RENEW-07",
        "renewal-keeps-serial": "RENEW-07",
    },
)
ROOT = own(
    "OBN",
    (
        "root-file-of-another-ca",
        "ROOT-GET-01..03 ROOT-IMPORT-01..09 ROOT-VERIFY-04",
        Pair(
            "配布するルート証明書が別の認証局のものである。",
            "The root certificate handed out is that of another authority.",
        ),
    ),
    (
        "root-file-is-not-a-certificate",
        "ROOT-GET-01..03 ROOT-IMPORT-01..09",
        Pair(
            "配布するルート証明書が証明書のファイルでない。",
            "The root certificate handed out is no file of a certificate.",
        ),
    ),
    (
        "root-file-under-another-name",
        "ROOT-GET-01..03",
        Pair(
            "ルート証明書のファイル名が SCRoot2ca.cer でない。",
            "The file of the root certificate is not called SCRoot2ca.cer.",
        ),
    ),
)
DOWNLOAD = own(
    "OBN",
    (
        "letter-without-request-id",
        "DOWNLOAD-01..05",
        Pair("発行通知書にリクエストIDが無い。", "The issue notice lacks the request ID."),
    ),
    (
        "letter-without-reference-id",
        "DOWNLOAD-01..05",
        Pair("発行通知書にリファレンスIDが無い。", "The issue notice lacks the reference ID."),
    ),
    (
        "letter-names-another-issuer",
        "DOWNLOAD-01..05",
        Pair("発行通知書の発行者が違う。", "The issue notice names another issuer."),
    ),
    (
        "validity-from-download",
        "DOWNLOAD-01..05",
        Pair(
            "有効期間が通知書のとおりでなく、ダウンロードした時から始まる。",
            "The validity begins at the download, not as the notice says.",
        ),
    ),
    (
        "letter-with-another-validity",
        "RULE-03 DOWNLOAD-01..05",
        Pair("発行通知書の有効期限が証明書と違う。", "The expiry in the issue notice is not that of the certificate."),
    ),
    (
        "letter-with-another-download-limit",
        "RULE-02 DOWNLOAD-01..05",
        Pair(
            "発行通知書のダウンロードサイト有効期限が180日後でない。",
            "The download site's limit in the issue notice is not 180 days later.",
        ),
    ),
    (
        "reference-id-not-checked",
        "DOWNLOAD-01..05",
        Pair("リファレンスIDが違っていてもダウンロードへ進める。", "A wrong reference ID leads to the download."),
    ),
    (
        "file-name-is-not-the-request-id",
        "DOWNLOAD-01..05 RENEW-07",
        Pair("ファイル名がリクエストIDでない。", "The name of the file is not the request ID."),
    ),
    (
        "validity-three-years",
        "RULE-03",
        Pair(
            "有効期間が3年3か月でなく3年しかない。",
            "The validity is three years only, instead of three years and three months.",
        ),
    ),
)
RENEWAL = own(
    "OBN",
    (
        "renewal-opens-on-day-90",
        "RULE-01 RENEW-03",
        Pair("有効期限の90日前に更新できる。", "Renewal is possible 90 days before the expiry."),
    ),
    (
        "renewal-closed-on-day-89",
        "RULE-01 RENEW-03",
        Pair("有効期限の89日前に更新できない。", "Renewal is not possible 89 days before the expiry."),
    ),
    (
        "statuses-out-of-order",
        "RENEW-05",
        Pair(
            "証明書ステータスが「発行要求中」から始まる。",
            'The certificate status begins with "発行要求中".',
        ),
    ),
    (
        "status-skipped",
        "RENEW-05",
        Pair("証明書ステータス「発行要求中」が表示されない。", 'The certificate status "発行要求中" is not shown.'),
    ),
    (
        "three-digit-password-accepted",
        "RENEW-06",
        Pair("3桁のパスワードを受け付ける。", "A password of three digits is accepted."),
    ),
    (
        "five-digit-password-accepted",
        "RENEW-06",
        Pair("5桁のパスワードを受け付ける。", "A password of five digits is accepted."),
    ),
    (
        "letters-in-password-accepted",
        "RENEW-06",
        Pair("英字の混じったパスワードを受け付ける。", "A password with letters is accepted."),
    ),
    (
        "full-width-digits-accepted",
        "RENEW-06",
        Pair("全角数字のパスワードを受け付ける。", "A password of full-width digits is accepted."),
    ),
    (
        "spaces-in-password-accepted",
        "RENEW-06",
        Pair("空白の混じったパスワードを受け付ける。", "A password with a space is accepted."),
    ),
    (
        "four-digit-password-refused",
        "RENEW-06",
        Pair("半角数字4桁のパスワードを拒む。", "A password of four half-width digits is refused."),
    ),
    (
        "list-shows-another-expiry",
        "RESUME-01..03",
        Pair(
            "一覧の有効期限が新しい証明書のものでない。", "The expiry in the list is not that of the new certificate."
        ),
    ),
    (
        "download-survives-old-expiry",
        "RULE-03",
        Pair(
            "更新前の証明書の期限が過ぎても更新後の証明書をダウンロードできる。",
            "After the old certificate has expired, the renewed one can still be downloaded.",
        ),
    ),
    (
        "renewal-site-not-linked",
        "RENEW-01",
        Pair(
            "オンライン請求システムに更新サイトへのリンクが無い。",
            "The online claim system has no link to the renewal site.",
        ),
    ),
)
REVOCATION = own(
    "OBN",
    (
        "revocation-without-matching-ids",
        "REVOKE-02",
        Pair(
            "リクエスト ID とリファレンス ID が証明書と合わなくても失効申請へ進める。",
            "Revocation can be applied for with a request ID and a reference ID that are not the certificate's.",
        ),
    ),
    (
        "revocation-mail-mismatch-accepted",
        "REVOKE-03",
        Pair(
            "メールアドレスと確認用が違っていても受け付ける。",
            "A mail address and its confirmation that differ are accepted.",
        ),
    ),
    (
        "malformed-address-accepted",
        "REVOKE-03",
        Pair("メールアドレスの形をしていない入力を受け付ける。", "What does not look like a mail address is accepted."),
    ),
    (
        "revocation-confirmation-shows-another-address",
        "REVOKE-04",
        Pair(
            "失効申請の確認画面に入力と違うメールアドレスが表示される。",
            "The confirmation page of the revocation shows another mail address than the one entered.",
        ),
    ),
    (
        "back-button-applies",
        "REVOKE-04",
        Pair("「戻る」を押すと失効が申請される。", "Going back applies for the revocation."),
    ),
    (
        "revocation-applied-for-twice",
        "REVOKE-04",
        Pair("失効申請済みの証明書でもう一度申請できる。", "Revocation can be applied for once more."),
    ),
    (
        "revocation-never-completes",
        "REVOKE-04",
        Pair("失効申請を受け付けても失効しない。", "A revocation that was accepted does not revoke."),
    ),
    (
        "completion-mail-missing",
        "REVOKE-04",
        Pair("失効完了の通知が届かない。", "The notice of the finished revocation does not arrive."),
    ),
    (
        "completion-mail-from-another-sender",
        "REVOKE-04",
        Pair("失効完了の通知の差出人が違う。", "The sender of the notice of the finished revocation is another one."),
    ),
    (
        "completion-mail-to-another-address",
        "REVOKE-04",
        Pair(
            "失効完了の通知が入力したアドレスに届かない。",
            "The notice of the finished revocation does not arrive at the address entered.",
        ),
    ),
    (
        "completion-mail-under-another-subject",
        "REVOKE-04",
        Pair("失効完了の通知の件名が違う。", "The subject of the notice of the finished revocation is another one."),
    ),
)
NOTICES = (
    *(
        (
            f"renewal-mail-day-{day}-missing",
            "RULE-04",
            Pair(
                f"有効期限の{day}日前に更新のお知らせが届かない。",
                f"No renewal mail arrives on day {day} before the expiry.",
            ),
        )
        for day in NOTICE_DAYS
    ),
    *(
        (
            f"renewal-mail-on-day-{day}",
            "RULE-04",
            Pair(
                f"有効期限の{day}日前にも更新のお知らせが届く。",
                f"A renewal mail arrives on day {day} before the expiry too.",
            ),
        )
        for day in EXTRA_NOTICE_DAYS
    ),
    (
        "renewal-mail-with-wrong-days",
        "RULE-04",
        Pair("更新のお知らせの残り日数が違う。", "The days left in the renewal mail are wrong."),
    ),
    (
        "renewal-mail-from-another-sender",
        "RULE-04",
        Pair("更新のお知らせの差出人が違う。", "The sender of the renewal mail is another one."),
    ),
)
TABS = own(
    "OBN",
    (
        "tabs-share-draft",
        "TAB-01",
        Pair(
            "別のタブであとから開いた画面の内容で手続きが行われる。", "What another tab opened later is what gets done."
        ),
    ),
    (
        "windows-share-draft",
        "TAB-01",
        Pair(
            "別のウィンドウであとから開いた画面の内容で手続きが行われる。",
            "What another window opened later is what gets done.",
        ),
    ),
    (
        "used-page-acts-again",
        "TAB-01",
        Pair("同じ画面を二度送信すると手続きが二度行われる。", "Sending the same page twice does it twice."),
    ),
)
REMINDERS = own("OBN", *((name, ids, BREAKS.get(name, breaks)) for name, ids, breaks in NOTICES))
EXPLORED = explored("OBN", {"completion-mailed-twice-on-return": "REVOKE-04"})
DEFECTS = SHARED + ROOT + DOWNLOAD + RENEWAL + REVOCATION + REMINDERS + TABS + CLIENT + EXPLORED
