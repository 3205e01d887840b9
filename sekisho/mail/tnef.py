"""What Outlook packs into a winmail.dat (TNEF, MS-OXTNEF), where it writes in rich text: others show this one file.

A reader of our own: tnefparse 1.4 does not come to an end of some damaged packs. This one takes as long as a pack is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from struct import Struct

KINDS = {"application/ms-tnef", "application/vnd.ms-tnef"}
NAME = "winmail.dat"
BEGINNING = Struct("<IH").pack(0x223E9F78, 0)[:4]
KEY_ENDS = 6  # bytes of the beginning and of a number that nobody needs
HEAD, SUM = Struct("<BII"), 2  # level, attribute and length; and the checksum behind the content
NEW_FILE, TITLE, DATA, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
# PidTagAttachLongFilename among the properties: its tag (the type first), that it is one, its length, its text.
LONG_NAME = re.compile(rb"([\x1e\x1f])\x00\x07\x37\x01\x00\x00\x00(..)\x00\x00", re.DOTALL)
# PidTagAttachDataBinary, and PidTagAttachDataObject: another message, or what Office has embedded.
BINARY = re.compile(rb"\x02\x01\x01\x37\x01\x00\x00\x00(....)", re.DOTALL)
OBJECT = re.compile(rb"\x0d\x00\x01\x37\x01\x00\x00\x00")
CHARSETS = ("utf-8", "cp932")


def is_one(kind: str, name: str, data: bytes) -> bool:
    """Whether a file in a mail is such a pack, by its type or its name, and by how it begins."""
    return (kind in KINDS or name.lower() == NAME) and data.startswith(BEGINNING)


def unpacked(data: bytes) -> list[tuple[str, bytes]] | None:
    """The files in a pack, with their names; None where it cannot be read to its end, or holds another message."""
    found: list[dict[int, bytes]] = []
    try:
        for attribute, content in _attributes(data):
            if attribute == NEW_FILE:
                found.append({})
            elif found:
                found[-1][attribute] = content
        return [(_name(one), _data(one)) for one in found]
    except EOFError:
        return None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute with its content. Raises EOFError for one that is cut off."""
    place = KEY_ENDS
    while place < len(data):
        if place + HEAD.size > len(data):
            raise EOFError
        _, attribute, length = HEAD.unpack_from(data, place)
        place += HEAD.size
        if place + length + SUM > len(data):
            raise EOFError
        yield attribute, data[place : place + length]
        place += length + SUM


def _data(one: dict[int, bytes]) -> bytes:
    """Raises EOFError where there is none, or it is no file."""
    properties = one.get(PROPERTIES, b"")
    if OBJECT.search(properties):
        raise EOFError
    if DATA in one:
        return one[DATA]
    if there := BINARY.search(properties):
        return properties[there.end() : there.end() + int.from_bytes(there[1], "little")]
    raise EOFError


def _name(one: dict[int, bytes]) -> str:
    """The long name, else the short one, which is in the code page of the sender's Windows."""
    properties = one.get(PROPERTIES, b"")
    if long := LONG_NAME.search(properties):
        text = properties[long.end() : long.end() + int.from_bytes(long[2], "little")]
        return text.decode("utf-16-le", "replace").rstrip("\0") if long[1] == b"\x1f" else _text(text)
    return _text(one.get(TITLE, b""))


def _text(name: bytes) -> str:
    for charset in CHARSETS:
        try:
            return name.decode(charset).rstrip("\0")
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1").rstrip("\0")
