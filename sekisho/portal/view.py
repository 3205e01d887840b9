"""Whatever shows things in a portal's words, to one who reads them: a browser's screen, or a window of a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sekisho.verdict import DeviationError

REFUSED = 400  # HTTP status from which a screen is a refusal, and no step of a procedure
Term = tuple[str, str]  # section and name in the dialect, such as ("buttons", "issue")


class Words(Protocol):
    """What a portal calls things: a dialect."""

    @property
    def sections(self) -> Mapping[str, Mapping[str, list[str]]]:
        """All spellings, by section and name."""

    def words(self, section: str, name: str) -> list[str]:
        """The spellings of one thing."""

    def all_words(self, section: str, name: str) -> list[str]:
        """The same, with the manual's own where a target file has others in their place."""

    def named(self, section: str, words: str) -> str:
        """The name of a thing by the words that the manual has for it."""

    def key(self, *terms: Term) -> str:
        """What a target file must say where a portal has other words for these."""

    def lesson(self, section: str, name: str, said: str) -> str:
        """What it says once it is known that a portal's own words mean the same as one of these."""


class Showing(Protocol):
    """Everything is read at the moment of asking."""

    @property
    def dialect(self) -> Words:
        """The words in which it is read."""

    @property
    def news(self) -> list[str]:
        """The lines that it says now and did not say before the last press."""

    @property
    def stood(self) -> bool:
        """Whether something stood there before the last press, and not everything is new: nothing was just opened."""

    @property
    def status(self) -> int | None:
        """The worst HTTP status with which it was sent; None where nothing was sent."""

    def text(self) -> str:
        """All words in it, in one line."""

    def headings(self) -> Sequence[str]:
        """What its headings say."""

    def labels(self) -> Sequence[str]:
        """What its buttons and links say."""

    def has(self, section: str, name: str) -> bool:
        """Whether it shows something."""

    def has_in_front(self, section: str, name: str) -> bool:
        """The same, of what lies in front alone."""

    def look_for(self, *terms: Term) -> Term | None:
        """Wait until one of several things shows and say which; None where none of them comes."""

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:
        """What it means that none of several things shows, nor what would be wrong `instead`; with what is there."""

    def values(self, heading: str) -> Sequence[str]:
        """What stands beside a heading."""
