"""The password of a renewed key: four half-width digits, refused with a sentence for each way to miss that."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mock_ca.defects import Defects

DIGITS = 4
# The words' name, the defect that lets it pass, and what is wrong with the password; the first that is true is told.
FLAWS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("pin-with-spaces", "spaces-in-password-accepted", lambda given: any(one.isspace() for one in given)),
    ("pin-not-digits", "letters-in-password-accepted", lambda given: not given.isdecimal()),
    ("pin-full-width", "full-width-digits-accepted", lambda given: not given.isascii()),
    ("pin-too-short", "three-digit-password-accepted", lambda given: len(given) < DIGITS),
    ("pin-too-long", "five-digit-password-accepted", lambda given: len(given) > DIGITS),
)


class PinRule:
    """The rule."""

    def __init__(self, defects: Defects, words: Mapping[str, str]) -> None:
        """Refuse in these words."""
        self._defects, self._words = defects, words

    def problem(self, password: str, again: str) -> str:
        """Why a password is refused; empty when it is not."""
        broken = self._defects.broken
        if not password:
            return "" if broken("empty-password-accepted") else self._words["password-missing"]
        for words, defect, wrong in FLAWS:
            if wrong(password):
                return "" if broken(defect) else self._words[words]
        if broken("four-digit-password-refused"):
            return self._words["pin-too-short"]
        mismatch = password != again and not broken("confirmation-mismatch-accepted")
        return self._words["password-mismatch"] if mismatch else ""
