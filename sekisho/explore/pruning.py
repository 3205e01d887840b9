"""Which exchanges of a procedure are left out of an exploration, and why: those in which a fault can change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sekisho.language import Pair
from sekisho.results import Exchange

PART = Pair(
    "画面の部品（画像やスタイルなど）で、届かなくても手続きは変わらない",
    "a part of a page (a picture or style, say): the procedure goes on without it",
)
AGAIN = Pair(
    "画面が同じ操作の中で自分から尋ね直したもので、1 回目と同じ",
    "asked again by the page itself in the same action, as the first time",
)
SAME = Pair("前に開いた画面と 1 バイトも違わない", "the same to the byte as a page opened before")
ELSEWHERE = Pair("ポータルのサイトへの通信ではない", "not to a site of the portal")


@dataclass(frozen=True)
class Seen:
    """What the wire saw of one exchange, beside what is written down."""

    exchange: Exchange
    part: bool
    """Whether it brought a part of a page."""
    digest: str
    """Of the answer's body; empty where there was none."""
    ours: bool
    """Whether it went to one of the portal's sites."""


def pruned(seen: Iterable[Seen]) -> list[Exchange]:
    """The exchanges in order, each that is left out with the reason."""
    asked: set[tuple[int, str, str]] = set()
    read: set[tuple[str, str]] = set()
    found = []
    for one in seen:
        reason = _reason(one, asked, read)
        exchange = one.exchange
        asked.add((exchange.press, exchange.method, exchange.address))
        if exchange.method == "GET" and one.digest:
            read.add((exchange.address, one.digest))
        found.append(exchange.model_copy(update={"left_out": reason}))
    return found


def _reason(one: Seen, asked: set[tuple[int, str, str]], read: set[tuple[str, str]]) -> str:
    exchange = one.exchange
    if not one.ours:
        return str(ELSEWHERE)
    if one.part:
        return str(PART)
    if (exchange.press, exchange.method, exchange.address) in asked:
        return str(AGAIN)
    return str(SAME) if exchange.method == "GET" and (exchange.address, one.digest) in read else ""
