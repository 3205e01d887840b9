"""What the scenarios call things, and the names those have in a dialect."""

from __future__ import annotations

from sekisho.portal.view import Term

MENU = {
    "鍵の取得": "key",
    "申請情報一覧": "requests",
    "証明書更新申請": "renewal",
    "更新後証明書の取得": "renewed",
}

# What shows that a screen is there: any one of these.
SCREENS: dict[str, tuple[Term, ...]] = {
    "ユーザ認証": (("screens", "login"),),
    "トップ": (("screens", "top"),),
    "鍵の取得": (("fields", "key_password_again"),),
    "申請情報一覧": (("screens", "request_list"),),
    "証明書更新申請": (("screens", "confirmation"), ("messages", "not_renewable"), ("messages", "already_applied")),
    "更新後証明書の取得": (("screens", "renewal_list"),),
    "セッションが無効です": (("screens", "session_invalid"),),
    "証明書取得認証": (("screens", "acquire"),),
    "トップページ": (("screens", "home"),),
}

# What only that screen has, whatever a portal calls it: all of these.
MEANINGS: dict[str, tuple[Term, ...]] = {
    "ユーザ認証": (("fields", "user_id"), ("fields", "login_password"), ("buttons", "login")),
    "トップ": (("menu", "key"),),
    "申請情報一覧": (("columns", "request_id"), ("columns", "status")),
    "証明書更新申請": (("values", "common_name"), ("buttons", "apply")),
    "更新後証明書の取得": (("columns", "request_id"), ("columns", "fetch")),
    "証明書取得認証": (("buttons", "download_program"),),
    "トップページ": (("menu", "admin"),),
}

MISTAKES = {
    "パスワードの不一致": "mismatch",
    "パスワードの未入力": "empty",
    "長すぎるパスワード": "too_long",
    "使えない文字のパスワード": "not_allowed",
    "半角数字4桁でない": "not_four_digits",
}

# What can be wrong with a file that is sent.
FILE_MISTAKES = {
    "選ばれていない": "file_none",
    "種類が違う": "file_type",
    "空である": "file_empty",
    "大きすぎる": "file_too_large",
    "列が違う": "file_columns",
    "CSRではない": "file_no_request",
}

# What may stand in a cell of a table in a scenario instead of the words themselves.
SHAPES = {
    "15桁の数字": r"\d{15}",
    "英数字": r"[0-9A-Za-z]{8,}",
}
# How portals may write the same: a WARNING, as the manual only shows an example.
LOOSE = {"15桁の数字": r"[0-9A-Za-z-]*\d[0-9A-Za-z-]*", "英数字": r"\w[\w-]{3,}"}
MOMENT = "日時"  # a cell with a date and a time of day, however they are written
