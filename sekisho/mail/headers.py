"""Header fields of mail as text: encoded words however they were cut, raw bytes of any charset, addresses, dates.

Python's own parser of header fields takes quadratic time over quotes and raises on what it does not expect; what is
here takes the time of reading once, and finds what can be found.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import groupby, islice

from sekisho.mail.charsets import decoded

LONGEST = 50_000  # characters of a field that are looked at
LONGEST_DATE = 200
MOST_FIELDS = 50  # of one name

# Zones that Python's parser takes for none: by Japan's name, and with a colon.
TOKYO = re.compile(r"[\s(]*\b(?:JST|Asia/Tokyo|Japan)\b\)?")
OFFSET = re.compile(r"\s*([+-])(\d\d):?(\d\d)\b(?!:)")
ISO = re.compile(
    r"^\s*(\d{4})[-/.年](\d\d?)[-/.月](\d\d?)日?[T\s]+(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d{4})?"
)
WEEKDAY = re.compile(r"^\s*\(?[日月火水木金土](?:曜日?)?\)?[\s,、.]*")
MONTH = re.compile(r"(?<=\d )(0?[1-9]|1[0-2])月?(?= \d{4}\b)")  # by its number, behind the day's
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
RUN = re.compile(r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=(?:\s*=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=)*")
QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,256}"(?!@)|\([^()]{0,256}\)')  # beside an address; "a b"@x.jp is one
ANGLE = re.compile(r"<([^<>]{0,500})>")
ADDRESS = re.compile(r'(?:"[^"]{1,64}"|[^\s"<>,;:()\[\]\\@]{1,128})@[^\s"<>,;:()@]{1,255}')


def text(message: Message, name: str, charset: str = "") -> str:
    """A field as its reader sees it, in one line; empty without one. `charset` is that of the message's body."""
    found = [spelt_out(one, charset) for one in fields(message, name, charset)]
    return " ".join(found[0].split()) if found else ""


def addresses(message: Message, name: str, charset: str = "") -> list[str]:
    """The addresses in every field of a name, without their people's names."""
    return [one for field in fields(message, name, charset) for one in _addresses(field, charset)]


def date(message: Message) -> datetime:
    """When a message was sent, in UTC where its zone is not told (-0000, RFC 5322 section 3.3).

    Without a date that can be read, or one that names no zone, it is when the last server took it. Where none told that
    either, it is in UTC, and 1970 without any date.
    """
    sent = fields(message, "Date")[:1]
    received = [one.rpartition(";")[2] for one in fields(message, "Received")[:1]]
    moments = [one for one in (_moment(field[:LONGEST_DATE]) for field in (*sent, *received)) if one]
    certain = (moment for moment, zoned in moments if zoned)
    return next(certain, moments[0][0] if moments else datetime.fromtimestamp(0, UTC))


def fields(message: Message, name: str, charset: str = "") -> list[str]:
    """Every field of a name as it stands, in one line, its bytes read as text."""
    found = (str(value)[:LONGEST] for key, value in message.raw_items() if key.lower() == name.lower())
    raw = (one.encode("utf-8", "surrogateescape") for one in islice(found, MOST_FIELDS))
    return [_unfolded(decoded(one, charset)) for one in raw]


def _unfolded(field: str) -> str:
    return re.sub(r"[\r\n]+[ \t]", " ", field).strip()


def _moment(field: str) -> tuple[datetime, bool] | None:
    """A moment, and whether its zone is told."""
    try:
        found = _read(TOKYO.sub(" +0900", field) if not OFFSET.search(field) else OFFSET.sub(r" \1\2\3", field))
        zoned = found.tzinfo is not None or OFFSET.search(field) is not None  # -0000 is UTC, wherever it was written
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # the first and the last day of the calendar have no counterpart elsewhere
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found, zoned


def _read(field: str) -> datetime:
    """A date as RFC 5322 has it, in Japanese too, or as ISO 8601 has it, which some programs write."""
    field = WEEKDAY.sub("", field)
    iso = ISO.search(field)
    if iso is None:
        return parsedate_to_datetime(MONTH.sub(lambda month: MONTHS[int(month[1]) - 1], field))
    year, month, day, hour, minute, second = (int(part or 0) for part in iso.groups()[:6])
    zone = datetime.strptime(iso[7], "%z").tzinfo if iso[7] else None
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def spelt_out(field: str, charset: str = "") -> str:
    """A text with its encoded words (RFC 2047) undone, also where a character was cut in two between them."""
    return RUN.sub(lambda run: _run(run[0], charset), field)


def _run(run: str, charset: str) -> str:
    """Words with nothing but white space between them: those of one charset are one text."""
    alike = groupby(WORD.finditer(run), key=lambda word: word[1].lower())
    return "".join(decoded(_bytes(words), label or charset) for label, words in alike)


def _bytes(words: Iterator[re.Match[str]]) -> bytes:
    found, begun = b"", ""
    for word in words:
        if word[2] in "qQ":
            found += binascii.a2b_qp(word[3].encode("utf-8", "replace"), header=True)
            continue
        begun += re.sub(r"[^A-Za-z0-9+/]", "", word[3])
        if len(begun) % 4 and "=" not in word[3]:  # cut within a group: the next word goes on with it
            continue
        found, begun = found + _base64(begun), ""
    return found + _base64(begun)


def _base64(text: str) -> bytes:
    whole = text[:-1] if len(text) % 4 == 1 else text
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _addresses(field: str, charset: str) -> list[str]:
    """The addresses in a field: between angle brackets, or bare where nothing has any."""
    found = [one for part in _parts(field) for one in _in(part)]
    return found or list(ADDRESS.findall(spelt_out(field, charset)))


def _parts(field: str) -> list[str]:
    """What stands between commas and semicolons, once names in quotes and remarks are taken out."""
    return re.split(r"[,;]", QUOTED.sub(" ", field))


def _in(part: str) -> list[str]:
    angle = ANGLE.search(part)
    return ADDRESS.findall(angle[1] if angle else part)[:1]
