"""What a PKCS#12 file may ask of whoever opens it, judged from its outside: nothing is decrypted, no key derived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

MOST_BYTES = 2**20  # an honest file with its whole chain has less than 20 kB
DEEPEST = 40
MOST_ELEMENTS = 20_000
MOST_ROUNDS = 5_000_000  # of all keys together; programs use 1 to 600,000 for each of two or three

SEQUENCE, OCTETS, OCTETS_IN_PIECES, INTEGER = 0x30, 0x04, 0x24, 0x02
CONSTRUCTED, LONG_TAG, INDEFINITE = 0x20, 0x1F, 0x80
END_MARK, WITHOUT_LENGTH = bytes(2), bytes([INDEFINITE])


class LimitError(Exception):
    """The file asks for too much, or cannot be taken apart; the text is a Japanese sentence."""


class BrokenError(LimitError):
    """The file contradicts itself."""


@dataclass(frozen=True)
class Element:
    """One element of DER or BER."""

    tag: int
    content: memoryview
    """What it holds; of an element without a length, its end mark is left out."""


def check(data: bytes) -> None:
    """Raise LimitError for a file that no honest portal serves."""
    if len(data) > MOST_BYTES:
        raise LimitError(f"PKCS#12ファイルが大きすぎます（{len(data)}バイト、上限は{MOST_BYTES}バイト）。")
    rounds = sum(_rounds(data))
    if rounds > MOST_ROUNDS:
        raise LimitError(
            f"PKCS#12ファイルを開くのに、鍵を求める計算を{rounds}回もくり返すことになります（上限は{MOST_ROUNDS}回）。"
        )


def _rounds(data: bytes) -> Iterator[int]:
    """Every iteration count: in all schemes the INTEGER that follows the salt, an OCTET STRING."""
    seen, todo = 0, [(memoryview(data), 0)]
    while todo:
        inside, depth = todo.pop()
        if depth > DEEPEST:
            raise LimitError(f"PKCS#12ファイルの入れ子が深すぎます（上限は{DEEPEST}段）。")
        elements = list(islice(_elements(inside), MOST_ELEMENTS + 1))
        seen += len(elements)
        if seen > MOST_ELEMENTS:
            raise LimitError(f"PKCS#12ファイルの要素が多すぎます（上限は{MOST_ELEMENTS}個）。")
        for before, after in pairwise(elements):
            if before.tag in {OCTETS, OCTETS_IN_PIECES} and after.tag == INTEGER:
                yield int.from_bytes(after.content, "big")
        todo += [(inner, depth + 1) for one in elements if (inner := _inside(one)) is not None]


def _inside(element: Element) -> memoryview | None:
    """What there is to take apart in an element: its parts, or an OCTET STRING that holds a sequence of its own."""
    if element.tag == OCTETS_IN_PIECES:
        whole = memoryview(b"".join(piece.content for piece in islice(_elements(element.content), MOST_ELEMENTS)))
        return whole if _is_one_sequence(whole) else None
    if element.tag & CONSTRUCTED:
        return element.content
    return element.content if element.tag == OCTETS and _is_one_sequence(element.content) else None


def _is_one_sequence(data: memoryview) -> bool:
    if not data or data[0] != SEQUENCE:
        return False
    try:
        _, rest = _first(data)
    except BrokenError:
        return False
    return not rest


def _elements(data: memoryview) -> Iterator[Element]:
    while data:
        element, data = _first(data)
        yield element


def _first(data: memoryview) -> tuple[Element, memoryview]:
    """The first element, and what comes after it."""
    if len(data) < 2 or data[0] & LONG_TAG == LONG_TAG:  # noqa: PLR2004 - a tag and a length
        raise BrokenError("PKCS#12ファイルの構造を読めません。")
    if data[1] == INDEFINITE:
        return _without_length(data)
    start, length = 2, data[1]
    if length > INDEFINITE:
        start += length & 0x7F
        length = int.from_bytes(data[2:start], "big")
    if start + length > len(data):
        raise BrokenError("PKCS#12ファイルの構造を読めません（要素が途中で切れています）。")
    return Element(data[0], data[start : start + length]), data[start + length :]


def _without_length(data: memoryview) -> tuple[Element, memoryview]:
    """An element that ends at its end mark (BER), as some Windows exports have them."""
    depth, rest = 1, data[2:]
    while depth:
        if bytes(rest[:2]) == END_MARK:
            depth, rest = depth - 1, rest[2:]
        elif bytes(rest[1:2]) == WITHOUT_LENGTH:
            depth, rest = depth + 1, rest[2:]
            if depth > DEEPEST:
                raise LimitError(f"PKCS#12ファイルの入れ子が深すぎます（上限は{DEEPEST}段）。")
        else:
            _, rest = _first(rest)
    return Element(data[0], data[2 : len(data) - len(rest) - 2]), rest
