"""One-time addresses, as mails give them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from pages.mails import Mails
from sekisho.evidence.masking import Masking
from sekisho.results import Mail
from sekisho.visible import is_random

SECRET = 8  # characters that a secret part of an address has at least


def one_time(mails: Mails, mail: Mail, masking: Masking) -> str:
    """The address in a mail that has the longest secret; it is masked from now on.

    A mail may lead to a page about the browsers that will do, or to the questions of others, before it.
    """
    found = mails.link(mail, lambda one: max(map(len, _sure(one)), default=0))
    for secret in secrets_in(found):
        masking.add(secret)
    return found


def secrets_in(address: str) -> list[str]:
    """What of a one-time address only its user knows: long parts with a digit, or random; else the last long one."""
    return _sure(address) or _long(address)[-1:]


def _sure(address: str) -> list[str]:
    return [value for value in _long(address) if any(map(str.isdigit, value)) or is_random(value)]


def _long(address: str) -> list[str]:
    parts = urlsplit(address)
    values = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query)), parts.fragment]
    return [value for value in values if len(value) >= SECRET]
