"""What can happen on the wire, and to which exchange: named by what the person does, not by a count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

Kind = Literal[
    "lose-reply", "cut-body", "status", "refuse", "delay", "cut-first", "cut-middle", "cut-last", "reset", "hold"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Aim = Literal["answer", "file"]
"""Which exchange: the one that answers a press, or the one after it that carries a PKCS#12 file."""

# The number that a kind has, and its value where none is given.
NUMBERS: dict[Kind, tuple[str, float]] = {
    "cut-body": ("after", 0),
    "status": ("code", 503),
    "delay": ("seconds", 3),
}
UNSEEN: tuple[Kind, ...] = (
    "status",
    "refuse",
)  # the portal never sees the request, so no file can be told by its answer


OK, FAILED = 200, 500
CHARSETS = ("utf-8", "cp932", "euc-jp")
SHORTEST_MARK = 4
# What Python, Java, .NET, PHP and Ruby print of a failure that nobody caught.
INSIDE = re.compile(
    rb"Traceback \(most recent call last\)|\bat [\w$.]+\([\w$]+\.java:\d+\)|java\.lang\.\w+(?:Exception|Error)"
    rb"|Server Error in '[^']*' Application|\[\w*Exception: |<b>Fatal error</b>|PHP Fatal error|ORA-\d{5}|SQLSTATE\["
)


@dataclass(frozen=True)
class Fault:
    """One fault, which happens once.

    - lose-reply: the portal gets the request and answers, and the browser's connection dies before the answer.
    - cut-body: the answer's body ends after `number` bytes, and the connection with it.
    - status: the browser gets this HTTP status, and the portal never sees the request.
    - refuse: the browser's connection is closed, and the portal never sees the request.
    - delay: the answer comes `number` seconds later.
    - cut-first, cut-middle, cut-last: as cut-body, after the first byte, after half of them, before the last one.
    - reset: the portal answers, and the browser's connection is reset before the answer's headers are complete.
    - hold: the portal answers, and the answer waits until `Wire.release`.
    """

    kind: Kind
    aim: Aim = "answer"
    number: float = 0

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Read what `str` writes, such as 'cut-body file after=1000' or 'lose-reply answer'.

        Raises ConfigurationProblemError naming the word that is wrong and what is allowed.
        """
        kind_word, aim_word, *numbers = [*text.split(), "", ""][: max(2, len(text.split()))]
        kind = next((known for known in KINDS if known == kind_word), None)
        if kind is None:
            raise _wrong(
                text,
                say(
                    f"種類「{kind_word}」はありません。{'、'.join(KINDS)} のどれかです",
                    f'There is no kind "{kind_word}". It must be one of {", ".join(KINDS)}',
                ),
            )
        aim = next((known for known in get_args(Aim) if known == aim_word), None)
        if aim is None or (aim == "file" and kind in UNSEEN):
            allowed = ("answer",) if kind in UNSEEN else get_args(Aim)
            raise _wrong(
                text,
                say(
                    f"{kind} のあとの「{aim_word}」は、{'、'.join(allowed)} のどれかでなければなりません",
                    f'"{aim_word}" behind {kind} must be one of {", ".join(allowed)}',
                ),
            )
        return cls(kind, aim, _number(text, kind, numbers))

    def __str__(self) -> str:
        """The line that `parse` reads."""
        own = f" {NUMBERS[self.kind][0]}={self.number:g}" if self.kind in NUMBERS else ""
        return f"{self.kind} {self.aim}{own}"


@dataclass
class Exchange:
    """One request and what became of it. Headers, bodies, cookies and queries are never kept."""

    method: str
    url: str
    status: int | None = None
    """What the browser got; None while under way, and where nothing arrived."""
    fault: Fault | None = None
    """The fault that really happened here."""
    press: int = 0
    """After how many presses of the person it began, as `Wire.pressed` was told."""
    part: bool = False
    """Whether it brings a part of a page, such as a picture, and neither a page nor what a script asks for."""
    program: bool = False
    """Whether a program of the PC sent it, and no browser."""
    answered: bool = False
    """Whether the portal got it, and has answered."""
    sets_cookie: bool = False
    """Whether that answer sets a cookie."""
    size: int = 0
    """Bytes of the answer's body, as they came from the portal."""
    digest: str = ""
    """SHA-256 of the answer's body, to tell whether two are the same."""
    strange: str = ""
    """What of somebody else stands in the answer's body; empty where nothing does."""
    flaw: str = ""
    """What no answer of a portal's may be, where this one is: a blank page, or the inside of a failure."""

    @property
    def kept(self) -> bool:
        """Whether a cookie that it sets has come to the browser."""
        held = self.fault is not None and self.fault.kind == "hold"
        return self.sets_cookie and self.status is not None and not held

    def __str__(self) -> str:
        """One line for a report."""
        got = say("応答なし", "no answer") if self.status is None else str(self.status)
        return f"{self.method} {self.url} → {got}" + (f"  ← {self.fault}" if self.fault else "")


