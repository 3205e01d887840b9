"""Buttons of a screen that nobody knows: the one that is looked for may be among them, under another name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Frame

from pages import eye
from pages.dialect import Dialect, plain

PRESSED = {"buttons", "menu"}
"""The sections of a dialect for what is pressed."""
# What leads nowhere in a procedure, and what has no word in it.
ON_ANY_PAGE = re.compile(
    r"ヘルプ|ガイド|マニュアル|手引|問い?合わ?せ|質問|FAQ|ログ(アウト|オフ)|閉じ|戻る|前へ|印刷|先頭|トップ|ホーム|サイト|個人情報"
    r"|プライバシー|規約|利用環境|著作権|会社|English|文字|^[\W\d]*$",
    re.IGNORECASE,
)


def unknown_buttons(frames: Sequence[Frame], dialect: Dialect) -> list[str]:
    """What can be pressed and has no name in the dialect, but for what any page has."""
    named = (dialect.sections.get(section, {}) for section in PRESSED)
    known = {plain(word) for names in named for words in names.values() for word in words}
    there = dict.fromkeys(one for frame in frames for one in _buttons(frame))
    return [one for one in there if plain(one) not in known and not ON_ANY_PAGE.search(one)]


def _buttons(frame: Frame) -> list[str]:
    try:
        return list(eye.ask(frame, "buttons", timeout=eye.AT_ONCE))
    except BrowserError:  # a frame may just be leaving
        return []
