"""What differs between any two runs of one and the same portal, and therefore says nothing: it is taken out of texts.

`docs/compare.md` declares this noise to whoever reads a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from sekisho.language import Language, Pair, language
from sekisho.results import USED_BEFORE, Certificate, Dialog, Mail, Scenario
from sekisho.visible import LONG, is_random

PLACE = Pair("⟨接続先⟩", "⟨host⟩")
DATE = Pair("⟨日付⟩", "⟨date⟩")
TIME = Pair("⟨時刻⟩", "⟨time⟩")
NUMBER = Pair("⟨番号⟩", "⟨number⟩")
PERSON = Pair("⟨利用者⟩", "⟨person⟩")
SHORTEST_PERSON = 3  # characters; a shorter name would be found inside other words

LONGEST = 2000  # characters of a line that are compared

_NARROW = str.maketrans("０１２３４５６７８９：", "0123456789:")
_WEEKDAY = r"(?:\s*[(（][日月火水木金土][)）])?"
_ERA = r"(?:\d{4}|(?:令和|平成)\s*(?:\d{1,2}|元))"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DAY_NAME = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\\s+)?"
_ZONE = r"(?:\s*(?:[AP]M\b|JST\b|UTC\b|GMT\b|Z\b|[+-]\d{2}:?\d{2}\b))?"
_NAME_LABEL = "(?:氏名|お名前|名前|利用者名|ユーザー?名|ご担当者)(?:[(（][^)）]{0,20}[)）])?"

_SIGNS: list[tuple[str, Pair]] = [
    # how often a browser asks again on a dead line hangs on the moment
    (r"^[a-z]+ \S+ → (?:応答なし|no answer)$", Pair("", "")),
    # what a deviation is told with where an earlier run has used its users: the second of two runs has done that
    *((r"[。.]\s*" + re.escape(one).replace(r"\{\}", ".{1,200}?"), Pair("", "")) for one in USED_BEFORE),
    # whom a letter greets, and the line that says whom it is about
    (r"^\S.{0,40}?\s*(様|殿|さん)(?=$|[、，,])", Pair(rf"{PERSON.japanese} \1", rf"{PERSON.english} \1")),
    (rf"({_NAME_LABEL}\s*[:：\s]\s*)\S.*$", Pair(rf"\1{PERSON.japanese}", rf"\1{PERSON.english}")),
    # an address, or a host with a port
    (r"[a-z][a-z0-9+.-]{0,20}://[^\s/?#「」『』（）<>\"']+", PLACE),
    (r"(?<![a-z0-9.-])(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{2,5}\b", PLACE),
    (r"\b\d{1,3}(?:\.\d{1,3}){3}\b", PLACE),
    # what an address asks for: ids and tickets
    (
        r"((?<![a-z0-9])(?:⟨接続先⟩|⟨host⟩|[a-z][a-z0-9+.-]{1,20}:)[^\s?「」]{0,200})\?[^\s「」『』（）<>\"']+",
        Pair(r"\1", r"\1"),
    ),
    # an id of any letters, beside its name
    (
        r"((?:ID|番号|コード)(?:[(（][^)）]{0,20}[)）])?\s*[:：\s]\s*)(?-i:(?=\S*[0-9]|\S+[A-Z]))[a-z0-9_-]{6,}(?!\S)",
        Pair(rf"\1{NUMBER.japanese}", rf"\1{NUMBER.english}"),
    ),
    # a day, in the ways portals and mails write it
    (rf"{_ERA}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?{_WEEKDAY}", DATE),
    (rf"\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}{_WEEKDAY}", DATE),
    (rf"\d{{1,2}}\s*月\s*\d{{1,2}}\s*日{_WEEKDAY}", DATE),
    (rf"{_DAY_NAME}(?:\b{_MONTH}\s+\d{{1,2}},?|\b\d{{1,2}}\s+{_MONTH})(?:\s+\d{{4}})?", DATE),
    # bytes in hex, which would pass for a time
    (r"\b[0-9a-f]{2}(?:[:\s][0-9a-f]{2}){3,}\b", NUMBER),
    # a time of day
    (rf"(?:T|午前|午後|\b)\s*\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?{_ZONE}", TIME),
    (r"(?:午前|午後)?\s*\d{1,2}\s*時\s*\d{1,2}\s*分(?:\s*\d{1,2}\s*秒)?", TIME),
    # words with many hex digits, or with five digits in a row or more: serial numbers, ids of users and requests
    (r"(?<![a-z0-9])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}(?![a-z0-9])", NUMBER),
    (r"(?<![a-z0-9_-])[a-z0-9_-]*\d{5,}[a-z0-9_-]*", NUMBER),
]
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), sign) for pattern, sign in _SIGNS]


def plain(text: str, people: Iterable[str] = ()) -> str:
    """The text without noise: digits made narrow, spaces joined, people, places, days, times and numbers left out."""
    spoken = language()
    text = " ".join(text[:LONGEST].translate(_NARROW).split())
    for person in people:
        text = text.replace(person, PERSON.within(spoken))
    return _without_signs(text, spoken)


@lru_cache(maxsize=1 << 16)  # a run says the same over and over: that is most of what a comparison would cost
def _without_signs(text: str, spoken: Language) -> str:
    for pattern, sign in _PATTERNS:
        text = pattern.sub(sign.within(spoken), text)
    return LONG.sub(lambda word: NUMBER.within(spoken) if is_random(word[0]) else word[0], text)


def path(url: str) -> str:
    """The path of an address without noise; what follows it (a query) may hold a request's id and is left out."""
    parts = urlsplit(url)
    return plain(parts.path or parts.scheme)


def people(scenario: Scenario) -> list[str]:
    """Names of users in a scenario, longest first: whom its certificates were issued to, and who got its mails."""
    found: set[str] = set()
    issuers: set[str] = set()
    for step in scenario.steps:
        for one in step.evidence:
            match one:
                case Certificate():
                    found.add(one.subject_cn)
                    issuers.add(one.issuer_cn)
                case Dialog():
                    found.update(row.subject for row in one.rows)
                    issuers.update(row.issuer for row in one.rows)
                case Mail():
                    found.add(one.recipient)
    return sorted((one for one in found - issuers if len(one) >= SHORTEST_PERSON), key=lambda one: (-len(one), one))
