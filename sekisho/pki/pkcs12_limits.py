"""What a PKCS#12 file may ask of whoever opens it, judged from its outside: nothing is decrypted, no key derived."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from sekisho.language import say
from sekisho.pki import ber
from sekisho.pki.ber import Element, Steps

MOST_BYTES = 2**20  # an honest file with its whole chain has less than 20 kB
MOST_ROUNDS = 5_000_000  # of all keys together; programs use 1 to 600,000 for each of two or three
LONGEST_NUMBER = 10**20  # that is written out

OCTETS_IN_PIECES = ber.OCTETS | ber.CONSTRUCTED


class LimitError(Exception):
    """The file asks for too much, or cannot be taken apart; the text is a Japanese sentence."""


class BrokenError(LimitError):
    """The file contradicts itself."""


def check(data: bytes) -> None:
    """Raise LimitError for a file that no honest portal serves."""
    if len(data) > MOST_BYTES:
        raise LimitError(
            say(
                f"PKCS#12ファイルが大きすぎます（{len(data)}バイト、上限は{MOST_BYTES}バイト）。",
                f"The PKCS#12 file is too large ({len(data)} bytes; {MOST_BYTES} at most).",
            )
        )
    try:
        rounds = sum(_rounds(data, Steps()))
    except ber.TooDeepError:
        raise LimitError(
            say(
                f"PKCS#12ファイルの入れ子が深すぎます（上限は{ber.DEEPEST}段）。",
                f"The PKCS#12 file is nested too deeply ({ber.DEEPEST} levels at most).",
            )
        ) from None
    except ber.TooManyError:
        raise LimitError(
            say(
                f"PKCS#12ファイルの要素が多すぎます（上限は{ber.MOST_STEPS}個）。",
                f"The PKCS#12 file has too many elements ({ber.MOST_STEPS} at most).",
            )
        ) from None
    except ber.BrokenError as problem:
        raise BrokenError(
            say(
                "PKCS#12ファイルの構造を読めません（要素が途中で切れているか、壊れています）。",
                "The structure of the PKCS#12 file cannot be read (an element is cut short or damaged).",
            )
        ) from problem
    if rounds > MOST_ROUNDS:
        times = (
            say(f"{rounds}回", f"{rounds} times")
            if rounds < LONGEST_NUMBER
            else say("20桁を超える回数", "a number of times with more than 20 digits")
        )
        raise LimitError(
            say(
                f"PKCS#12ファイルを開くのに、鍵を求める計算を{times}もくり返すことになります（上限は{MOST_ROUNDS}回）。",
                f"To open the PKCS#12 file the derivation of its key would be repeated {times} (at most: "
                f"{MOST_ROUNDS} times).",
            )
        )


def _rounds(data: bytes, steps: Steps) -> Iterator[int]:
    """Every iteration count: in all schemes the INTEGER that follows the salt, an OCTET STRING."""
    todo = [(ber.first(data, steps).whole, 0, True)]  # every program passes over what stands behind the file itself
    while todo:
        inside, depth, certain = todo.pop()
        if depth > ber.DEEPEST:
            raise ber.TooDeepError
        found = list(ber.elements(inside, steps) if certain else _as_far_as_they_go(inside, steps))
        for before, after in pairwise(found):
            if before.tag in {ber.OCTETS, OCTETS_IN_PIECES} and after.tag == ber.INTEGER:
                yield int.from_bytes(after.content, "big")
        todo += [
            (inner, depth + 1, certain and one.tag not in {ber.OCTETS, OCTETS_IN_PIECES})
            for one in found
            if (inner := _inside(one, steps)) is not None
        ]


def _as_far_as_they_go(data: memoryview, steps: Steps) -> Iterator[Element]:
    """Elements of what may be none: of 65,000 salts, digests and key identifiers one begins as a sequence does."""
    with suppress(ber.BrokenError):
        yield from ber.elements(data, steps)


def _inside(element: Element, steps: Steps) -> memoryview | None:
    """What there is to take apart in an element: its parts, or an OCTET STRING that holds a sequence of its own."""
    if element.constructed and element.tag != OCTETS_IN_PIECES:
        return element.content
    if element.tag not in {ber.OCTETS, OCTETS_IN_PIECES}:
        return None
    try:
        held = ber.octets(element, steps)
        is_one = held[:1] == bytes([ber.SEQUENCE]) and len(ber.first(held, steps).whole) == len(held)
    except ber.BrokenError:
        return None
    return held if is_one else None
