"""Bytes with a few things changed: at any place, or an element of BER with all lengths around it still right."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from sekisho.pki.ber import CONSTRUCTED, Steps, der, elements

TAGS = [
    0x01,
    0x02,
    0x03,
    0x04,
    0x05,
    0x06,
    0x0C,
    0x13,
    0x14,
    0x16,
    0x17,
    0x18,
    0x1C,
    0x1E,
    0x30,
    0x31,
    0xA0,
    0xA3,
    0x80,
]

LONG = 0x100


@st.composite
def mutants(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds, changed in one place or two."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 2))):
        how = draw(st.sampled_from([_octets, _element, _element, _element]))
        data = how(draw, data)
    return data


def _octets(draw: st.DrawFn, data: bytes) -> bytes:
    """Some octets replaced by others: mostly as many."""
    start, new = draw(st.integers(0, len(data))), draw(st.binary(min_size=1, max_size=3))
    end = start + (len(new) if draw(st.integers(0, 4)) else draw(st.integers(0, 3)))
    return data[:start] + new + data[end:]


def _element(draw: st.DrawFn, data: bytes) -> bytes:
    """An element with another tag or content, or none, or twice."""
    try:
        count = _count(data)
        return _changed(draw, data, [draw(st.integers(0, max(0, count - 1)))])
    except ValueError:
        return _octets(draw, data)


def _count(data: bytes) -> int:
    found = list(elements(data, Steps()))
    return len(found) + sum(_count(bytes(one.content)) for one in found if one.tag & CONSTRUCTED and one.tag < LONG)


def _changed(draw: st.DrawFn, data: bytes, countdown: list[int]) -> bytes:
    """Rebuild, changing the element at which the countdown ends."""
    parts = []
    for one in elements(data, Steps()):
        content = bytes(one.content)
        mine, countdown[0] = countdown[0] == 0, countdown[0] - 1
        if mine:
            parts.append(_other(draw, one.tag, content, bytes(one.whole)))
        elif one.tag & CONSTRUCTED and one.tag < LONG and countdown[0] >= 0:
            parts.append(der(one.tag, _changed(draw, content, countdown)))
        else:
            parts.append(bytes(one.whole))
    return b"".join(parts)


def _other(draw: st.DrawFn, tag: int, content: bytes, whole: bytes) -> bytes:
    kind = draw(st.sampled_from(["tag", "content", "cut", "none", "twice", "empty"]))
    if kind == "tag":
        return der(draw(st.sampled_from(TAGS)), content)
    if kind == "content":
        return der(tag & 0xFF, draw(st.binary(max_size=12)))
    if kind == "cut":
        return der(tag & 0xFF, content[: draw(st.integers(0, len(content)))])
    return {"none": b"", "twice": whole * 2, "empty": der(tag & 0xFF)}[kind]
