"""Every way in which this system can be made wrong."""

from __future__ import annotations

from mock_ca.defects import Defect


def _defects(*lines: tuple[str, str, str]) -> tuple[Defect, ...]:
    return tuple(Defect(name, tuple(f"DAN-{one}" for one in ids.split()), breaks) for name, ids, breaks in lines)


MAILS = _defects(
    ("password-in-guide-mail", "ISSUE-01 RULE-06", "取得のご案内メールにパスワードが書かれている。"),
    ("guide-mail-from-another-sender", "ISSUE-01", "取得のご案内メールの差出人が違う。"),
    ("guide-mail-without-request-id", "ISSUE-01 RULE-06", "取得のご案内メールにリクエスト ID が無い。"),
    ("user-id-mail-to-user", "RULE-06", "ユーザーIDのお知らせが管理者ではなく本人に届く。"),
    ("password-in-id-mail", "RULE-06", "ユーザーIDのお知らせにパスワードも書かれている。"),
    ("reissue-mails-password", "REISSUE-02 RULE-06", "再発行のパスワードが窓口からではなくメールで届く。"),
    ("reissue-without-mail", "REISSUE-02 RULE-06", "再発行の取得のご案内メールが届かない。"),
    ("renewal-mail-without-expiry", "RENEW-01", "更新のご案内メールに現在の有効期限が無い。"),
    ("renewal-mail-link-dead", "RENEW-01 RESUME-01", "更新のご案内メールのリンク先が存在しない。"),
    ("renewal-mail-day-30-missing", "RULE-03", "有効期限の30日前に更新のご案内メールが届かない。"),
    ("renewal-mail-day-7-missing", "RULE-03", "有効期限の7日前に更新のご案内メールが届かない。"),
    ("renewal-mail-on-day-29", "RULE-03", "有効期限の29日前にも更新のご案内メールが届く。"),
    ("mail-after-renewal", "RULE-03", "更新が終わったあとも更新のご案内メールが届く。"),
)

ENROLMENT = _defects(
    ("invitation-never-expires", "RULE-01 ISSUE-05", "発行後31日目でも鍵を取得できる。"),
    ("invitation-ends-a-day-early", "RULE-01", "発行後30日目に鍵を取得できない。"),
    ("key-page-survives-midnight", "RULE-01", "前日に開いた鍵の取得画面のまま手続きを進められる。"),
    ("wrong-password-logs-in", "ISSUE-02 FAQ-02", "誤ったパスワードでログインできる。"),
    ("login-failure-unexplained", "FAQ-02", "ログインできない理由が表示されない。"),
    ("menu-without-key-page", "ISSUE-03", "メニューに「鍵の取得」が無い。"),
    ("confirmation-mismatch-accepted", "ISSUE-04", "パスワードと確認が違っていても受け付ける。"),
    ("empty-password-accepted", "ISSUE-04", "空のパスワードを受け付ける。"),
    ("overlong-password-crashes", "ISSUE-04", "長すぎるパスワードでサーバーエラーになる。"),
    ("someone-elses-request-id-served", "ISSUE-04", "他人のリクエスト ID で鍵を取得できる。"),
    ("any-browser-accepted", "FAQ-07", "Edge・Chrome 以外のブラウザーでも取得できる。"),
    ("unknown-url-shows-top", "FAQ-06", "存在しない URL でもトップページが表示される。"),
    ("foreign-host-needed", "FAQ-04", "ダウンロード画面が公開された URL 一覧に無い接続先を必要とする。"),
)

