"""The text of a message: of its parts those that are read, in whichever form says more."""

from __future__ import annotations

import base64
import binascii
import copy
import re
from collections.abc import Iterator
from email.message import Message

from sekisho.language import say
from sekisho.mail import html
from sekisho.mail.charsets import decoded
from sekisho.mail.headers import fields, spelt_out

LONGEST = 300_000  # bytes of a part's text that are read: a portal's notices are a few thousand
MOST_PARTS = 100
URL = re.compile(r"https?://[^\s<>\"]+")
LINE = re.compile(rb"[A-Za-z0-9+/=]+[ \t]*")
ESCAPED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|\s*\n)")


def charset(message: Message) -> str:
    """The charset of the first text in a message: what its header fields are in, too, where they do not say."""
    return next((name for name in map(_charset, message.walk()) if name), "")


def text(message: Message) -> str:
    """What a message says, a forwarded one below it, and the names of what is attached to it."""
    found = list(_texts(message))[:MOST_PARTS]
    return "\n".join(one.strip("\n") for one in found if one.strip())


def _texts(message: Message) -> Iterator[str]:
    kind, parts = message.get_content_type(), _parts(message)
    if kind == "multipart/alternative" and parts:
        yield _of_alternatives([(one.get_content_type(), "\n".join(_texts(one))) for one in parts])
    elif parts:
        for one in parts:
            yield from _texts(one)
    elif attached(message):
        yield say(f"［添付ファイル: {name(message) or kind}］", f"[attachment: {name(message) or kind}]")
    elif kind == "text/html":
        yield html.to_text(_html(message))
    else:
        yield _plain(message)


def _parts(message: Message) -> list[Message]:
    parts = message.get_payload() if message.is_multipart() else []
    return [one for one in parts if isinstance(one, Message)] if isinstance(parts, list) else []


def _of_alternatives(forms: list[tuple[str, str]]) -> str:
    """The plain form, unless another says more; both where each says what the other does not.

    Which of them a reader's program shows is up to it: what stands in either counts as said.
    """
    plain = "\n".join(said for kind, said in forms if kind == "text/plain")
    other = "\n".join(said for kind, said in forms if kind != "text/plain")
    if _said_in(other, plain):
        return plain
    return other if _said_in(plain, other) else f"{plain}\n\n{other}"


def _said_in(text: str, whole: str) -> bool:
    """Whether every line of a text, and every address in it, stands in another one, spaces aside."""
    there = "".join(whole.split())
    lines = (part for line in text.splitlines() for part in re.split(r"[<>\t]", line))
    return all("".join(line.split()) in there for line in lines)


def attached(part: Message) -> bool:
    """Whether a part is a file to be kept, and no text to be read."""
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return part.get_content_maintype() != "text" or disposition.startswith("attachment")


def name(part: Message) -> str:
    """A file's name, as RFC 2231 writes it, else in encoded words or raw bytes, as everybody does."""
    for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        if header in part:
            part.replace_header(header, fields(part, header)[0])
        found = _parameter(part, parameter, header)
        if isinstance(found, tuple):
            return decoded(found[2].encode("latin-1", "replace"), found[0] or "")
        if found:
            return spelt_out(str(found))
    return ""


def _parameter(part: Message, wanted: str, header: str) -> str | tuple[str | None, str | None, str]:
    """A parameter; of two, the one with a charset of its own, beside which the other is for old programs."""
    found = [value for name, value in part.get_params([], header) if name.lower() == wanted]
    return next((one for one in found if isinstance(one, tuple)), next(iter(found), ""))


def _charset(part: Message) -> str:
    found = part.get_param("charset", "") if part.get_content_maintype() == "text" else ""
    return str(found[2] if isinstance(found, tuple) else found)


def _plain(part: Message) -> str:
    said = decoded(_bytes(part), _charset(part)).replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        return _flowed(said, joined="" if str(part.get_param("delsp", "")).lower() == "yes" else " ")
    return said


def _html(part: Message) -> str:
    raw = _bytes(part)
    return decoded(raw, _charset(part) or html.charset(raw))


def _flowed(text: str, joined: str) -> str:
    """Lines that end with a space go on in the next one quoted as often (RFC 3676); a signature's dashes do not."""
    said, going_on = "", None
    for line in text.split("\n"):
        marks, words = _quoted(line)
        if going_on != marks:
            said += ("" if going_on is None else "\n") + (f"{marks} " if marks else "")
        goes_on = words.endswith(" ") and words != "-- "
        said += words[:-1] + joined if goes_on else f"{words}\n"
        going_on = marks if goes_on else None
    return said


def _quoted(line: str) -> tuple[str, str]:
    """The marks with which a line is quoted, and its words without the space that keeps the two apart."""
    words = line.lstrip(">")
    return line[: len(line) - len(words)], words.removeprefix(" ")


def transfer(part: Message) -> str:
    """The name of a part's transfer encoding."""
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def raw_octets(part: Message) -> bytes:
    """A part's bytes as they came, its transfer encoding still on."""
    bare = copy.copy(part)
    del bare["Content-Transfer-Encoding"]  # or Python undoes it, and whatever the charset is
    return bytes(bare.get_payload(decode=True) or b"")


def octets(part: Message) -> bytes:
    """A part's own bytes, its transfer encoding undone where it is what it says."""
    encoding, raw = transfer(part), raw_octets(part)
    if encoding.startswith("base64"):
        raw = _from_base64(raw)
    elif encoding.startswith("quoted-printable"):
        raw = _from_quoted_printable(raw)
    return raw


def _bytes(part: Message) -> bytes:
    """As much of a text as is read."""
    return octets(part)[:LONGEST]


def _from_base64(raw: bytes) -> bytes:
    """Lines of base64, and behind them as they stand those that are none: footers that servers on the way add."""
    lines = raw.split(b"\n")
    count = next((place for place, line in enumerate(lines) if not LINE.fullmatch(line.strip() or b"=")), len(lines))
    code = re.sub(rb"[^A-Za-z0-9+/]", b"", b"".join(lines[:count]))
    code = code[:-1] if len(code) % 4 == 1 else code
    return base64.b64decode(code + b"=" * (-len(code) % 4)) + b"\n".join(lines[count:])


def _from_quoted_printable(raw: bytes) -> bytes:
    """The text, or the bytes as they stand where undoing what they were never given makes control characters."""
    plain = binascii.a2b_qp(raw)
    return raw if CONTROL.search(plain) and not CONTROL.search(raw) else plain


CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x10-\x1a\x1c-\x1f\x7f]")
