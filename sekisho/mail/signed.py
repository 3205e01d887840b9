"""S/MIME mails whose text is within their signature (RFC 8551, application/pkcs7-mime): opened, and not verified.

A mail program shows what is in them like any other mail. Who signed it is not looked at here.
"""

from __future__ import annotations

import re
from email.message import Message

from asn1crypto import cms  # type: ignore[import-untyped]

from sekisho.mail import body

KINDS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
NAME = "smime.p7m"
MIME = re.compile(rb"\s*[!-9;-~]+:")  # begins with a header field


def content(part: Message) -> bytes | None:
    """The MIME that a part's signature is around; None of what is no such part, cannot be read, or is encrypted."""
    if part.is_multipart() or (part.get_content_type() not in KINDS and body.name(part).lower() != NAME):
        return None
    try:
        outer = cms.ContentInfo.load(body.octets(part))
        if outer["content_type"].native != "signed_data":
            return None
        found = outer["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(found, bytes) or not MIME.match(found):
        return None
    return found.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def put(part: Message, inner: Message) -> None:
    """Let a part be what is in it: its own fields stay, but for those that say what it is made of."""
    for field in {key for key in part.keys() if key.lower().startswith("content-")}:  # noqa: SIM118 - no dictionary
        del part[field]
    for key, value in inner.raw_items():
        if key.lower().startswith("content-"):
            part[key] = value
    raw = "" if inner.is_multipart() else body.raw_octets(inner).decode("ascii", "surrogateescape")
    part.set_payload(inner.get_payload() if inner.is_multipart() else raw)  # Python would spell out what is no ASCII
