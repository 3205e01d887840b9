"""One message of a mailbox (RFC 5322): what it says, to whom it is, and what of it could not be read.

A stranger wrote it: nothing in it makes reading fail, take long, or show a terminal or a browser what it must not.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from email import policy
from email.message import Message as Parsed
from email.parser import BytesHeaderParser, BytesParser

from sekisho.language import Pair, say
from sekisho.mail import body, forwarded, headers, signed
from sekisho.mail.attachments import Attachment, attachments
from sekisho.results import Mail
from sekisho.visible import visible

LARGEST = 2_000_000  # bytes of a message that are read, and
MOST_LINES = 100_000  # lines: what comes later are attachments
CUT = Pair("［長いメールなので、ここより後ろは読んでいません］", "[a long mail: what follows was not read]")
LONGEST_HEADER = 200_000  # bytes of all header fields together, where the rest cannot be taken apart
MOST_WORK = 3_000_000  # lines times nested parts, each of which looks at every line
MOST_NESTED, MOST_PARTS = 100, 3000
LONGEST_STRUCTURE = 4000  # bytes of one field that says how a message is put together
MOST_SIGNED = 10  # parts that are opened, one within another or beside it
LONGEST_DOMAIN = 253  # characters; Python's reading of Japanese ones takes quadratic time

TO = ("To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To")
STRUCTURE = re.compile(rb"^content-[a-z-]+[ \t]*:.*(?:\n[ \t].*)*", re.IGNORECASE | re.MULTILINE)
NESTING = re.compile(
    rb"boundary\s*(?:\*\d*\*?)?\s*=|message/|^content-type[ \t]*:[ \t]*$", re.IGNORECASE | re.MULTILINE
)
REPORTS = {"multipart/report", "message/delivery-status", "message/disposition-notification"}
BETWEEN = re.compile(rb"^--", re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """A message as evidence, the addresses that it is to, and why some of it could not be read (usually empty)."""

    mail: Mail
    to: frozenset[str]
    problem: str = ""
    files: tuple[Attachment, ...] = ()
    whole: bool = True
    """Whether it was read to its end: the last of its files may be cut off otherwise."""
    number: str = ""
    """Its Message-ID: that of a mail which is delivered twice, to an alias and in copy, is the same."""
    reply: bool = False
    """Whether a machine answers another mail with it: out of office, not delivered, read."""


def parse(raw: bytes) -> Message:
    """Read a message; a missing header is an empty string, and no bytes at all are one without anything."""
    whole, cut = _start(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    problem = _too_much(whole)
    message = None if problem else _parsed(whole)
    if message is None:
        return _read(
            _head(whole),
            problem or say("部分（multipart）の入れ子を読めません", "its nested parts (multipart) cannot be read"),
        )
    _open(message)
    return _read(message, cut=cut)


def _start(raw: bytes) -> tuple[bytes, bool]:
    """As much of a message as is read, and whether there is more."""
    lines = raw[:LARGEST].split(b"\n", MOST_LINES)
    return b"\n".join(lines[:MOST_LINES]), len(raw) > LARGEST or len(lines) > MOST_LINES


def address(text: str) -> str:
    """An address as two are compared: small letters, and a Japanese domain in its ASCII form."""
    local, _, domain = text.strip().lower().rpartition("@")
    if not domain.isascii() and len(domain) <= LONGEST_DOMAIN:
        with contextlib.suppress(UnicodeError):
            domain = domain.encode("idna").decode()
    return f"{local}@{domain}"


def _too_much(raw: bytes) -> str:
    """Why a message is not taken apart: it would keep the parser busy."""
    if any(len(field[0]) > LONGEST_STRUCTURE for field in STRUCTURE.finditer(raw)):
        return say(
            f"構造を示すヘッダー（Content-Type など）が {LONGEST_STRUCTURE} バイトを超えています",
            f"a header about its structure (such as Content-Type) has more than {LONGEST_STRUCTURE} bytes",
        )
    nested, parts = len(NESTING.findall(raw)), len(BETWEEN.findall(raw))
    if nested > MOST_NESTED or parts > MOST_PARTS or nested * raw.count(b"\n") > MOST_WORK:
        return say(
            f"部分（multipart）が多すぎます（区切り {nested} 種、{parts} 個）",
            f"it has too many parts (multipart; boundaries: {nested}, parts: {parts})",
        )
    return ""


def _parsed(raw: bytes) -> Parsed | None:
    try:
        return BytesParser(policy=policy.compat32).parsebytes(raw)
    except (RecursionError, ValueError, LookupError):
        return None


def _open(message: Parsed) -> None:
    """Let what is signed, or forwarded in a code, be what is in it, unless that would keep the parser busy."""
    for _ in range(MOST_SIGNED):
        found = ((part, signed.content(part) or forwarded.content(part)) for part in message.walk())
        part, inner = next(((part, inner) for part, inner in found if inner), (message, b""))
        parsed = None if not inner or _too_much(inner) else _parsed(inner)
        if parsed is None:
            return
        signed.put(part, parsed)


def _head(raw: bytes) -> Parsed:
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:LONGEST_HEADER].partition(b"\n\n")[0])


def _read(message: Parsed, problem: str = "", *, cut: bool = False) -> Message:
    charset = "" if problem else body.charset(message)
    to = [one for name in TO for one in headers.addresses(message, name, charset)]
    senders = headers.addresses(message, "From", charset)
    mail = Mail(
        sender=visible(next(iter(senders), "")),
        recipient=visible(next(iter(to), "")),
        subject=visible(headers.text(message, "Subject", charset)),
        date=headers.date(message),
        body="" if problem else visible(body.text(message)) + (f"\n{CUT}" if cut else ""),
    )
    files = () if problem else attachments(message)
    number = visible(headers.text(message, "Message-ID"))
    return Message(mail, frozenset(map(address, to)), problem, files, not cut, number, _is_reply(message))


def _is_reply(message: Parsed) -> bool:
    """What only says that a machine sent it (auto-generated) is none: a portal's notices should (RFC 3834)."""
    returned = headers.text(message, "Return-Path").replace(" ", "") == "<>"
    kinds = {part.get_content_type() for part in message.walk()} if returned else {message.get_content_type()}
    how = headers.text(message, "Auto-Submitted").lower()
    return how.startswith("auto-replied") or not kinds.isdisjoint(REPORTS)
