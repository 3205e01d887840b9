"""Every way in which this system can be made wrong."""

from __future__ import annotations

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
        "配布するルート証明書が別の認証局のものである。",
    ),
    (
        "root-file-is-not-a-certificate",
        "ROOT-GET-01..03 ROOT-IMPORT-01..09",
        "配布するルート証明書が証明書のファイルでない。",
    ),
    ("root-file-under-another-name", "ROOT-GET-01..03", "ルート証明書のファイル名が SCRoot2ca.cer でない。"),
)
DOWNLOAD = own(
    "OBN",
    ("letter-without-request-id", "DOWNLOAD-01..05", "発行通知書にリクエストIDが無い。"),
    ("letter-without-reference-id", "DOWNLOAD-01..05", "発行通知書にリファレンスIDが無い。"),
    ("letter-names-another-issuer", "DOWNLOAD-01..05", "発行通知書の発行者が違う。"),
    ("validity-from-download", "DOWNLOAD-01..05", "有効期間が通知書のとおりでなく、ダウンロードした時から始まる。"),
    ("letter-with-another-validity", "RULE-03 DOWNLOAD-01..05", "発行通知書の有効期限が証明書と違う。"),
    (
        "letter-with-another-download-limit",
        "RULE-02 DOWNLOAD-01..05",
        "発行通知書のダウンロードサイト有効期限が180日後でない。",
    ),
    ("reference-id-not-checked", "DOWNLOAD-01..05", "リファレンスIDが違っていてもダウンロードへ進める。"),
    ("file-name-is-not-the-request-id", "DOWNLOAD-01..05 RENEW-07", "ファイル名がリクエストIDでない。"),
    ("validity-three-years", "RULE-03", "有効期間が3年3か月でなく3年しかない。"),
)
RENEWAL = own(
    "OBN",
    ("renewal-opens-on-day-90", "RULE-01 RENEW-03", "有効期限の90日前に更新できる。"),
    ("renewal-closed-on-day-89", "RULE-01 RENEW-03", "有効期限の89日前に更新できない。"),
    ("statuses-out-of-order", "RENEW-05", "証明書ステータスが「発行要求中」から始まる。"),
    ("status-skipped", "RENEW-05", "証明書ステータス「発行要求中」が表示されない。"),
    ("three-digit-password-accepted", "RENEW-06", "3桁のパスワードを受け付ける。"),
    ("five-digit-password-accepted", "RENEW-06", "5桁のパスワードを受け付ける。"),
    ("letters-in-password-accepted", "RENEW-06", "英字の混じったパスワードを受け付ける。"),
    ("full-width-digits-accepted", "RENEW-06", "全角数字のパスワードを受け付ける。"),
    ("spaces-in-password-accepted", "RENEW-06", "空白の混じったパスワードを受け付ける。"),
    ("four-digit-password-refused", "RENEW-06", "半角数字4桁のパスワードを拒む。"),
    ("list-shows-another-expiry", "RESUME-01..03", "一覧の有効期限が新しい証明書のものでない。"),
    (
        "download-survives-old-expiry",
        "RULE-03",
        "更新前の証明書の期限が過ぎても更新後の証明書をダウンロードできる。",
    ),
    ("renewal-site-not-linked", "RENEW-01", "オンライン請求システムに更新サイトへのリンクが無い。"),
)
REVOCATION = own(
    "OBN",
    (
        "revocation-without-matching-ids",
        "REVOKE-02",
        "リクエスト ID とリファレンス ID が証明書と合わなくても失効申請へ進める。",
    ),
    ("revocation-mail-mismatch-accepted", "REVOKE-03", "メールアドレスと確認用が違っていても受け付ける。"),
    ("malformed-address-accepted", "REVOKE-03", "メールアドレスの形をしていない入力を受け付ける。"),
    (
        "revocation-confirmation-shows-another-address",
        "REVOKE-04",
        "失効申請の確認画面に入力と違うメールアドレスが表示される。",
    ),
    ("back-button-applies", "REVOKE-04", "「戻る」を押すと失効が申請される。"),
    ("revocation-applied-for-twice", "REVOKE-04", "失効申請済みの証明書でもう一度申請できる。"),
    ("revocation-never-completes", "REVOKE-04", "失効申請を受け付けても失効しない。"),
    ("completion-mail-missing", "REVOKE-04", "失効完了の通知が届かない。"),
    ("completion-mail-from-another-sender", "REVOKE-04", "失効完了の通知の差出人が違う。"),
    ("completion-mail-to-another-address", "REVOKE-04", "失効完了の通知が入力したアドレスに届かない。"),
    ("completion-mail-under-another-subject", "REVOKE-04", "失効完了の通知の件名が違う。"),
)
NOTICES = (
    *(
        (f"renewal-mail-day-{day}-missing", "RULE-04", f"有効期限の{day}日前に更新のお知らせが届かない。")
        for day in NOTICE_DAYS
    ),
    *(
        (f"renewal-mail-on-day-{day}", "RULE-04", f"有効期限の{day}日前にも更新のお知らせが届く。")
        for day in EXTRA_NOTICE_DAYS
    ),
    ("renewal-mail-with-wrong-days", "RULE-04", "更新のお知らせの残り日数が違う。"),
    ("renewal-mail-from-another-sender", "RULE-04", "更新のお知らせの差出人が違う。"),
)
TABS = own(
    "OBN",
    ("tabs-share-draft", "TAB-01", "別のタブであとから開いた画面の内容で手続きが行われる。"),
    ("windows-share-draft", "TAB-01", "別のウィンドウであとから開いた画面の内容で手続きが行われる。"),
    ("used-page-acts-again", "TAB-01", "同じ画面を二度送信すると手続きが二度行われる。"),
)
REMINDERS = own("OBN", *((name, ids, BREAKS.get(name, breaks)) for name, ids, breaks in NOTICES))
EXPLORED = explored("OBN", {"completion-mailed-twice-on-return": "REVOKE-04"})
DEFECTS = SHARED + ROOT + DOWNLOAD + RENEWAL + REVOCATION + REMINDERS + TABS + CLIENT + EXPLORED
