"""How the control writes binary data into strings and reads it back (EncodingType)."""

from __future__ import annotations

import base64
import binascii
import re
import textwrap

from sekisho.certenroll.errors import BAD_ASN1, INVALID_ARGUMENT, ComError

HEADER, BASE64, BINARY, REQUEST_HEADER, HEX, BASE64_ANY, ANY = 0, 1, 2, 3, 4, 6, 7
TITLES = {HEADER: "CERTIFICATE", REQUEST_HEADER: "NEW CERTIFICATE REQUEST"}
ARMOUR = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]+-----")


def write(data: bytes, encoding: int) -> str:
    """Data as a string. Raises ComError for a way that is no way of writing."""
    if encoding == BINARY:
        return data.decode("latin-1")
    if encoding == HEX:
        return data.hex(" ") + "\r\n"
    if encoding not in {BASE64, *TITLES}:
        raise ComError(INVALID_ARGUMENT)
    body = "\r\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64)) + "\r\n"
    title = TITLES.get(encoding)
    return f"-----BEGIN {title}-----\r\n{body}-----END {title}-----\r\n" if title else body


def read(text: str, encoding: int) -> bytes:
    """The data in a string. Raises ComError where there is none of that encoding."""
    if encoding == BINARY:
        return text.encode("latin-1", "replace")
    if encoding not in {BASE64, BASE64_ANY, ANY, *TITLES}:
        raise ComError(INVALID_ARGUMENT)
    try:
        return base64.b64decode("".join(ARMOUR.sub("", text).split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ComError(BAD_ASN1) from problem
