"""Which exchanges of a procedure are left out of an exploration, and why: those in which a fault can change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sekisho.results import Exchange

PART = "画面の部品（画像やスタイルなど）で、届かなくても手続きは変わらない"
AGAIN = "画面が同じ操作の中で自分から尋ね直したもので、1 回目と同じ"
SAME = "前に開いた画面と 1 バイトも違わない"
ELSEWHERE = "ポータルのサイトへの通信ではない"


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
        return ELSEWHERE
    if one.part:
        return PART
    if (exchange.press, exchange.method, exchange.address) in asked:
        return AGAIN
    return SAME if exchange.method == "GET" and (exchange.address, one.digest) in read else ""
