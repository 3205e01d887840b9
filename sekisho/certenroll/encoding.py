"""How the control writes binary data into strings and reads it back (EncodingType)."""

from __future__ import annotations

import base64
import binascii
import re
import textwrap

from sekisho.certenroll.errors import BAD_ASN1, INVALID_ARGUMENT, ComError, GapError
from sekisho.language import say

HEADER, BASE64, BINARY, REQUEST_HEADER, HEX, BASE64_ANY, ANY, HEX_ANY, HEX_RAW = 0, 1, 2, 3, 4, 6, 7, 8, 12
# Documented ways of writing with addresses or letters beside the figures, which no portal has been seen to use.
NOT_BUILT = (5, 9, 10, 11)
NO_CRLF, NO_CR = 0x40000000, 0x80000000
TITLES = {HEADER: "CERTIFICATE", REQUEST_HEADER: "NEW CERTIFICATE REQUEST"}
ARMOUR = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]+-----")


def write(data: bytes, encoding: int) -> str:
    """Data as a string. Raises ComError for a way that is no way of writing."""
    way, end = _way(encoding)
    return data.decode("latin-1") if way == BINARY else _lines(data, way).replace("\r\n", end)


def _way(encoding: int) -> tuple[int, str]:
    """A way of writing without its flags, and how lines end. Raises GapError for one that is not built."""
    way = encoding & 0x0FFFFFFF
    if way in NOT_BUILT:
        raise GapError(say(f"符号化の方法 {way}", f"the encoding {way}"))
    return way, "" if encoding & NO_CRLF else "\n" if encoding & NO_CR else "\r\n"


def _lines(data: bytes, encoding: int) -> str:
    if encoding == HEX:
        return data.hex(" ") + "\r\n"
    if encoding == HEX_RAW:
        return data.hex() + "\r\n"
    if encoding not in {BASE64, *TITLES}:
        raise ComError(INVALID_ARGUMENT)
    body = "\r\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64)) + "\r\n"
    title = TITLES.get(encoding)
    return f"-----BEGIN {title}-----\r\n{body}-----END {title}-----\r\n" if title else body


def read(text: str, encoding: int) -> bytes:
    """The data in a string. Raises ComError where there is none of that encoding."""
    encoding, _ = _way(encoding)
    if encoding == BINARY:
        return text.encode("latin-1", "replace")
    if encoding in {HEX, HEX_ANY, HEX_RAW}:
        try:
            return bytes.fromhex("".join(text.split()))
        except ValueError as problem:
            raise ComError(BAD_ASN1) from problem
    if encoding not in {BASE64, BASE64_ANY, ANY, *TITLES}:
        raise ComError(INVALID_ARGUMENT)
    try:
        return base64.b64decode("".join(ARMOUR.sub("", text).split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ComError(BAD_ASN1) from problem
