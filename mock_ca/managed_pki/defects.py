"""The ways in which any portal of the family can be made wrong; which rows of its manual that breaks, a system says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mock_ca.defects import Defect, Pair

BREAKS: Mapping[str, Pair] = {
    # invitation and log-in
    "guide-mail-from-another-sender": Pair(
        "取得のご案内メールの差出人が違う。", "The sender of the invitation mail is another one."
    ),
    "guide-mail-without-request-id": Pair(
        "取得のご案内メールにリクエスト ID が無い。", "The invitation mail lacks the request ID."
    ),
    "password-in-id-mail": Pair(
        "ユーザーIDのお知らせにパスワードも書かれている。", "The mail with the user ID contains the password too."
    ),
    "invitation-never-expires": Pair(
        "期限を過ぎたご案内でも鍵を取得できる。", "A key can be retrieved after the invitation has expired."
    ),
    "invitation-ends-a-day-early": Pair(
        "ご案内の期限の日に鍵を取得できない。", "A key cannot be retrieved on the last day of the invitation."
    ),
    "key-page-survives-midnight": Pair(
        "前日に開いた鍵の取得画面のまま手続きを進められる。", "A key page that was opened the day before still works."
    ),
    "wrong-password-logs-in": Pair("誤ったパスワードでログインできる。", "A wrong password logs in."),
    "login-failure-unexplained": Pair("ログインできない理由が表示されない。", "It is not shown why one cannot log in."),
    "menu-without-key-page": Pair("メニューに「鍵の取得」が無い。", "The menu lacks the key retrieval."),
    "any-browser-accepted": Pair(
        "Edge・Chrome 以外のブラウザーでも取得できる。", "A browser other than Edge and Chrome can retrieve keys too."
    ),
    "unknown-url-shows-top": Pair(
        "存在しない URL でもトップページが表示される。", "An address that does not exist shows the top page."
    ),
    # the key page and the file
    "confirmation-mismatch-accepted": Pair(
        "パスワードと確認が違っていても受け付ける。", "A password and its confirmation that differ are accepted."
    ),
    "empty-password-accepted": Pair("空のパスワードを受け付ける。", "An empty password is accepted."),
    "overlong-password-crashes": Pair(
        "長すぎるパスワードでサーバーエラーになる。", "Too long a password leads to a server error."
    ),
    "someone-elses-request-id-served": Pair(
        "他人のリクエスト ID で鍵を取得できる。", "Another subscriber's request ID retrieves a key."
    ),
    "tabs-share-download": Pair(
        "別のタブで後からログインした利用者の鍵が、前の利用者のダウンロード画面から渡される。",
        "The download page of one subscriber hands out the key of another who logged in later in another tab.",
    ),
    "last-log-in-counts": Pair(
        "別のタブで後からログインした利用者の鍵が、前の利用者の鍵の取得画面から渡される。",
        "The key page of one subscriber hands out the key of another who logged in later in another tab.",
    ),
    "foreign-host-needed": Pair(
        "ダウンロード画面が公開された URL 一覧に無い接続先を必要とする。",
        "The download page needs a host that is not in the published list of addresses.",
    ),
    "pkcs12-under-another-password": Pair(
        "PKCS#12 が入力したのと別のパスワードで保護されている。",
        "The PKCS#12 is protected by another password than the one entered.",
    ),
    "pkcs12-without-friendly-name": Pair(
        "PKCS#12 の拡張プロパティに証明書の表示名が無い。", "The PKCS#12 has no friendly name of the certificate."
    ),
    "pkcs12-without-chain": Pair(
        "PKCS#12 に中間・ルート証明書が含まれていない。", "The PKCS#12 lacks the intermediate and root certificates."
    ),
    "download-is-not-pkcs12": Pair("ダウンロードしたファイルが PKCS#12 でない。", "The downloaded file is no PKCS#12."),
    "second-certificate-on-double-submit": Pair(
        "Submit の二度押しで証明書が2枚発行される。", "Pressing Submit twice issues two certificates."
    ),
    "back-button-issues-again": Pair(
        "戻るボタンで戻って Submit すると証明書がもう1枚発行される。",
        "Going back and pressing Submit issues one more certificate.",
    ),
    # the certificate
    "wrong-issuer": Pair("証明書の発行者が違う。", "The issuer of the certificate is another one."),
    "subject-without-user-id": Pair(
        "証明書の発行先がユーザーIDでない。", "The subject of the certificate is not the user ID."
    ),
    "key-1024-bit": Pair("証明書の鍵が 1024 ビットしかない。", "The key of the certificate has only 1024 bits."),
    "without-client-auth-eku": Pair(
        "証明書の用途にクライアント認証が無い。", "The certificate is not meant for client authentication."
    ),
    "validity-two-years": Pair("有効期間が2年しかない。", "The validity is only two years."),
    "crl-forgets-revocation": Pair("失効した証明書が CRL に載らない。", "The CRL does not list a revoked certificate."),
    "ocsp-says-good": Pair("失効した証明書に OCSP が good と答える。", "OCSP says good of a revoked certificate."),
    # reissue
    "reissue-without-mail": Pair(
        "再発行の取得のご案内メールが届かない。", "The invitation mail of a reissue does not arrive."
    ),
    "reissue-keeps-old-end": Pair(
        "再発行した証明書の有効期限が元のままである。", "A reissued certificate has the expiry of the old one."
    ),
    "old-certificate-alive-after-reissue": Pair(
        "再発行しても古い証明書が失効しない。", "A reissue does not revoke the old certificate."
    ),
    # reminders and renewal
    "renewal-mail-without-expiry": Pair(
        "更新のご案内メールに現在の有効期限が無い。", "The renewal mail lacks the current expiry."
    ),
    "renewal-mail-link-dead": Pair(
        "更新のご案内メールのリンク先が存在しない。", "The link of the renewal mail leads nowhere."
    ),
    "renewal-mail-day-30-missing": Pair(
        "有効期限の30日前に更新のご案内メールが届かない。", "No renewal mail arrives 30 days before the expiry."
    ),
    "renewal-mail-day-7-missing": Pair(
        "有効期限の7日前に更新のご案内メールが届かない。", "No renewal mail arrives 7 days before the expiry."
    ),
    "renewal-mail-on-day-29": Pair(
        "有効期限の29日前にも更新のご案内メールが届く。", "A renewal mail arrives 29 days before the expiry too."
    ),
    "mail-after-renewal": Pair(
        "更新が終わったあとも更新のご案内メールが届く。", "Renewal mails arrive after the renewal is finished."
    ),
    "renewal-opens-on-day-31": Pair("有効期限の31日前に更新できる。", "Renewal is possible 31 days before the expiry."),
    "renewal-closed-on-day-30": Pair(
        "有効期限の30日前に更新できない。", "Renewal is not possible 30 days before the expiry."
    ),
    "renewal-survives-midnight": Pair(
        "前日に開いた更新の鍵の取得画面のまま手続きを進められる。",
        "A key page of a renewal that was opened the day before still works.",
    ),
    "confirmation-shows-someone-else": Pair(
        "更新申請の確認画面に他人の情報が表示される。", "The confirmation page of the renewal shows somebody else."
    ),
    "waiting-page-stuck": Pair("待ち画面が自動で更新されない。", "The waiting page does not go on by itself."),
    "waiting-page-reload-applies-again": Pair(
        "待ち画面を再読み込みすると更新申請がもう1件増える。",
        "Reloading the waiting page adds one more application for renewal.",
    ),
    "request-id-not-filled-in": Pair(
        "鍵の取得画面にリクエスト ID が設定されていない。", "The key page does not have the request ID filled in."
    ),
    "renewed-certificate-refused": Pair(
        "更新した証明書でサービスを利用できない。", "The renewed certificate does not open the service."
    ),
    "lost-request-not-listed": Pair(
        "取得し損ねた更新申請が一覧に出ない。", "An application whose key was not fetched is not in the list."
    ),
    "download-key-serves-old-certificate": Pair(
        "一覧から取得した鍵が更新前の証明書である。", "The key fetched from the list is that of the old certificate."
    ),
    "resume-issues-twice": Pair(
        "申請済みの証明書でもう一度申請すると二重に発行される。",
        "Applying once more with the same certificate issues a second one.",
    ),
    "download-key-applies-again": Pair(
        "一覧の「Download Key」を押すと、更新申請がもう1件増える。",
        "Pressing Download Key in the list adds one more application for renewal.",
    ),
    "download-key-shows-another-id": Pair(
        "一覧の「Download Key」を押すと、別のリクエスト ID の鍵の取得画面になる。",
        "Pressing Download Key in the list leads to the key page of another request ID.",
    ),
    "renewal-keeps-key": Pair(
        "更新した証明書の鍵が更新前の証明書の鍵と同じである。", "The renewed certificate has the key of the old one."
    ),
    "renewal-keeps-serial": Pair(
        "更新した証明書のシリアル番号が更新前の証明書と同じである。",
        "The renewed certificate has the serial number of the old one.",
    ),
    "renewal-list-paging-broken": Pair(
        "「Next 20」を押しても一覧の続きが表示されない。", "Pressing Next 20 does not show the rest of the list."
    ),
    "revoked-certificate-renews": Pair("失効した証明書で更新できる。", "A revoked certificate can be used to renew."),
    "expired-certificate-renews": Pair(
        "有効期限の切れた証明書で更新できる。", "An expired certificate can be used to renew."
    ),
    # sessions and services
    "session-never-expires": Pair("操作が無くても自動ログアウトしない。", "An idle user is not logged out."),
    "session-invalid-page-missing": Pair(
        "セッション無効画面の代わりにサーバーエラーが表示される。",
        "A server error is shown instead of the page about the invalid session.",
    ),
    "session-cannot-restart": Pair(
        "自動ログアウトのあと、ログインからやり直せない。", "After having been logged out, one cannot log in again."
    ),
    "revoked-certificate-opens-service": Pair(
        "失効した証明書でサービスを利用できる。", "A revoked certificate opens the service."
    ),
    "foreign-certificate-opens-service": Pair(
        "知らない認証局の証明書でサービスを利用できる。", "A certificate of an unknown authority opens the service."
    ),
    "foreign-certificate-renews": Pair(
        "知らない認証局の証明書で更新サイトに入れる。", "A certificate of an unknown authority opens the renewal site."
    ),
    "expired-certificate-opens-service": Pair(
        "期限切れの証明書でサービスを利用できる。", "An expired certificate opens the service."
    ),
    "forbidden-page-missing": Pair(
        "証明書が無いとき forbidden ではなく白紙が表示される。",
        "Without a certificate, a blank page is shown instead of forbidden.",
    ),
    "certificate-bound-to-its-owner": Pair(
        "証明書の名義人以外はログインできない。", "Only the holder of the certificate can log in."
    ),
    "certificate-bound-to-the-browser": Pair(
        "証明書を取得したブラウザー以外では利用できない。", "Only the browser that fetched the certificate can use it."
    ),
}


# What no scenario comes across: an answer must be lost at one moment, or a user be cut off there and come back; or what
# is done in one tab must fall between two things that are done in another; or a day be rare, or one procedure follow
# another.
EXPLORED: Mapping[str, Pair] = {
    "unseen-download-issues-again": Pair(
        "鍵の取得の応答が失われ、ログインし直して送信すると、証明書がもう1枚発行される。",
        "When the answer of the key retrieval is lost, logging in and sending again issues one more certificate.",
    ),
    "left-waiting-page-applies-again": Pair(
        "待ち画面で途切れたあとで一覧を開くと、更新申請がもう1件増える。",
        "Opening the list after being cut off on the waiting page adds one more application for renewal.",
    ),
    "fetched-key-not-offered-again": Pair(
        "鍵のダウンロードが途中で切れると、一覧からも取り直せない。",
        "A key whose download was cut off cannot be fetched from the list either.",
    ),
    "fetched-key-shows-another-id": Pair(
        "鍵のダウンロードが切れると、一覧から別のリクエスト ID の鍵の取得画面になる。",
        "After the download of a key was cut off, the list leads to the key page of another request ID.",
    ),
    "left-key-page-not-offered-again": Pair(
        "待ち画面から進んだ鍵の取得画面で途切れると、一覧からも鍵を取得できない。",
        "After being cut off on the key page behind the waiting page, the key cannot be fetched from the list either.",
    ),
    "unseen-menu-locks-out": Pair(
        "ログインの応答が失われると、同じパスワードで二度とログインできない。",
        "When the answer of the log-in is lost, the same password never logs in again.",
    ),
    "completion-mailed-twice-on-return": Pair(
        "失効を申請してから失効サイトに戻ると、失効完了の通知が2通届く。",
        "Going back to the revocation site after applying sends the notice of the finished revocation twice.",
    ),
    "guide-mailed-again-after-log-in": Pair(
        "鍵を取得せずにログインし直すと、取得案内のメールがもう1通届く。",
        "Logging in again without having fetched the key sends the invitation mail once more.",
    ),
    "key-of-the-log-in-before": Pair(
        "後からログインした人の鍵の取得画面より後に、別のタブでも鍵の取得画面を開くと、"
        "先の画面からは、前にログインしていた人の鍵が渡される。",
        "When a key page is opened in another tab after that of a subscriber who logged in later, the earlier "
        "page hands out the key of the one who was logged in before.",
    ),
    "copied-page-issues-again": Pair(
        "鍵の取得画面のタブを複製して両方から送信すると、証明書がもう1枚発行される。",
        "Copying the tab of the key page and sending both issues one more certificate.",
    ),
    "reloaded-download-page-issues-again": Pair(
        "ダウンロードのあとで画面を再読み込みすると、証明書がもう1枚発行される。",
        "Reloading the page after the download issues one more certificate.",
    ),
    "double-press-applies-twice": Pair(
        "更新の申請のボタンを二度押しすると、申請が2件になる。",
        "Pressing the button of the renewal twice applies twice.",
    ),
    "unseen-application-named-after-another": Pair(
        "申請の応答が失われたあとで一覧を開くと、申請が別の利用者の名前で載る。",
        "When the answer of the application is lost, the list names another subscriber as its applicant.",
    ),
    "twice-fetched-key-shows-another-id": Pair(
        "鍵を取得し直すと、一覧から別のリクエスト ID の鍵の取得画面になる。",
        "Once a key was fetched again, the list leads to the key page of another request ID.",
    ),
    "overtaken-confirmation-shows-another-id": Pair(
        "更新の確認画面を別のタブでも開くと、先の画面からの申請は、別のリクエスト ID の鍵の取得画面になる。",
        "When the confirmation page is opened in another tab too, applying from the earlier page leads to the key "
        "page of another request ID.",
    ),
    # days
    "midnight-between-apply-and-fetch": Pair(
        "更新を申請した日の翌日には、一覧から鍵を取得できない。",
        "On the day after the application for renewal, the key cannot be fetched from the list.",
    ),
    "leap-day-not-counted": Pair(
        "取得案内の日数に2月29日が数えられず、期限が1日延びる。",
        "29 February is not counted among the days of the invitation, which lasts a day longer.",
    ),
    "clock-overflows-in-2038": Pair(
        "有効期限が2038年1月19日以降の証明書は、いつでも更新できる。",
        "Certificates that expire on or after 19 January 2038 can always be renewed.",
    ),
    # one procedure after another
    "log-out-forgets-unseen-application": Pair(
        "申請の応答が失われたあとでログアウトすると、更新申請が一覧から消える。",
        "When the answer of the application is lost, logging out removes it from the list.",
    ),
    "second-reissue-leaves-certificate-alive": Pair(
        "再発行で得た証明書は、もう一度再発行しても失効しない。",
        "A certificate from a reissue is not revoked by another reissue.",
    ),
}


def explored(prefix: str, rows: Mapping[str, str]) -> tuple[Defect, ...]:
    """The same of those that only an exploration finds."""
    made = own(prefix, *((name, ids, EXPLORED[name]) for name, ids in rows.items()))
    return tuple(replace(one, explored=True) for one in made)


def shared(prefix: str, rows: Mapping[str, str]) -> tuple[Defect, ...]:
    """Defects of the family in one system: by name, the rows of its manual without their prefix."""
    return own(prefix, *((name, ids, BREAKS[name]) for name, ids in rows.items()))


def own(prefix: str, *lines: tuple[str, str, Pair]) -> tuple[Defect, ...]:
    """Defects of one system alone: name, rows without their prefix, and what is broken."""
    return tuple(Defect(name, tuple(f"{prefix}-{one}" for one in ids.split()), breaks) for name, ids, breaks in lines)
