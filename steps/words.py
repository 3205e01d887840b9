"""What the scenarios of several manuals call things, and the names those have in a dialect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from sekisho.language import say
from sekisho.portal.view import Term
from sekisho.verdict import ConfigurationProblemError

Meaning = TypeVar("Meaning")

MENU = {
    "鍵の取得": "key",
    "申請情報一覧": "requests",
    "証明書更新申請": "renewal",
    "更新後証明書の取得": "renewed",
}


@dataclass(frozen=True)
class Signs:
    """By what a screen is known: any one of its titles, or all that only it has, whatever a portal calls it."""

    titles: tuple[Term, ...]
    means: tuple[Term, ...] = ()
    or_means: tuple[Term, ...] = ()
    """The same of portals that build it in another way."""


SCREENS = {
    "ユーザ認証": Signs(
        (("screens", "login"),), (("fields", "user_id"), ("fields", "login_password"), ("buttons", "login"))
    ),
    "トップ": Signs((("screens", "top"),), (("menu", "key"),)),
    "鍵の取得": Signs((("fields", "key_password_again"),)),
    "申請情報一覧": Signs((("screens", "request_list"),), (("columns", "request_id"), ("columns", "status"))),
    "証明書更新申請": Signs(
        (("screens", "confirmation"), ("messages", "not_renewable"), ("messages", "already_applied")),
        (("values", "common_name"), ("buttons", "apply")),
    ),
    "更新後証明書の取得": Signs(
        (("screens", "renewal_list"),),
        (("columns", "request_id"), ("columns", "fetch")),
        (("columns", "request_id"), ("buttons", "download_key")),  # a column of buttons needs no heading
    ),
}
KEY_FORM = SCREENS["鍵の取得"].titles

MISTAKES = {
    "パスワードの不一致": "mismatch",
    "パスワードの未入力": "empty",
    "長すぎるパスワード": "too_long",
    "使えない文字のパスワード": "not_allowed",
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


def one_of(known: Mapping[str, Meaning], name: str, kind: str) -> Meaning:
    """What a scenario means by a name. Raises ConfigurationProblemError for one that its manual does not have."""
    if name not in known:
        raise ConfigurationProblemError(
            say(
                f"{kind}「{name}」: 使えるのは {'、'.join(known)} です。",
                f'{kind} "{name}": must be one of {", ".join(known)}.',
            )
        )
    return known[name]
