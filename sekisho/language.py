"""The language in which sekisho speaks to people, Japanese or English: on the terminal, in errors and in reports.

Scenarios and rows are Japanese whatever is chosen: they are what a manual says. What is said stands in the code in both
languages side by side, so that neither can be forgotten or have other values in it than the other.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Literal, NamedTuple, Self

OPTION = "--lang"
VARIABLE = "SEKISHO_LANG"
Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # as POSIX has them outweigh each other
_NONE_NAMED = ("C", "POSIX")


class UnknownLanguageError(ValueError):
    """A language was asked for that there is none of, or none was named."""


def say(japanese: str, english: str) -> str:
    """The words of the two that are in the chosen language."""
    return english if language() == "en" else japanese


def quoted(text: str) -> str:
    """A text in the chosen language's quotation marks, such as a scenario's sentence within a message."""
    return say(f"「{text}」", f'"{text}"')


def counted(number: int, one: str) -> str:
    """A number of something in English, in the singular where it is one."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


class Pair(NamedTuple):
    """The words in both, for tables, which are made before a language is chosen: `str` says them in the chosen one."""

    japanese: str
    english: str

    def __str__(self) -> str:
        """Say them."""
        return self.within(language())

    def within(self, spoken: Language) -> str:
        """Those of one of the languages."""
        return self.english if spoken == "en" else self.japanese


class Spoken(StrEnum):
    """Names in both languages; the value, which files keep, is the Japanese one, and `str` is in the chosen one."""

    english: str

    def __new__(cls, japanese: str, english: str = "") -> Self:
        """Take both."""
        one = str.__new__(cls, japanese)
        one._value_, one.english = japanese, english
        return one

    def __str__(self) -> str:
        """Say it."""
        return say(self.value, self.english)

    def __format__(self, spec: str) -> str:
        """Say it within a sentence."""
        return format(str(self), spec)


def language() -> Language:
    """What was chosen, or what the locale says; Japanese where that names no language."""
    return asked_for() or _of_locale()


def asked_for() -> Language | None:
    """What was chosen; None where nobody chose, and the locale decides."""
    return next((one for one in LANGUAGES if one == os.environ.get(VARIABLE)), None)


def options() -> list[str]:
    """What has a command speak as now wherever the locale is as here; nothing where the locale does."""
    chosen = asked_for()
    return [OPTION, chosen] if chosen and chosen != _of_locale() else []


@contextmanager
def speaking(one: Language) -> Iterator[None]:
    """Have everything said in a language, also by processes that are started meanwhile."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = one
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def choose(arguments: Sequence[str]) -> list[str]:
    """Take the option out of a command line, wherever it stands, for this process and those that it starts.

    Raises:
        UnknownLanguageError: The option, or the variable where there is no option, names no language.

    """
    rest, asked = _taken(arguments)
    for said, source in ((asked, OPTION), (os.environ.get(VARIABLE) or None, VARIABLE)):
        if said is not None:
            os.environ[VARIABLE] = _known(said, source)
            break
    return rest


def _taken(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    rest: list[str] = []
    asked = None
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*rest, word, *words], asked
        if word == OPTION:
            asked = next(words, "")
            if asked.startswith("-"):
                asked = ""  # another option: the value was forgotten
        elif word.startswith(f"{OPTION}="):
            asked = word.removeprefix(f"{OPTION}=")
        else:
            rest.append(word)
    return rest, asked


def _known(said: str, source: str) -> str:
    """It; what is wrong with it is said in both languages, as nobody knows which of them is read."""
    if said in LANGUAGES:
        return said
    choice = " | ".join(LANGUAGES)
    if not said:
        wrong = Pair(f"{source} には値（{choice}）が要ります", f"{source} needs a value ({choice}).")
    else:
        wrong = Pair(f"{source} {said}: 使えるのは {choice} です", f"{source} {said}: must be one of {choice}.")
    raise UnknownLanguageError(" / ".join(wrong))


def _of_locale() -> Language:
    name = next((value for one in _LOCALE if (value := os.environ.get(one))), "") or _of_windows()
    spoken = re.split(r"[-_.@]", name)[0]  # of ja_JP.UTF-8, C.utf8, ja-JP
    return "ja" if not spoken or spoken in _NONE_NAMED or spoken == "ja" else "en"


def _of_windows() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - needed there only
    import locale  # noqa: PLC0415 - as above

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
