"""Every way in which this system can be made wrong."""

from __future__ import annotations

from mock_ca.defects import Pair
from mock_ca.managed_pki.defects import own, shared

SHARED = shared(
    "NEC",
    {
        "wrong-issuer": "ISSUE-25..30",
        "subject-without-user-id": "ISSUE-25..30",
        "reissue-without-mail": "RULE-02 ISSUE-04..07",
        "renewed-certificate-refused": "RENEW-01",
        "renewal-keeps-key": "RENEW-01",
        "renewal-keeps-serial": "RENEW-01",
    },
)
OWN = own(
    "NEC",
    (
        "issue-mail-link-dead",
        "ISSUE-01",
        Pair("発行メールのワンタイムURLを開けない。", "The one-time URL of the issue mail does not open."),
    ),
    (
        "authentication-password-unchecked",
        "ISSUE-01",
        Pair("誤った認証情報パスワードで先に進める。", "A wrong password of the authentication goes through."),
    ),
    (
        "steps-open-without-password",
        "ISSUE-01",
        Pair(
            "認証情報パスワードを入れなくてもステップ2を開ける。",
            "Step 2 opens without the password of the authentication.",
        ),
    ),
    (
        "one-time-url-works-twice",
        "ISSUE-01",
        Pair(
            "発行に使ったワンタイムURLでもう一度発行できる。", "A one-time URL that was used to issue issues once more."
        ),
    ),
    (
        "renewal-titled-as-issue",
        "RENEW-01",
        Pair(
            "更新でもタイトルが証明書発行サイトのままである。",
            "The title of the page is that of an issue, in a renewal too.",
        ),
    ),
    (
        "control-failure-unexplained",
        "ISSUE-02 ISSUE-20..24 ADDON-01..03 BROWSER-01..10",
        Pair(
            "証明書の登録コントロールを使えないとき、画面が何も説明しない。",
            "Where the enrolment control cannot be used, the page explains nothing.",
        ),
    ),
    (
        "step-two-names-another-provider",
        "ISSUE-03",
        Pair("ステップ2に別のCSPが表示される。", "Step 2 shows another CSP."),
    ),
    (
        "step-two-names-another-length",
        "ISSUE-03",
        Pair("ステップ2に別のKey長が表示される。", "Step 2 shows another key length."),
    ),
    (
        "key-made-by-another-provider",
        "ISSUE-03",
        Pair("表示と違うCSPで鍵が作られる。", "The key is made by another CSP than the one shown."),
    ),
    (
        "key-longer-than-shown",
        "ISSUE-03",
        Pair("表示と違うKey長で鍵が作られる。", "The key is made with another length than the one shown."),
    ),
    (
        "key-without-protection",
        "ISSUE-04..07 RULE-02",
        Pair(
            "鍵を作るときにセキュリティレベルの設定が出ない。",
            "The security level is not asked for when the key is made.",
        ),
    ),
    (
        "root-file-of-another-authority",
        "ISSUE-08..18",
        Pair(
            "ルートCA証明書のファイルが、同じ名前の別の証明書である。",
            "The file of the root CA certificate is another certificate of the same name.",
        ),
    ),
    (
        "root-file-unreadable",
        "ISSUE-08..18",
        Pair(
            "ルートCA証明書のファイルが証明書として読めない。",
            "The file of the root CA certificate cannot be read as a certificate.",
        ),
    ),
    (
        "certificate-of-another-key",
        "ISSUE-20..24",
        Pair(
            "発行された証明書が、利用者の作った鍵のものでない。",
            "The issued certificate is not one for the key that the user made.",
        ),
    ),
    (
        "untrusted-root-unmentioned",
        "ISSUE-20..24 NOROOT-01..13",
        Pair(
            "ルート証明書が無くても警告せずに取り込む。",
            "Without the root certificate, the certificate is installed without a warning.",
        ),
    ),
    (
        "install-success-unreported",
        "ISSUE-20..24",
        Pair(
            "クライアント証明書のインストールが終わったことを知らせない。",
            "It is not told that the client certificate has been installed.",
        ),
    ),
    (
        "client-file-is-the-root",
        "NOROOT-01..13",
        Pair(
            "クライアント証明書のファイルの中身がルート証明書である。",
            "The file of the client certificate contains the root certificate.",
        ),
    ),
    (
        "client-file-not-offered",
        "NOROOT-01..13",
        Pair(
            "警告を承知しても、クライアント証明書のファイルを保存できない。",
            "The file of the client certificate cannot be saved, even if the warning is accepted.",
        ),
    ),
    (
        "validity-from-operation",
        "RULE-01 ISSUE-25..30",
        Pair(
            "有効期間が申請日でなく操作日から2年である。",
            "The validity is two years from the day of the operation, not of the application.",
        ),
    ),
    (
        "validity-begins-with-application",
        "ISSUE-25..30 RULE-01",
        Pair(
            "有効期間が取得した日でなく申請日から始まる。",
            "The validity begins on the day of the application, not of the retrieval.",
        ),
    ),
    (
        "confirmation-link-dead",
        "ISSUE-31..34",
        Pair("ステップ4の証明書確認ページを開けない。", "The page to check the certificate does not open from step 4."),
    ),
    (
        "confirmation-refuses-everyone",
        "ISSUE-31..34",
        Pair(
            "証明書確認ページが有効な証明書を認めない。",
            "The page to check the certificate does not accept a valid one.",
        ),
    ),
    (
        "confirmation-needs-no-certificate",
        "ISSUE-31..34",
        Pair("証明書が無くても、利用できると表示される。", "Without a certificate, it says that it can be used."),
    ),
    (
        "confirmation-takes-revoked-certificate",
        "ISSUE-31..34",
        Pair(
            "失効した証明書でも、利用できると表示される。", "With a revoked certificate, it says that it can be used."
        ),
    ),
)
DEFECTS = SHARED + OWN
