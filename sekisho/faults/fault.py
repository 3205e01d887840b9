"""What can happen on the wire, and to which exchange: one line of text that a run prints and a person can repeat."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, get_args
from urllib.parse import urlsplit

from sekisho.verdict import ConfigurationProblemError

Kind = Literal["lose-reply", "cut-body", "status", "refuse", "delay"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# The one number that each kind has besides nth, and its value where none is given.
NUMBERS: dict[Kind, tuple[str, float]] = {
    "cut-body": ("after", 0),
    "status": ("code", 503),
    "delay": ("seconds", 3),
}
EXAMPLE = "lose-reply POST */submit nth=1"


@dataclass(frozen=True)
class Fault:
    """One fault in one exchange.

    - lose-reply: the portal gets the request and answers, and the browser's connection dies before the answer.
    - cut-body: the answer's body ends after `number` bytes, and the connection with it.
    - status: the browser gets this HTTP status, and the portal never sees the request.
    - refuse: the browser's connection is closed, and the portal never sees the request.
    - delay: the answer comes `number` seconds later.
    """

    kind: Kind
    method: str
    """HTTP method, or * for any."""
    url: str
    """Glob over the whole address without its query, or over its path if it begins with a slash."""
    nth: int = 1
    """Which of the matching exchanges, counted from 1."""
    number: float = 0

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Read what `str` writes, such as 'cut-body GET */download after=100 nth=2'.

        Raises ConfigurationProblemError naming the word that is wrong and what is allowed.
        """
        words = text.split()
        if len(words) < 3:  # noqa: PLR2004 - kind, method, address
            raise _wrong(text, f"種類、メソッド、URLの3つが要ります（例: {EXAMPLE}）")
        kind = next((known for known in KINDS if known == words[0]), None)
        if kind is None:
            raise _wrong(text, f"種類 {words[0]} はありません。{'、'.join(KINDS)} のどれかです")
        if words[1] != "*" and not (words[1].isalpha() and words[1].isupper()):
            raise _wrong(text, f"メソッド {words[1]} は、大文字の HTTP メソッドか * でなければなりません")
        numbers = _numbers(text, kind, words[3:])
        name, default = NUMBERS.get(kind, ("", 0))
        return cls(kind, words[1], words[2], int(numbers.get("nth", 1)), numbers.get(name, default))

    def __str__(self) -> str:
        """The line that `parse` reads."""
        own = f" {NUMBERS[self.kind][0]}={self.number:g}" if self.kind in NUMBERS else ""
        return f"{self.kind} {self.method} {self.url}{own} nth={self.nth}"

    def matches(self, method: str, url: str) -> bool:
        """Whether an exchange is of the kind that is counted."""
        plain = without_query(url)
        subject = urlsplit(plain).path if self.url.startswith("/") else plain
        return self.method in ("*", method) and fnmatchcase(subject, self.url)


@dataclass
class Exchange:
    """One request and what became of it. Headers, bodies, cookies and queries are never kept."""

    method: str
    url: str
    status: int | None = None
    """What the browser got; None while under way, and where nothing arrived."""
    fault: Fault | None = None
    """The fault that really happened here."""

    def __str__(self) -> str:
        """One line for a report."""
        got = "応答なし" if self.status is None else str(self.status)
        return f"{self.method} {self.url} → {got}" + (f"  ← {self.fault}" if self.fault else "")


def without_query(url: str) -> str:
    """An address up to its query, which may hold secrets."""
    return url.partition("?")[0].partition("#")[0]


def _numbers(text: str, kind: Kind, words: list[str]) -> dict[str, float]:
    allowed = ["nth"] + ([NUMBERS[kind][0]] if kind in NUMBERS else [])
    numbers: dict[str, float] = {}
    for word in words:
        name, _, value = word.partition("=")
        if name not in allowed:
            raise _wrong(
                text, f"「{word}」は使えません。{kind} で使えるのは {'、'.join(f'{one}=数' for one in allowed)} です"
            )
        numbers[name] = _number(text, word, name, value)
    return numbers


def _number(text: str, word: str, name: str, value: str) -> float:
    """A number in the range that its name allows."""
    try:
        number = float(value)
    except ValueError:
        raise _wrong(text, f"「{word}」の値は数でなければなりません") from None
    low, high = {"nth": (1, 10_000), "code": (400, 599), "after": (0, 2**31), "seconds": (0, 600)}[name]
    if not low <= number <= high or (name != "seconds" and number != int(number)):
        raise _wrong(text, f"「{word}」の値は {low} から {high} まででなければなりません")
    return number


def _wrong(text: str, why: str) -> ConfigurationProblemError:
    return ConfigurationProblemError(f"障害の指定「{text}」が誤っています。{why}。")
