"""Secrets never reach a file: what is registered here is replaced wherever evidence is written."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Set  # noqa: PYI025 - there is no set of another kind here

MASK = "●●●●"
SHORTEST = 4  # a shorter secret would blot out innocent text; the harness never makes one
LONG_SECRET = 16  # no word and no number that a portal has by chance is as long
SHORT_NUMBER = 8  # a number of fewer digits may be part of a date, a fingerprint or a port
# Japanese, colons and full stops stand around a PIN without a space; a year is none, nor is what follows 12: or 0.
ALONE = r"(?<![\dA-Za-z_])(?<!\d[.:])(?<![\dA-Za-z]-){}(?![\dA-Za-z_年])(?![.:-][\dA-Za-z])"
BEFORE_A_PORT = re.compile(r"(?://[^\s/]+|\[[0-9A-Fa-f:.]+\]|[\w-]+\.[\w.-]+|localhost):\Z")
LONGEST_HOST = 260
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
HALF_WIDTH = {full: half for half, full in FULL_WIDTH.items()}


class Masking:
    """The secrets of a scenario and the one way to take them out of a text."""

    def __init__(self) -> None:
        """Begin without secrets."""
        self._secrets: set[str] = set()
        self._others: set[str] = set()

    def forget(self) -> None:
        """Begin another scenario: its evidence cannot hold the secrets of the one before."""
        self._secrets.clear()
        self._others.clear()

    def add(self, secret: str) -> str:
        """Register a secret and give it back. Raises ValueError when it is too short to be masked safely."""
        self._secrets |= _forms(secret)
        return secret

    def hide(self, word: str) -> None:
        """Register what is not secret to the portal, and must not be seen all the same. Raises ValueError as `add`."""
        self._others |= _forms(word)

    def keep(self) -> dict[str, list[str]]:
        """All of them."""
        return {"secrets": sorted(self._secrets), "others": sorted(self._others)}

    def recall(self, kept: dict[str, list[str]]) -> None:
        """Know these too."""
        self._secrets.update(kept["secrets"])
        self._others.update(kept["others"])

    @property
    def _all(self) -> set[str]:
        return self._secrets | self._others

    def found(self, text: str) -> list[str]:
        """The secrets that a reader finds in a text, also in full width or in capitals."""
        seen = _plain(text)
        return sorted(one for one in self._all if _stands(_plain(one), seen))

    def is_part(self, typed: str) -> bool:
        """Whether what stands in a field is a part of a secret, as where a field takes so many characters only."""
        part = "".join(_plain(typed).split())
        return len(part) >= SHORTEST - 1 and any(part in "".join(_plain(one).split()) for one in self._all)

    def given_away(self, text: str, values: Set[str]) -> bool:
        """Whether a text tells a secret, or, of one that may be a word like any other, one of its values does."""
        common = {one for one in self._secrets if not _distinctive(one)}
        return _cleaned(text, self._secrets - common) != text or not common.isdisjoint(values)

    def clean(self, text: str) -> str:
        """Replace every registered secret in a text, longest first, also where JSON has escaped it.

        A short number (a PIN) is replaced where it stands alone, not where it is part of another number or word.
        """
        return _cleaned(text, self._all)


def _forms(secret: str) -> set[str]:
    if len(secret) < SHORTEST:
        raise ValueError(f"a secret of fewer than {SHORTEST} characters cannot be masked")
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    return {secret, secret.translate(FULL_WIDTH), *escaped}


def _cleaned(text: str, forms: set[str]) -> str:
    for form in sorted(forms, key=len, reverse=True):
        text = _masked_number(form, text) if _is_short_number(form) else text.replace(form, MASK)
    return _cleaned_of_mixed(text, forms)


def _cleaned_of_mixed(text: str, forms: set[str]) -> str:
    """Replace what is written in both widths: Ab１２Cd３４."""
    half = text.translate(HALF_WIDTH)
    there = [form for form in forms if half != text and form in half]
    patterns = [ALONE.format(form) if _is_short_number(form) else re.escape(form) for form in there]
    spans = {found.span() for pattern in patterns for found in re.finditer(pattern, half)}
    for begin, end in sorted(spans, reverse=True):
        if text[begin:end] != half[begin:end]:
            text = text[:begin] + MASK + text[end:]
    return text


def _distinctive(form: str) -> bool:
    """Whether letters stand in this order nowhere by chance."""
    kinds = {one.isalpha() + 2 * one.isdecimal() for one in form}
    return len(form) >= LONG_SECRET or (len(form) >= SHORT_NUMBER and len(kinds) > 1)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _stands(form: str, text: str) -> bool:
    return _masked_number(form, text) != text if _is_short_number(form) else form in text


def _masked_number(form: str, text: str) -> str:
    def masked(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - LONGEST_HOST) : found.start()]
        return found[0] if BEFORE_A_PORT.search(before) else MASK

    return re.sub(ALONE.format(form), masked, text)


def _is_short_number(form: str) -> bool:
    return form.isdecimal() and len(form) < SHORT_NUMBER
