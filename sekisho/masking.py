"""Secrets never reach a file: what is registered here is replaced wherever evidence is written."""

from __future__ import annotations

import json
import re
import unicodedata

MASK = "●●●●"
SHORTEST = 4  # a shorter secret would blot out innocent text; the harness never makes one
SHORT_NUMBER = 8  # a number of fewer digits may be part of a date, a fingerprint or a port
ALONE = r"(?<![\w.:-]){}(?![\w.:-])"


class Masking:
    """The secrets of a scenario and the one way to take them out of a text."""

    def __init__(self) -> None:
        """Begin without secrets."""
        self._forms: set[str] = set()

    def forget(self) -> None:
        """Begin another scenario: its evidence cannot hold the secrets of the one before."""
        self._forms.clear()

    def add(self, secret: str) -> str:
        """Register a secret and give it back. Raises ValueError when it is too short to be masked safely."""
        if len(secret) < SHORTEST:
            raise ValueError(f"a secret of fewer than {SHORTEST} characters cannot be masked")
        self._forms |= {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
        return secret

    def found(self, text: str) -> list[str]:
        """The secrets that a reader finds in a text, also in full width or in capitals."""
        seen = _plain(text)
        return sorted(one for one in self._forms if _stands(_plain(one), seen))

    def is_part(self, typed: str) -> bool:
        """Whether what stands in a field is a part of a secret, as where a field takes so many characters only."""
        part = "".join(_plain(typed).split())
        return len(part) >= SHORTEST - 1 and any(part in "".join(_plain(one).split()) for one in self._forms)

    def stands_in(self, text: str) -> bool:
        """Whether a registered secret stands in a text."""
        return self.clean(text) != text

    def clean(self, text: str) -> str:
        """Replace every registered secret in a text, longest first, also where JSON has escaped it.

        A short number (a PIN) is replaced where it stands alone, not where it is part of another number or word.
        """
        for form in sorted(self._forms, key=len, reverse=True):
            text = re.sub(ALONE.format(form), MASK, text) if _is_short_number(form) else text.replace(form, MASK)
        return text


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _stands(form: str, text: str) -> bool:
    return bool(re.search(ALONE.format(form), text)) if _is_short_number(form) else form in text


def _is_short_number(form: str) -> bool:
    return form.isdecimal() and len(form) < SHORT_NUMBER
