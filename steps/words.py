"""What the scenarios call things, and the names those have in a dialect."""

from __future__ import annotations

from pages.screen import Sight

MENU = {
    "鍵の取得": "key",
    "申請情報一覧": "requests",
    "証明書更新申請": "renewal",
    "更新後証明書の取得": "renewed",
}

# What shows that a screen is there: any one of these.
SCREENS: dict[str, tuple[Sight, ...]] = {
    "鍵の取得": (("fields", "key_password_again"),),
    "申請情報一覧": (("screens", "request_list"),),
    "証明書更新申請": (("screens", "confirmation"), ("messages", "not_renewable"), ("messages", "already_applied")),
    "更新後証明書の取得": (("screens", "renewal_list"),),
    "セッションが無効です": (("screens", "session_invalid"),),
}

SERVICES = {
    "団信ネット": "service",
    "団信ネット（日本生命）": "nissay",
    "団信Web": "web",
}

MISTAKES = {
    "パスワードの不一致": "mismatch",
    "パスワードの未入力": "empty",
    "長すぎるパスワード": "too_long",
    "使えない文字のパスワード": "not_allowed",
}