def flaw(status: int, kind: str, body: bytes) -> str:
    """What is wrong with an answer whatever was asked: a blank page, or what a failure looks like inside; else empty.

    `kind` is its Content-Type.
    """
    is_page = kind.lower().startswith("text/html")
    if is_page and status == OK and not body.strip():
        return say("白紙の画面", "a blank page")
    if (is_page or status >= FAILED) and (found := INSIDE.search(body)):
        return say(f"処理の失敗の内容（{found[0].decode()}）", f"the inside of a failure ({found[0].decode()})")
    return ""


def strangers(marks: Iterable[str]) -> re.Pattern[bytes] | None:
    """Finds one of some names, numbers or addresses in a body, in whatever charset of Japan; None where there is none.

    A number within a longer one is another.
    """
    long = [mark for mark in marks if len(mark) >= SHORTEST_MARK]
    spelt = {re.escape(mark.encode(charset, "ignore")) for mark in long for charset in CHARSETS}
    return re.compile(rb"(?<![0-9A-Za-z])(?:" + b"|".join(sorted(spelt)) + rb")(?![0-9A-Za-z])") if spelt else None


def told(found: bytes) -> str:
    """What was found, as text."""
    for charset in CHARSETS:
        with suppress(UnicodeDecodeError):
            return found.decode(charset)
    return repr(found)


def without_query(url: str) -> str:
    """An address up to its query or its parameters (`;jsessionid=…`), which may hold secrets."""
    return url.partition("?")[0].partition("#")[0].partition(";")[0]


def _number(text: str, kind: Kind, words: list[str]) -> float:
    """The number of a kind, in the range that its name allows."""
    name, value = NUMBERS.get(kind, ("", 0))
    for word in words:
        given, _, number = word.partition("=")
        if given != name or not name:
            raise _wrong(
                text,
                say(f"「{word}」は使えません", f'"{word}" cannot be used')
                + (
                    say(f"。{kind} で使えるのは {name}=数 です", f". With {kind} there can be {name}=NUMBER")
                    if name
                    else ""
                ),
            )
        value = _in_range(text, word, name, number)
    return value


def _in_range(text: str, word: str, name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise _wrong(
            text, say(f"「{word}」の値は数でなければなりません", f'The value of "{word}" must be a number')
        ) from None
    low, high = {"code": (400, 599), "after": (0, 2**31), "seconds": (0, 600)}[name]
    if not low <= number <= high or (name != "seconds" and number != int(number)):
        raise _wrong(
            text,
            say(
                f"「{word}」の値は {low} から {high} まででなければなりません",
                f'The value of "{word}" must be from {low} to {high}',
            ),
        )
    return number


def _wrong(text: str, why: str) -> ConfigurationProblemError:
    return ConfigurationProblemError(
        say(f"障害の指定「{text}」が誤っています。{why}。", f'The fault "{text}" is wrong. {why}.')
    )
