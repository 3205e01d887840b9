"""Text from outside, made safe to show: what cannot be seen is shown by name, and nothing can turn a line around."""

from __future__ import annotations

from datetime import datetime

from sekisho.japan import in_tokyo

MINUTE = 60

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NEVER_IN_XML = (*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
VISIBLE = _CONTROLS | {code: f"⟨U+{code:04X}⟩" for code in _TURNING} | dict.fromkeys(_NEVER_IN_XML, "\ufffd")


def visible(text: str) -> str:
    """The text with control characters and writing-direction overrides replaced by signs that can be seen."""
    return text.translate(VISIBLE)


def moment(when: datetime) -> str:
    """A point in time as people in Japan read it: date, time and zone."""
    return f"{in_tokyo(when):%Y-%m-%d %H:%M:%S} JST"


def clock(when: datetime) -> str:
    """The time of day in Japan."""
    return f"{in_tokyo(when):%H:%M:%S}"


def duration(seconds: float) -> str:
    """A length of time: 0.8 s, 12.3 s, 2 min 05 s."""
    if round(seconds) < MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes} min {rest:02} s"
