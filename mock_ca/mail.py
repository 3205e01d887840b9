"""Real messages (RFC 5322) in Japanese, as a portal sends them."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from mock_ca.registry.outbox import DOMAIN


def letter(*, sender: str, recipient: str, subject: str, body: str, when: datetime) -> EmailMessage:
    """One plain text message."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(when)
    message["Message-ID"] = make_msgid(domain=DOMAIN)
    message.set_content(body, charset="utf-8", cte="base64")
    return message
