"""What the pages of the family are captioned with where a portal has no words of its own."""

from __future__ import annotations

CAPTIONS = {
    # enrolment
    "login-page": "ユーザ認証",
    "user-id": "ユーザーID",
    "login-password": "パスワード",
    "log-in": "Login",
    "log-out": "ログアウト",
    "top-page": "トップ画面",
    "session-invalid": "セッションが無効です",
    # menus
    "menu-key": "鍵の取得",
    "menu-requests": "申請情報一覧",
    "menu-renewal": "証明書更新申請",
    "menu-renewed": "更新後証明書の取得",
    # the key page
    "key-page": "鍵の取得",
    "request-id": "リクエスト ID",
    "key-password": "パスワード",
    "key-password-again": "パスワードの確認",
    "submit-key": "Submit",
    "download": "Download",
    # what was applied for, and renewal
    "request-list": "申請情報一覧",
    "confirmation": "鍵更新申請情報の確認",
    "apply": "Submit",
    "renewal-list": "更新申請情報の一覧",
    "download-key": "Download Key",
    "next-page": "Next 20",
    "previous-page": "Previous 20",
    "column-request-id": "リクエストID",
    "column-common-name": "Common Name",
    "column-applied": "証明書更新申請日時",
    "column-limit": "有効期限",
    "column-status": "ステータス",
    "column-fetch": "取得",
    "common-name": "Common Name",
    "organizational-unit": "Organizational Unit",
    "organization": "Organization",
    "country": "Country",
    "receipt-request-id": "リクエスト ID",
    "reference-id": "リファレンス ID",
    "certificate-status": "証明書ステータス",
    # kinds of requests, and how far one has come
    "kind-issue": "新規",
    "kind-reissue": "再発行",
    "kind-renewal": "更新",
    "status-invited": "未取得",
    "status-accepted": "処理中",
    "status-issued": "発行済み",
    "status-cancelled": "取消済み",
    # services
    "service-user-id": "ユーザーID",
    "service-password": "パスワード",
    "service-log-in": "ログイン",
    # refusals of whole pages
    "forbidden": "forbidden",
    "not-found": "ページが見つかりません",
    "unsupported-browser": "対応しているブラウザーは Microsoft Edge と Google Chrome です。",
    "not-today": (
        "日付が変わったため、この画面からは続けられません。鍵の取得以降の手続きは、その日のうちに終えてください。"
    ),
}
