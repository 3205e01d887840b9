"""One-time addresses, as mails give them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from pages.mails import Mails
from sekisho.evidence.masking import Masking
from sekisho.results import Mail

SECRET = 8  # characters that a secret part of an address has at least


def one_time(mails: Mails, mail: Mail, masking: Masking) -> str:
    """The address in a mail; what makes it secret is masked from now on."""
    found = mails.link(mail)
    for secret in secrets_in(found):
        masking.add(secret)
    return found


def secrets_in(address: str) -> list[str]:
    """What of a one-time address only its user knows: long parts with a digit in them, or else the last long one."""
    parts = urlsplit(address)
    values = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query)), parts.fragment]
    long = [value for value in values if len(value) >= SECRET]
    return [value for value in long if any(map(str.isdigit, value))] or long[-1:]
