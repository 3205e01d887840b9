"""Text from outside, made safe to show: what cannot be seen is shown by name, and nothing can turn a line around.

What is long is cut, and shows that it was.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NEVER_IN_XML = (*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
VISIBLE = _CONTROLS | {code: f"⟨U+{code:04X}⟩" for code in _TURNING} | dict.fromkeys(_NEVER_IN_XML, "\ufffd")

UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"  # hyphens and joints that nobody sees, and
HYPHENS = "\u2010-\u2015\u2212"  # those of other kinds than the one that is typed: both within [] of a pattern
LONG = re.compile("[0-9A-Za-z_-]{16,}")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# Hyphens of other kinds between letters or digits, as in 03‐1234; a long vowel and a dash are ones between digits only.
# Behind a date or a time they say till when.
HYPHEN = re.compile(
    r"(?<![/:][0-9]{2})(?:(?<=[0-9A-Za-z])[\u2010-\u2013\u2212\ufe63\uff0d](?=[0-9A-Za-z])"
    r"|(?<=[0-9])[\u2014\u2015\u30fc\uff70](?=[0-9]))"
)


def visible(text: str) -> str:
    """The text with control characters and writing-direction overrides replaced by signs that can be seen."""
    return text.translate(VISIBLE)


def typed(text: str) -> str:
    """The text as it would be typed: `hyphened`, and without what nobody sees."""
    return hyphened(_UNSEEN.sub("", text))


def hyphened(text: str) -> str:
    """The text with every hyphen in a number or an ID as it is typed: nobody tells them apart by sight."""
    return HYPHEN.sub("-", text)


def has_letters(text: str) -> bool:
    """Whether words have a letter or a number to be known by; ornaments and a long vowel alone are on any screen."""
    return any(one.isalnum() and one != "ー" for one in unicodedata.normalize("NFKC", text))


def is_random(word: str) -> bool:
    """Whether a word was drawn at random: long, and changing all the time between digits, small and large letters."""
    kinds = [(one.isdigit(), one.isupper(), one.isalpha()) for one in word]
    changes = sum(one != other for one, other in pairwise(kinds))
    return LONG.fullmatch(word) is not None and changes * 3 >= len(word)


def shortened(text: str, most: int = 200) -> str:
    """A text in one line of at most so many letters; one that was cut shows that it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
