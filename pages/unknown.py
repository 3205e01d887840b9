"""Buttons, boxes and fields of a screen that nobody knows: what is looked for may be among them, under another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame

from pages import eye
from pages.dialect import Dialect, plain
from sekisho.language import Pair
from sekisho.portal.view import Term
from sekisho.visible import shortened

# The sections of a dialect for what is pressed, for what is ticked, and for what is filled in.
PRESSED, TICKED, FILLED = {"buttons", "menu"}, {"boxes"}, {"fields"}
SECRET = re.compile("パスワード|暗証|PIN|password", re.IGNORECASE)
# What leads nowhere in a procedure, and what has no word in it.
ON_ANY_PAGE = re.compile(
    r"ヘルプ|ガイド|マニュアル|手引|問い?合わ?せ|質問|FAQ|ログ(アウト|オフ)|閉じ|戻る|前へ|印刷|先頭|トップ|ホーム|サイト|個人情報"
    r"|プライバシー|規約|利用環境|著作権|会社|English|文字|お知らせ|メニュー|Copyright|パスワード変更|検索|クリア|リセット"
    r"|ページの?(上|先頭)|様\s*$|@|Adobe|Reader|プラグイン|再試行|^[\W\d]*$",
    re.IGNORECASE,
)
LONGEST = 40  # characters that are told of one
NAMELESS = Pair("名前の無い欄", "a field without a name")
NOT_ASKED_FOR = re.compile(r"検索|サーチ|search|キーワード", re.IGNORECASE)  # of the site, on any page


def unknown_things(frames: Sequence[Frame], dialect: Dialect, terms: Sequence[Term]) -> list[str]:
    """What looks like one of some things and has no name in the dialect; nothing where they are of two kinds."""
    sections = {section for section, _ in terms}
    if sections <= PRESSED:
        known = set(map(plain, _words(dialect, PRESSED)))
        return [one for one in things(frames, "buttons") if plain(one) not in known]
    if sections <= TICKED:
        return things(frames, "boxes", list(_words(dialect, TICKED)))
    if not sections <= FILLED:
        return []
    secret = any(SECRET.search(word) for term in terms for word in dialect.all_words(*term))
    return things(frames, "fields", {"known": list(_words(dialect, FILLED)), "secret": secret})


def labels(frames: Sequence[Frame]) -> list[str]:
    """What buttons and links say, those of any page too."""
    return [one for frame in frames for one in _asked(frame, "buttons")]


def things(frames: Sequence[Frame], question: str, given: object = None) -> list[str]:
    """What is there of a kind, but for what any page has."""
    there = dict.fromkeys(one for frame in frames for one in _asked(frame, question, given))
    known = ON_ANY_PAGE if question == "buttons" else NOT_ASKED_FOR
    return [shortened(one, LONGEST) or str(NAMELESS) for one in there if not known.search(one)]


def _words(dialect: Dialect, sections: AbstractSet[str]) -> Iterator[str]:
    named = (dialect.sections.get(section, {}) for section in sections)
    return (word for names in named for words in names.values() for word in words)


def _asked(frame: Frame, question: str, given: object = None) -> list[str]:
    try:
        return list(eye.ask(frame, question, given, timeout=eye.AT_ONCE))
    except BrowserError:  # a frame may just be leaving
        return []
