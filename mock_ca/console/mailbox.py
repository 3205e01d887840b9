"""Mails as the console shows them: headers, and a body whose links can be followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from markupsafe import Markup, escape

LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True)
class Shown:
    """One mail."""

    number: int
    sender: str
    recipient: str
    subject: str
    date: str
    body: Markup


def shown(number: int, raw: bytes) -> Shown:
    """Read a message that the mock sent."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    when = message["Date"].datetime
    body = _linked(message.get_content())
    return Shown(number, message["From"], message["To"], message["Subject"], f"{when:%Y/%m/%d %H:%M}", body)


def _linked(text: str) -> Markup:
    parts, at = [], 0
    for link in LINK.finditer(text):
        parts += [escape(text[at : link.start()]), Markup('<a href="{0}">{0}</a>').format(link[0])]
        at = link.end()
    return Markup("").join([*parts, escape(text[at:])])
