"""BER and DER taken apart one level at a time, and every step counted: a stranger's bytes cannot ask for more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DEEPEST = 40
MOST_STEPS = 20_000
LONGEST_TAG = 5  # octets

BOOLEAN, INTEGER, BITS, OCTETS, OID, SEQUENCE, SET = 0x01, 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
CONSTRUCTED, LONG_TAG, LONG_LENGTH = 0x20, 0x1F, 0x80
END_MARK = bytes(2)


class BrokenError(ValueError):
    """The bytes are no BER."""


class TooDeepError(ValueError):
    """Elements in elements without a bottom."""


class TooManyError(ValueError):
    """More elements than an honest file has."""


class Steps:
    """How many more elements may be looked at, counting each as often as it is passed."""

    def __init__(self, most: int = MOST_STEPS) -> None:
        """Allow so many."""
        self._left = most

    def take(self) -> None:
        """One more. Raises TooManyError."""
        self._left -= 1
        if self._left < 0:
            raise TooManyError


@dataclass(frozen=True)
class Element:
    """One element."""

    tag: int
    """Its identifier octets as a number: 0x30 for a SEQUENCE."""
    content: memoryview
    """What it holds; of an element without a length, its end mark is left out."""
    whole: memoryview

    @property
    def constructed(self) -> bool:
        """Whether it holds elements."""
        return bool(self.whole[0] & CONSTRUCTED)


def elements(data: memoryview | bytes, steps: Steps) -> Iterator[Element]:
    """The elements that stand one after the other. Raises BrokenError, TooDeepError or TooManyError."""
    rest = memoryview(data)
    while rest:
        element = first(rest, steps)
        yield element
        rest = rest[len(element.whole) :]


def first(data: memoryview | bytes, steps: Steps) -> Element:
    """The element at the beginning. Raises as `elements`."""
    data = memoryview(data)
    steps.take()
    tag, start, length = _header(data)
    if length is None:
        end = _end(data, start, steps)
        return Element(tag, data[start:end], data[: end + len(END_MARK)])
    if start + length > len(data):
        raise BrokenError("an element is longer than what holds it")
    return Element(tag, data[start : start + length], data[: start + length])


def _header(data: memoryview) -> tuple[int, int, int | None]:
    """Tag, where the content begins, and its length (None: until its end mark)."""
    try:
        position = 1
        if data[0] & LONG_TAG == LONG_TAG:
            while data[position] & 0x80 and position < LONGEST_TAG:
                position += 1
            position += 1
        tag, length, start = int.from_bytes(data[:position], "big"), data[position], position + 1
    except IndexError:
        raise BrokenError("an element has no length") from None
    if length < LONG_LENGTH:
        return tag, start, length
    if length == LONG_LENGTH:
        return tag, start, None
    octets = data[start : start + (length & 0x7F)]
    return tag, start + len(octets), int.from_bytes(octets, "big")


def _end(data: memoryview, start: int, steps: Steps) -> int:
    """Where the content of an element without a length ends (BER), as some Windows exports have them."""
    depth, position = 1, start
    while True:
        if data[position : position + 2] == END_MARK:
            depth -= 1
            if not depth:
                return position
            position += 2
            continue
        steps.take()
        _, begins, length = _header(data[position:])
        position += begins + (length or 0)
        depth += length is None
        if depth > DEEPEST:
            raise TooDeepError


def octets(element: Element, steps: Steps) -> memoryview:
    """The content of an OCTET STRING, also of one that comes in pieces (BER)."""
    if not element.constructed:
        return element.content
    return memoryview(b"".join(piece.content for piece in elements(element.content, steps)))


def integer(element: Element) -> int:
    """The value of an INTEGER."""
    return int.from_bytes(element.content, "big", signed=True)


def oid(content: memoryview | bytes) -> str:
    """An object identifier in dots. Raises BrokenError."""
    numbers, number = [0], 0
    for octet in content:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    if not content or content[-1] & 0x80:
        raise BrokenError("an object identifier does not end")
    top = min(numbers[1] // 40, 2)
    return ".".join(map(str, [top, numbers[1] - 40 * top, *numbers[2:]]))


def der(tag: int, *parts: bytes) -> bytes:
    """An element in DER."""
    content = b"".join(parts)
    size = len(content)
    if size < LONG_LENGTH:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, LONG_LENGTH | len(length)]) + length + content
