"""The ways in which any portal of the family can be made wrong; which rows of its manual that breaks, a system says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mock_ca.defects import Defect

BREAKS: Mapping[str, str] = {
    # invitation and log-in
    "guide-mail-from-another-sender": "取得のご案内メールの差出人が違う。",
    "guide-mail-without-request-id": "取得のご案内メールにリクエスト ID が無い。",
    "password-in-id-mail": "ユーザーIDのお知らせにパスワードも書かれている。",
    "invitation-never-expires": "期限を過ぎたご案内でも鍵を取得できる。",
    "invitation-ends-a-day-early": "ご案内の期限の日に鍵を取得できない。",
    "key-page-survives-midnight": "前日に開いた鍵の取得画面のまま手続きを進められる。",
    "wrong-password-logs-in": "誤ったパスワードでログインできる。",
    "login-failure-unexplained": "ログインできない理由が表示されない。",
    "menu-without-key-page": "メニューに「鍵の取得」が無い。",
    "any-browser-accepted": "Edge・Chrome 以外のブラウザーでも取得できる。",
    "unknown-url-shows-top": "存在しない URL でもトップページが表示される。",
    # the key page and the file
    "confirmation-mismatch-accepted": "パスワードと確認が違っていても受け付ける。",
    "empty-password-accepted": "空のパスワードを受け付ける。",
    "overlong-password-crashes": "長すぎるパスワードでサーバーエラーになる。",
    "someone-elses-request-id-served": "他人のリクエスト ID で鍵を取得できる。",
    "tabs-share-download": "別のタブで後からログインした利用者の鍵が、前の利用者のダウンロード画面から渡される。",
    "last-log-in-counts": "別のタブで後からログインした利用者の鍵が、前の利用者の鍵の取得画面から渡される。",
    "foreign-host-needed": "ダウンロード画面が公開された URL 一覧に無い接続先を必要とする。",
    "pkcs12-under-another-password": "PKCS#12 が入力したのと別のパスワードで保護されている。",
    "pkcs12-without-friendly-name": "PKCS#12 の拡張プロパティに証明書の表示名が無い。",
    "pkcs12-without-chain": "PKCS#12 に中間・ルート証明書が含まれていない。",
    "download-is-not-pkcs12": "ダウンロードしたファイルが PKCS#12 でない。",
    "second-certificate-on-double-submit": "Submit の二度押しで証明書が2枚発行される。",
    "back-button-issues-again": "戻るボタンで戻って Submit すると証明書がもう1枚発行される。",
    # the certificate
    "wrong-issuer": "証明書の発行者が違う。",
    "subject-without-user-id": "証明書の発行先がユーザーIDでない。",
    "key-1024-bit": "証明書の鍵が 1024 ビットしかない。",
    "without-client-auth-eku": "証明書の用途にクライアント認証が無い。",
    "validity-two-years": "有効期間が2年しかない。",
    "crl-forgets-revocation": "失効した証明書が CRL に載らない。",
    "ocsp-says-good": "失効した証明書に OCSP が good と答える。",
    # reissue
    "reissue-without-mail": "再発行の取得のご案内メールが届かない。",
    "reissue-keeps-old-end": "再発行した証明書の有効期限が元のままである。",
    "old-certificate-alive-after-reissue": "再発行しても古い証明書が失効しない。",
    # reminders and renewal
    "renewal-mail-without-expiry": "更新のご案内メールに現在の有効期限が無い。",
    "renewal-mail-link-dead": "更新のご案内メールのリンク先が存在しない。",
    "renewal-mail-day-30-missing": "有効期限の30日前に更新のご案内メールが届かない。",
    "renewal-mail-day-7-missing": "有効期限の7日前に更新のご案内メールが届かない。",
    "renewal-mail-on-day-29": "有効期限の29日前にも更新のご案内メールが届く。",
    "mail-after-renewal": "更新が終わったあとも更新のご案内メールが届く。",
    "renewal-opens-on-day-31": "有効期限の31日前に更新できる。",
    "renewal-closed-on-day-30": "有効期限の30日前に更新できない。",
    "renewal-survives-midnight": "前日に開いた更新の鍵の取得画面のまま手続きを進められる。",
    "confirmation-shows-someone-else": "更新申請の確認画面に他人の情報が表示される。",
    "waiting-page-stuck": "待ち画面が自動で更新されない。",
    "waiting-page-reload-applies-again": "待ち画面を再読み込みすると更新申請がもう1件増える。",
    "request-id-not-filled-in": "鍵の取得画面にリクエスト ID が設定されていない。",
    "renewed-certificate-refused": "更新した証明書でサービスを利用できない。",
    "lost-request-not-listed": "取得し損ねた更新申請が一覧に出ない。",
    "download-key-serves-old-certificate": "一覧から取得した鍵が更新前の証明書である。",
    "resume-issues-twice": "申請済みの証明書でもう一度申請すると二重に発行される。",
    "download-key-applies-again": "一覧の「Download Key」を押すと、更新申請がもう1件増える。",
    "download-key-shows-another-id": "一覧の「Download Key」を押すと、別のリクエスト ID の鍵の取得画面になる。",
    "renewal-keeps-key": "更新した証明書の鍵が更新前の証明書の鍵と同じである。",
    "renewal-keeps-serial": "更新した証明書のシリアル番号が更新前の証明書と同じである。",
    "renewal-list-paging-broken": "「Next 20」を押しても一覧の続きが表示されない。",
    "revoked-certificate-renews": "失効した証明書で更新できる。",
    "expired-certificate-renews": "有効期限の切れた証明書で更新できる。",
    # sessions and services
    "session-never-expires": "操作が無くても自動ログアウトしない。",
    "session-invalid-page-missing": "セッション無効画面の代わりにサーバーエラーが表示される。",
    "session-cannot-restart": "自動ログアウトのあと、ログインからやり直せない。",
    "revoked-certificate-opens-service": "失効した証明書でサービスを利用できる。",
    "foreign-certificate-opens-service": "知らない認証局の証明書でサービスを利用できる。",
    "foreign-certificate-renews": "知らない認証局の証明書で更新サイトに入れる。",
    "expired-certificate-opens-service": "期限切れの証明書でサービスを利用できる。",
    "forbidden-page-missing": "証明書が無いとき forbidden ではなく白紙が表示される。",
    "certificate-bound-to-its-owner": "証明書の名義人以外はログインできない。",
    "certificate-bound-to-the-browser": "証明書を取得したブラウザー以外では利用できない。",
}


# What no scenario comes across: an answer must be lost at one moment, or a user be cut off there and come back; or what
# is done in one tab must fall between two things that are done in another; or a day be rare, or one procedure follow
# another.
EXPLORED: Mapping[str, str] = {
    "unseen-download-issues-again": "鍵の取得の応答が失われ、ログインし直して送信すると、証明書がもう1枚発行される。",
    "left-waiting-page-applies-again": "待ち画面で途切れたあとで一覧を開くと、更新申請がもう1件増える。",
    "fetched-key-not-offered-again": "鍵のダウンロードが途中で切れると、一覧からも取り直せない。",
    "fetched-key-shows-another-id": "鍵のダウンロードが切れると、一覧から別のリクエスト ID の鍵の取得画面になる。",
    "left-key-page-not-offered-again": "待ち画面から進んだ鍵の取得画面で途切れると、一覧からも鍵を取得できない。",
    "unseen-menu-locks-out": "ログインの応答が失われると、同じパスワードで二度とログインできない。",
    "completion-mailed-twice-on-return": "失効を申請してから失効サイトに戻ると、失効完了の通知が2通届く。",
    "guide-mailed-again-after-log-in": "鍵を取得せずにログインし直すと、取得案内のメールがもう1通届く。",
    "key-of-the-log-in-before": "後からログインした人の鍵の取得画面より後に、別のタブでも鍵の取得画面を開くと、"
    "先の画面からは、前にログインしていた人の鍵が渡される。",
    "copied-page-issues-again": "鍵の取得画面のタブを複製して両方から送信すると、証明書がもう1枚発行される。",
    "reloaded-download-page-issues-again": "ダウンロードのあとで画面を再読み込みすると、証明書がもう1枚発行される。",
    "double-press-applies-twice": "更新の申請のボタンを二度押しすると、申請が2件になる。",
    # days
    "midnight-between-apply-and-fetch": "更新を申請した日の翌日には、一覧から鍵を取得できない。",
    "leap-day-not-counted": "取得案内の日数に2月29日が数えられず、期限が1日延びる。",
    "clock-overflows-in-2038": "有効期限が2038年1月19日以降の証明書は、いつでも更新できる。",
    # one procedure after another
    "log-out-forgets-unseen-application": "申請の応答が失われたあとでログアウトすると、更新申請が一覧から消える。",
    "second-reissue-leaves-certificate-alive": "再発行で得た証明書は、もう一度再発行しても失効しない。",
}


def explored(prefix: str, rows: Mapping[str, str]) -> tuple[Defect, ...]:
    """The same of those that only an exploration finds."""
    made = own(prefix, *((name, ids, EXPLORED[name]) for name, ids in rows.items()))
    return tuple(replace(one, explored=True) for one in made)


def shared(prefix: str, rows: Mapping[str, str]) -> tuple[Defect, ...]:
    """Defects of the family in one system: by name, the rows of its manual without their prefix."""
    return own(prefix, *((name, ids, BREAKS[name]) for name, ids in rows.items()))


def own(prefix: str, *lines: tuple[str, str, str]) -> tuple[Defect, ...]:
    """Defects of one system alone: name, rows without their prefix, and what is broken."""
    return tuple(Defect(name, tuple(f"{prefix}-{one}" for one in ids.split()), breaks) for name, ids, breaks in lines)
