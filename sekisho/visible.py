"""Text from outside, made safe to show: what cannot be seen is shown by name, and nothing can turn a line around.

What is long is cut, and shows that it was.
"""

from __future__ import annotations

import unicodedata

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NEVER_IN_XML = (*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
VISIBLE = _CONTROLS | {code: f"⟨U+{code:04X}⟩" for code in _TURNING} | dict.fromkeys(_NEVER_IN_XML, "\ufffd")


def visible(text: str) -> str:
    """The text with control characters and writing-direction overrides replaced by signs that can be seen."""
    return text.translate(VISIBLE)


def has_letters(text: str) -> bool:
    """Whether words have a letter or a number to be known by; ornaments and a long vowel alone are on any screen."""
    return any(one.isalnum() and one != "ー" for one in unicodedata.normalize("NFKC", text))


def shortened(text: str, most: int = 200) -> str:
    """A text in one line of at most so many letters; one that was cut shows that it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
