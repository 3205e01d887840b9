"""Messages that are forwarded in a transfer encoding, as RFC 2046 forbids and servers on the way do all the same."""

from __future__ import annotations

from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO

from sekisho.mail import body


def content(part: Message) -> bytes | None:
    """The message that a part forwards, where it is encoded as the part says; None of any other part."""
    inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" and part.is_multipart() else None
    if not isinstance(inner, Message):
        return None
    encoded = Message()
    encoded["Content-Transfer-Encoding"] = body.transfer(part)
    encoded.set_payload(_source(inner).decode("ascii", "surrogateescape"))
    return body.octets(encoded).lstrip() if _is_encoded(inner, body.transfer(part)) else None


def _is_encoded(inner: Message, transfer: str) -> bool:
    """Whether what was taken for a message is the code of one: it has no header, or one with escaped signs."""
    if transfer.startswith("base64"):
        return not inner.keys()
    return transfer.startswith("quoted-printable") and "=3D" in str(inner.get("Content-Type", ""))


def _source(inner: Message) -> bytes:
    """A message as it came."""
    written = BytesIO()
    BytesGenerator(written, mangle_from_=False, maxheaderlen=0).flatten(inner)
    return written.getvalue()
