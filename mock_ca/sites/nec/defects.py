"""Every way in which this system can be made wrong."""

from __future__ import annotations

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
    ("issue-mail-link-dead", "ISSUE-01", "発行メールのワンタイムURLを開けない。"),
    ("authentication-password-unchecked", "ISSUE-01", "誤った認証情報パスワードで先に進める。"),
    ("steps-open-without-password", "ISSUE-01", "認証情報パスワードを入れなくてもステップ2を開ける。"),
    ("one-time-url-works-twice", "ISSUE-01", "発行に使ったワンタイムURLでもう一度発行できる。"),
    ("renewal-titled-as-issue", "RENEW-01", "更新でもタイトルが証明書発行サイトのままである。"),
    (
        "control-failure-unexplained",
        "ISSUE-02 ISSUE-20..24 ADDON-01..03 BROWSER-01..10",
        "証明書の登録コントロールを使えないとき、画面が何も説明しない。",
    ),
    ("step-two-names-another-provider", "ISSUE-03", "ステップ2に別のCSPが表示される。"),
    ("step-two-names-another-length", "ISSUE-03", "ステップ2に別のKey長が表示される。"),
    ("key-made-by-another-provider", "ISSUE-03", "表示と違うCSPで鍵が作られる。"),
    ("key-longer-than-shown", "ISSUE-03", "表示と違うKey長で鍵が作られる。"),
    ("key-without-protection", "ISSUE-04..07 RULE-02", "鍵を作るときにセキュリティレベルの設定が出ない。"),
    ("root-file-of-another-authority", "ISSUE-08..18", "ルートCA証明書のファイルが、同じ名前の別の証明書である。"),
    ("root-file-unreadable", "ISSUE-08..18", "ルートCA証明書のファイルが証明書として読めない。"),
    ("certificate-of-another-key", "ISSUE-20..24", "発行された証明書が、利用者の作った鍵のものでない。"),
    ("untrusted-root-unmentioned", "ISSUE-20..24 NOROOT-01..13", "ルート証明書が無くても警告せずに取り込む。"),
    ("install-success-unreported", "ISSUE-20..24", "クライアント証明書のインストールが終わったことを知らせない。"),
    ("client-file-is-the-root", "NOROOT-01..13", "クライアント証明書のファイルの中身がルート証明書である。"),
    ("client-file-not-offered", "NOROOT-01..13", "警告を承知しても、クライアント証明書のファイルを保存できない。"),
    ("validity-from-operation", "RULE-01 ISSUE-25..30", "有効期間が申請日でなく操作日から2年である。"),
    ("validity-begins-with-application", "ISSUE-25..30 RULE-01", "有効期間が取得した日でなく申請日から始まる。"),
    ("confirmation-link-dead", "ISSUE-31..34", "ステップ4の証明書確認ページを開けない。"),
    ("confirmation-refuses-everyone", "ISSUE-31..34", "証明書確認ページが有効な証明書を認めない。"),
    ("confirmation-needs-no-certificate", "ISSUE-31..34", "証明書が無くても、利用できると表示される。"),
    ("confirmation-takes-revoked-certificate", "ISSUE-31..34", "失効した証明書でも、利用できると表示される。"),
)
DEFECTS = SHARED + OWN
