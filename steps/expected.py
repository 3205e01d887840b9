"""What a scenario expects to read on a screen, in a list or in a mail: words, a day, or a certificate's number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

import pytest

from pages.amounts import ungrouped
from pages.dialect import narrow, plain
from sekisho.evidence.recorder import Recorder
from sekisho.japan import TOKYO, in_tokyo
from sekisho.language import say
from sekisho.results import Certificate
from sekisho.verdict import ConfigurationProblemError, require
from sekisho.visible import shortened
from steps.entries import Entry
from steps.times import JUST_NOW, days, months_later, says, tokyo_date

AROUND = re.compile(r"^[\s:;,.、。()\[\]「」【】]+|[\s:;,.、。()\[\]「」【】]+$")
HYPHEN = re.compile(r"(?:(?<=\d)\s*[-‐–−ー]|(?<![\w\s])[-−▲△])\s*(?=\d)")  # or a minus
# Hexadecimal digits in groups or not, and not those of 16進数.
DIGITS = re.compile(r"(?<![0-9a-z])(?:0x)?([0-9a-f]+(?:[ :.,-]?[0-9a-f]+)*)h?(?![0-9a-z]|\s*進)")
TODAY, NEW, OLD = "今日", "証明書", "それまでの証明書"  # in a table of a scenario
NUMBER = re.compile(rf"({OLD}|{NEW})のシリアル番号")
END_OR_TODAY = re.compile(rf"(?P<what>{TODAY}|(?P<whose>{OLD}|{NEW})の有効期限)").pattern
DAY = re.compile(rf"{END_OR_TODAY}(?:の(?P<count>\d+)(?P<unit>日|か月|年)(?P<way>前|後))?")
# What nobody means as words that a portal shows: 今日から14日後, 証明書の有効期限の2年あと.
LIKE_A_DAY = re.compile(rf"{TODAY}(?:の|から)\d|(?:{OLD}|{NEW})の有効期限(?:の|から)")
SUCH = ("今日の30日後", "証明書の有効期限", "それまでの証明書の有効期限の2年後")  # what stands in sentences
MONTHS = {"か月": 1, "年": 12}
WAYS = {"前": -1, "後": 1}


class Meaning(Protocol):
    """What some words of a scenario mean: whether a text that is shown says it, and how it is told."""

    @property
    def told(self) -> str:
        """How a failure tells it."""

    def fits(self, text: str) -> bool:
        """Whether a text says it, and nothing else."""


@dataclass(frozen=True)
class Words:
    """Words themselves: a code as it is written, anything else in any width and spacing."""

    told: str

    def fits(self, text: str) -> bool:
        """Whether a text is these words."""
        return self.read(text) == self.read(self.told)

    def read(self, text: str) -> str:
        """A text as it is compared with them."""
        return code(text) if self.told.isascii() else _words(text)


@dataclass(frozen=True)
class SerialNumber:
    """A certificate's serial number, in hexadecimal digits or as a decimal."""

    told: str

    def fits(self, text: str) -> bool:
        """Whether a text is this number, in one base or in both, whatever is remarked on it."""
        return self.is_in(text) and _numbers(text) <= {*self.bases}

    def is_in(self, text: str) -> bool:
        """Whether a text has this number, maybe beside another one."""
        return not _numbers(text).isdisjoint(self.bases)

    @property
    def bases(self) -> tuple[str, str]:
        """As it is written in either base."""
        return self.told, str(int(self.told, 16))


@dataclass(frozen=True)
class Moment:
    """The end of a certificate: its day, and where a text says a time of day with it, that too."""

    moment: datetime

    @property
    def told(self) -> str:
        """The day."""
        return tokyo_date(self.moment)

    def fits(self, text: str) -> bool:
        """Whether a text says this moment."""
        return says(text, self.moment)


@dataclass(frozen=True)
class Days:
    """A day, or one of several where a calendar has more than one answer."""

    days: tuple[date, ...]

    @property
    def told(self) -> str:
        """The days as portals print them."""
        return say("か", " or ").join(f"{one:%Y/%m/%d}" for one in dict.fromkeys(self.days))

    def fits(self, text: str) -> bool:
        """Whether a text says one of the days, at whatever time."""
        return any(one in self.days for one in days(text))


