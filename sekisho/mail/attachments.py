"""The files that are attached to a message, whatever the mail program says that they are."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from itertools import chain, islice

from sekisho.mail import body, tnef
from sekisho.visible import visible

MOST = 50  # files of one message
LARGEST = 2**20  # bytes of one that is kept: those with certificates have some thousands
UUENCODED = {"x-uuencode", "uuencode", "uue", "x-uue"}


@dataclass(frozen=True)
class Attachment:
    """A file in a message: its name as a reader sees it, and its octets."""

    name: str
    size: int
    data: bytes | None = field(repr=False)
    """None of one that is larger than any that holds certificates."""
    pack: str = ""
    """The winmail.dat in which it came, which only Outlook opens."""


def attachments(message: Message) -> tuple[Attachment, ...]:
    """The files of a message that was taken apart, in their order: attached, or shown in it under a name."""
    named = ((visible(body.name(part)), part) for part in message.walk() if not part.is_multipart())
    files = (_files(name, part) for name, part in named if name or body.attached(part))
    return tuple(islice(chain.from_iterable(files), MOST))


def _files(name: str, part: Message) -> Iterator[Attachment]:
    """A file, or those that Outlook has packed into one."""
    data, kind = _octets(part), part.get_content_type()
    name = name or kind
    packed = tnef.unpacked(data) if len(data) <= LARGEST and tnef.is_one(kind, name, data) else None
    if packed is None:
        yield _attachment(name, data)
    else:
        yield from (_attachment(visible(each) or name, its, name) for each, its in packed)


def _attachment(name: str, data: bytes, pack: str = "") -> Attachment:
    return Attachment(name, len(data), data if len(data) <= LARGEST else None, pack)


def _octets(part: Message) -> bytes:
    """A file's bytes: unlike a text, it may be anything that its transfer encoding makes of it."""
    if body.transfer(part).startswith("quoted-printable"):
        return binascii.a2b_qp(body.raw_octets(part))
    if body.transfer(part) in UUENCODED:
        return bytes(part.get_payload(decode=True) or b"")
    return body.octets(part)
