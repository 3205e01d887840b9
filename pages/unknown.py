"""Buttons and fields of a screen that nobody knows: what is looked for may be among them, under another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame

from pages import eye
from pages.dialect import Dialect, plain
from sekisho.language import Pair
from sekisho.visible import shortened

PRESSED, FILLED = {"buttons", "menu"}, {"fields"}
"""The sections of a dialect for what is pressed, and for what is filled in."""
# What leads nowhere in a procedure, and what has no word in it.
ON_ANY_PAGE = re.compile(
    r"ヘルプ|ガイド|マニュアル|手引|問い?合わ?せ|質問|FAQ|ログ(アウト|オフ)|閉じ|戻る|前へ|印刷|先頭|トップ|ホーム|サイト|個人情報"
    r"|プライバシー|規約|利用環境|著作権|会社|English|文字|お知らせ|メニュー|Copyright|パスワード変更|検索|クリア|リセット"
    r"|ページの?(上|先頭)|様\s*$|@|Adobe|Reader|プラグイン|再試行|^[\W\d]*$",
    re.IGNORECASE,
)
LONGEST = 40  # characters that are told of one
NAMELESS = Pair("名前の無い欄", "a field without a name")
NOT_ASKED_FOR = re.compile(r"検索|サーチ|search", re.IGNORECASE)  # of the site, on any page


def unknown_things(frames: Sequence[Frame], dialect: Dialect, sections: AbstractSet[str]) -> list[str]:
    """What looks like a thing of these sections and has no name in the dialect; nothing where they are of two kinds."""
    if sections <= PRESSED:
        return unknown_buttons(frames, dialect)
    return unknown_fields(frames, dialect) if sections <= FILLED else []


def unknown_buttons(frames: Sequence[Frame], dialect: Dialect) -> list[str]:
    """What can be pressed and has no name in the dialect, but for what any page has."""
    known = set(map(plain, _words(dialect, PRESSED)))
    there = dict.fromkeys(one for frame in frames for one in _asked(frame, "buttons"))
    return [shortened(one, LONGEST) for one in there if plain(one) not in known and not ON_ANY_PAGE.search(one)]


def unknown_fields(frames: Sequence[Frame], dialect: Dialect) -> list[str]:
    """What stands beside the fields that have no name in the dialect, but for what any page has."""
    known = list(_words(dialect, FILLED))
    there = dict.fromkeys(one for frame in frames for one in _asked(frame, "fields", known))
    return [shortened(one, LONGEST) or str(NAMELESS) for one in there if not NOT_ASKED_FOR.search(one)]


def _words(dialect: Dialect, sections: AbstractSet[str]) -> Iterator[str]:
    named = (dialect.sections.get(section, {}) for section in sections)
    return (word for names in named for words in names.values() for word in words)


def _asked(frame: Frame, question: str, given: object = None) -> list[str]:
    try:
        return list(eye.ask(frame, question, given, timeout=eye.AT_ONCE))
    except BrowserError:  # a frame may just be leaving
        return []
