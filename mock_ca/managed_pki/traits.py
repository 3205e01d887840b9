"""What may be asked of a new subscriber: his state and its traits, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_ca.authority import SUITES
from mock_ca.managed_pki.figures import Figures
from mock_ca.managed_pki.office import Kinds
from mock_ca.system import BadRequestError

STATES = ("invited", "active", "renewable", "renewing", "revoked", "expired")
LATE = ("renewable", "renewing")
IN_WORDS = {
    "invited": "新規（取得のご案内を受け取った）",
    "active": "有効な証明書を持つ",
    "renewable": "更新のご案内を受け取った",
    "renewing": "更新申請済み・鍵は未取得",
    "expired": "有効期限切れ",
    "revoked": "失効済み",
}
TRAITS = ("days_ago", "days_left", "history", "pkcs12")


class Traits:
    """What a caller wants of a subscriber, checked. Raises BadRequestError naming the trait."""

    def __init__(self, state: str, given: Mapping[str, Any], suite: str, kinds: Kinds, figures: Figures) -> None:
        """Check every trait."""
        if not isinstance(state, str) or state not in STATES:
            raise BadRequestError(f"unknown state {state!r}; known: {', '.join(STATES)}")
        known = (*TRAITS, kinds.trait) if kinds.trait else TRAITS
        for name in given.keys() - set(known):
            raise BadRequestError(f"unknown trait {name!r}; known: {', '.join(known)}")
        self.state = state
        self._longest = figures.longest
        self.days_ago = self._number(given, "days_ago", 1 if state == "expired" else 0)
        self.days_left = self._number(given, "days_left", figures.late if state in LATE else figures.early)
        self.history = self._number(given, "history", 0)
        self.which = kinds.choices[self._word(given, kinds.trait, next(iter(kinds.choices)), kinds.choices)]
        self.suite = self._word(given, "pkcs12", suite, SUITES)
        if state == "expired" and self.days_ago < 1:
            raise BadRequestError("days_ago must be 1 or more for an expired certificate")

    def _number(self, given: Mapping[str, Any], name: str, default: int) -> int:
        value = given.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= self._longest:
            raise BadRequestError(f"{name} must be a whole number from 0 to {self._longest}, not {value!r}")
        return value

    @staticmethod
    def _word(given: Mapping[str, Any], name: str, default: str, known: Mapping[str, object]) -> str:
        value = given.get(name, default)
        if not isinstance(value, str) or value not in known:
            raise BadRequestError(f"{name} must be one of {', '.join(known)}, not {value!r}")
        return value