ISSUING = _defects(
    ("pkcs12-under-another-password", "ISSUE-10", "PKCS#12 が入力したのと別のパスワードで保護されている。"),
    ("pkcs12-without-chain", "ISSUE-13", "PKCS#12 に中間・ルート証明書が含まれていない。"),
    ("download-is-not-pkcs12", "ISSUE-06 RENEW-07", "ダウンロードしたファイルが PKCS#12 でない。"),
    ("wrong-issuer", "VERIFY-CHROME-07 ISSUE-13", "証明書の発行者が違う。"),
    ("subject-without-user-id", "VERIFY-CHROME-07", "証明書の発行先がユーザーIDでない。"),
    ("key-1024-bit", "ISSUE-06", "証明書の鍵が 1024 ビットしかない。"),
    ("without-client-auth-eku", "ISSUE-13", "証明書の用途にクライアント認証が無い。"),
    ("validity-two-years", "RULE-02", "有効期間が2年しかない。"),
    ("reissue-keeps-old-end", "RULE-02 REISSUE-02", "再発行した証明書の有効期限が元のままである。"),
    ("second-certificate-on-double-submit", "ISSUE-05", "Submit の二度押しで証明書が2枚発行される。"),
    ("back-button-issues-again", "ISSUE-05", "戻るボタンで戻って Submit すると証明書がもう1枚発行される。"),
    ("old-certificate-alive-after-reissue", "REISSUE-01", "再発行しても古い証明書が失効しない。"),
)

RENEWAL = _defects(
    ("renewal-opens-on-day-31", "RULE-03", "有効期限の31日前に更新できる。"),
    ("renewal-closed-on-day-30", "RULE-03", "有効期限の30日前に更新できない。"),
    ("confirmation-shows-someone-else", "RENEW-03", "更新申請の確認画面に他人の情報が表示される。"),
    ("waiting-page-stuck", "RENEW-04", "待ち画面が自動で更新されない。"),
    ("waiting-page-reload-applies-again", "RENEW-04 RESUME-03B", "待ち画面を再読み込みすると更新申請がもう1件増える。"),
    ("request-id-not-filled-in", "RENEW-05", "鍵の取得画面にリクエスト ID が設定されていない。"),
    ("renewed-certificate-refused", "RENEW-08..14", "更新した証明書でサービスを利用できない。"),
    ("lost-request-not-listed", "RESUME-03A", "取得し損ねた更新申請が一覧に出ない。"),
    ("download-key-serves-old-certificate", "RESUME-03A", "一覧から取得した鍵が更新前の証明書である。"),
    ("resume-issues-twice", "RESUME-03B", "申請済みの証明書でもう一度申請すると二重に発行される。"),
    ("renewal-list-paging-broken", "RESUME-03A", "「Next 20」を押しても一覧の続きが表示されない。"),
    ("revoked-certificate-renews", "RENEW-02", "失効した証明書で更新できる。"),
)

SESSIONS = _defects(
    ("session-never-expires", "RULE-04", "操作が無くても自動ログアウトしない。"),
    ("session-invalid-page-missing", "RULE-04", "セッション無効画面の代わりにサーバーエラーが表示される。"),
    ("session-cannot-restart", "RULE-04", "自動ログアウトのあと、ログインからやり直せない。"),
)

SERVICES = _defects(
    ("nissay-certificate-opens-web", "RULE-05", "②の証明書で団信Webを利用できる。"),
    ("nissay-certificate-opens-service", "RULE-05", "②の証明書で団信ネット（3社共用）を利用できる。"),
    ("shared-certificate-opens-nissay", "RULE-05", "①の証明書で団信ネット（日本生命）を利用できる。"),
    ("web-refuses-shared-certificate", "RULE-05", "①の証明書で団信Webを利用できない。"),
    ("nissay-requires-shared-certificate", "FAQ-03", "①の証明書が無いと団信ネット（日本生命）を利用できない。"),
    ("revoked-certificate-opens-service", "FAQ-05 REISSUE-01", "失効した証明書でサービスを利用できる。"),
    ("expired-certificate-opens-service", "FAQ-05", "期限切れの証明書でサービスを利用できる。"),
    ("forbidden-page-missing", "FAQ-05", "証明書が無いとき forbidden ではなく白紙が表示される。"),
    ("certificate-bound-to-its-owner", "FAQ-08", "証明書の名義人以外はログインできない。"),
    ("certificate-bound-to-the-browser", "FAQ-09", "証明書を取得したブラウザー以外では利用できない。"),
)

DEFECTS = MAILS + ENROLMENT + ISSUING + RENEWAL + SESSIONS + SERVICES
