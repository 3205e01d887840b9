"""Secrets never reach a file: what is registered here is replaced wherever evidence is written."""

from __future__ import annotations

import json

MASK = "●●●●"
SHORTEST = 4  # a shorter secret would blot out innocent text; the harness never makes one


class Masking:
    """The secrets of a run and the one way to take them out of a text."""

    def __init__(self) -> None:
        """Begin without secrets."""
        self._forms: set[str] = set()

    def add(self, secret: str) -> str:
        """Register a secret and give it back. Raises ValueError when it is too short to be masked safely."""
        if len(secret) < SHORTEST:
            raise ValueError(f"a secret of fewer than {SHORTEST} characters cannot be masked")
        self._forms |= {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
        return secret

    def clean(self, text: str) -> str:
        """Replace every registered secret in a text, longest first, also where JSON has escaped it."""
        for form in sorted(self._forms, key=len, reverse=True):
            text = text.replace(form, MASK)
        return text