@dataclass(frozen=True)
class Expected:
    """Compares what is shown with what a scenario says of it; `get` gives fixtures by name."""

    entry: Entry
    evidence: Recorder
    get: Callable[[str], Any]

    def meaning(self, content: str, *, phrase: bool = False) -> Meaning:
        """What the words in a cell of a table mean, or a phrase of a sentence."""
        if number := NUMBER.fullmatch(content):
            return SerialNumber(self._certificate(number[1]).serial)
        if DAY.fullmatch(content) or LIKE_A_DAY.match(content):
            return self._day(self.a_day(content))
        return Words(self.entry.phrase(content) if phrase else self.entry.cell(content))

    def a_day(self, content: str) -> re.Match[str]:
        """Words that mean a day. Raises ConfigurationProblemError for any others."""
        found = DAY.fullmatch(content)
        if found is None:
            raise ConfigurationProblemError(
                say(
                    f"シナリオの「{content}」: 日にちは {'、'.join(SUCH)} のように書いてください。",
                    f'"{content}" in the scenario: write a day such as {", ".join(SUCH)}.',
                )
            )
        return found

    def check(self, heading: str, shown: Sequence[str], content: str) -> None:
        """Raise DeviationError unless something shown is what a cell of a table says; see `check_value`."""
        wanted = self.meaning(content)
        if isinstance(wanted, Words):
            check_value(self.evidence, heading, shown, wanted.told)
            return
        if isinstance(wanted, SerialNumber):
            check_serial(self.evidence, heading, shown, wanted)
            return
        told = f"{content} {wanted.told}"
        require(any(map(wanted.fits, shown)), differs(heading, shown, told))

    def _certificate(self, whose: str) -> Certificate:
        holdings = self.get("holdings")
        found: Certificate = holdings.oldest if whose == OLD else holdings.newest
        return found

    def _day(self, found: re.Match[str]) -> Moment | Days:
        """The day of which a scenario speaks."""
        if not found["whose"]:
            return self._from_today(found)
        end = self._certificate(found["whose"]).not_after
        return Days(_moved(in_tokyo(end), found)) if found["count"] else Moment(end)

    def _from_today(self, found: re.Match[str]) -> Days:
        """So many days from today. A scenario that began just before midnight speaks of either day."""
        today: date = self.get("portal").today()
        return Days(tuple(one for day in (today, *_yesterday(today)) for one in _moved(_noon(day), found)))


def _yesterday(today: date) -> list[date]:
    """The day before, for as long as what is shown may have been made then."""
    now = datetime.now(TOKYO)
    return [today - timedelta(days=1)] if (now - JUST_NOW).date() != now.date() else []


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), TOKYO)


def _moved(moment: datetime, found: re.Match[str]) -> tuple[date, ...]:
    """The days so long before or after a moment."""
    count = int(found["count"] or 0) * WAYS.get(found["way"], 1)
    if found["unit"] in MONTHS:
        return tuple(in_tokyo(one).date() for one in months_later(moment, MONTHS[found["unit"]] * count))
    return ((moment + timedelta(days=count)).date(),)


@pytest.fixture
def expected(entry: Entry, evidence: Recorder, request: pytest.FixtureRequest) -> Expected:
    """Who compares what is shown with what this scenario says."""
    return Expected(entry, evidence, request.getfixturevalue)


def check_headings(datatable: list[list[str]], *headings: str) -> None:
    """Raise ConfigurationProblemError for a table that says nothing, or has other columns than the sentence reads."""
    if len(datatable) > 1 and datatable[0] == list(headings) and all(len(row) == len(headings) for row in datatable):
        return
    written = f"| {' | '.join(headings)} |"
    raise ConfigurationProblemError(
        say(
            f"シナリオの表: 見出しの行「{written}」を最初に、その下に 1 行以上を書いてください。",
            f'Table of the scenario: begin with the row "{written}", and write at least one row below it.',
        )
    )


def check_value(evidence: Recorder, heading: str, shown: Sequence[str], wanted: str) -> None:
    """Raise DeviationError unless a value is the wanted one; with what does not belong to it beside it, a WARNING."""
    did, due = differs(heading, shown, wanted), Words(wanted)
    read = set(map(due.read, shown))
    if due.read(wanted) in read:
        if len(read) > 1:  # of several rows it may be another one's
            evidence.warning(did)
        return
    # emp1 is not emp1-2
    word = re.compile(rf"(?<![\w.-]){re.escape(code(wanted))}(?=(様|殿|さん|御中|です)?(?![\w.-]))")
    require(bool(wanted) and any(word.search(code(one)) for one in shown), did)
    evidence.warning(did)


def check_serial(evidence: Recorder, heading: str, shown: Sequence[str], wanted: SerialNumber) -> None:
    """Raise DeviationError unless a value is a certificate's serial number; another number beside it is a WARNING."""
    did = differs(heading, shown, wanted.told)
    require(any(map(wanted.is_in, shown)), did)
    if not any(map(wanted.fits, shown)):
        evidence.warning(did)


def differs(heading: str, shown: Sequence[str], wanted: str) -> str:
    """What is told of a value that is another one."""
    return say(
        f"「{heading}」が「{shortened('、'.join(shown)) or '空'}」である（「{wanted}」のはず）",
        f'"{heading}" is "{shortened(", ".join(shown)) or "empty"}" ("{wanted}" is due)',
    )


def code(text: str) -> str:
    """A text as it is copied, without the colon or the brackets around it, or what groups an amount."""
    return ungrouped(AROUND.sub("", unicodedata.normalize("NFKC", narrow(text))))


def _words(text: str) -> str:
    """Words as a reader compares them, with what counts between numbers and before one: 1-23 is not 12-3."""
    whole = code(text)
    return plain(HYPHEN.sub("|", whole)) or whole


def _numbers(text: str) -> set[str]:
    """The numbers in a text, without what groups their digits."""
    return {re.sub(r"[\s:.,-]", "", one[1]).lstrip("0") for one in DIGITS.finditer(code(text).lower())}
