"""What a scenario has a person type, or expects to read: words, or what a user has, has noted, or was sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pages.dialect import Dialect
from pages.labelled import SECRETS, copied
from pages.mails import beside
from sekisho.evidence.masking import MASK, SHORTEST, Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual import facts, folders
from sekisho.portal import Account
from sekisho.results import Mail, Note
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError, require
from steps.keys import SPELT_OUT

WHO = {"利用者の": "account", "もう一人の利用者の": "other"}  # and the fixtures that have them
NOTED = "控えた"
MAILED = "メールの"
ANYTHING = ("利用者の「…」", "控えた「…」", "メールの「…」")
WHOSE = re.compile(rf"({NOTED}|{MAILED}|{'|'.join(WHO)})「([^「」]+)」")
QUOTED = re.compile("「(.*)」", re.DOTALL)
# What a scenario calls a password, and the fixture that has it.
PASSWORDS = {"任意のパスワード": "key_password", "メールのパスワード": "mailed_password"}
CUT = re.compile(r"の(?:上|下)\d+(?:桁|文字)").pattern  # the first or last signs of something
ONE = re.compile(rf"(?:{WHOSE.pattern.replace('(', '(?:')}|「[^「」]*」|{'|'.join(PASSWORDS)})(?:{CUT})?").pattern
JOINED = re.compile(rf"{ONE}(?:と{ONE})+")
PART = re.compile(r"(.+)の(上|下)(\d+)(桁|文字)")
BETWEEN_DIGITS = re.compile(r"(?<=[0-9A-Za-z])[\s:](?=[0-9A-Za-z])")  # which are no digits: 4D 0B 1C
UNITS: dict[str, Callable[[str], str]] = {"桁": lambda value: BETWEEN_DIGITS.sub("", value), "文字": str}
FROM: dict[str, Callable[[int], slice]] = {"上": slice, "下": lambda count: slice(-count, None)}


class Notes:
    """What a user has noted from screens, by the words beside it."""

    def __init__(self) -> None:
        """Nothing so far."""
        self._noted: dict[str, str] = {}

    def note(self, called: str, value: str) -> None:
        """Write something down."""
        self._noted[called] = value

    def read(self, called: str) -> str:
        """Read it again. Raises BlockedError for what was not noted."""
        if called not in self._noted:
            raise BlockedError(
                say(
                    f"「画面の「{called}」を控える」が前に無い（控えたもの: {'、'.join(self._noted) or 'なし'}）",
                    f'No earlier sentence notes "{called}" (noted: {", ".join(self._noted) or "nothing"})',
                )
            )
        return self._noted[called]

    def keep(self) -> dict[str, Any]:
        """All of it."""
        return dict(self._noted)

    def recall(self, kept: dict[str, Any]) -> None:
        """Have it again."""
        self._noted = kept


@dataclass(frozen=True)
class Entry:
    """Reads the words of a scenario; `get` gives whoever and whatever is spoken of, by the name of a fixture."""

    manual: str
    dialect: Dialect
    masking: Masking
    get: Callable[[str], Any]

    def phrase(self, words: str) -> str:
        """What a sentence means: 「A」 is A itself. Raises ConfigurationProblemError for what is not known."""
        if JOINED.fullmatch(words):
            return "".join(self.phrase(one[0]) for one in re.finditer(ONE, words))
        if (part := PART.fullmatch(words)) and not QUOTED.fullmatch(words):
            value = self.phrase(part[1])
            return _cut(UNITS[part[4]](value), FROM[part[2]], int(part[3]))
        literal = QUOTED.fullmatch(words)
        return _spelt_out(literal[1]) if literal else self._of(words)

    def cell(self, words: str) -> str:
        """The same of a cell of a table, where what is nothing else is itself."""
        known = re.fullmatch(ONE, words) or JOINED.fullmatch(words) or QUOTED.fullmatch(words)
        return self.phrase(words) if known else _spelt_out(words)

    def hide(self, called: str, value: str) -> str:
        """Mask a value that the dialect has among the secrets, and give it back."""
        if self.dialect.known_as(SECRETS, called) and len(value) >= SHORTEST:
            self.masking.add(value)
        return value

    def _of(self, words: str) -> str:
        if found := WHOSE.fullmatch(words):
            return self._had(*found.groups())
        if words not in PASSWORDS:
            known = (*PASSWORDS, *ANYTHING)
            raise ConfigurationProblemError(
                say(
                    f"シナリオの「{words}」: 使えるのは {'、'.join(known)} です。",
                    f'"{words}" in the scenario: must be one of {", ".join(known)}.',
                )
            )
        return str(self.get(PASSWORDS[words]))

    def _had(self, whose: str, called: str) -> str:
        if whose == NOTED:
            return str(self.get("notes").read(called))
        return self._mailed(called) if whose == MAILED else self._fact(self._user(whose), called)

    def _user(self, whose: str) -> Account:
        try:
            user: Account = self.get(WHO[whose])
        except pytest.FixtureLookupError:
            raise BlockedError(
                say(f"「{whose}…」: それを作る文が前に無い", f'"{whose}…": no earlier sentence makes it')
            ) from None
        return user

    def _mailed(self, called: str) -> str:
        mail: Mail = self.get("mail")
        section, name = self.dialect.term(called, "mail", SECRETS, "values")
        value = copied(beside(mail, self.dialect, name, section))
        if not value:
            key = self.dialect.key((section, name))
            raise DeviationError(
                say(
                    f"「{mail.subject}」のメールに「{called}」が無い。{key}",
                    f'The mail "{mail.subject}" has no "{called}". {key}',
                )
            )
        return self.hide(called, value)

    def _fact(self, account: Account, called: str) -> str:
        if called in facts.SPOKEN:
            return _given(account, called, facts.SPOKEN[called])
        folder = folders.named(self.manual)
        if problem := facts.unknown(folder.about, called, folder / folders.ABOUT):
            raise ConfigurationProblemError(problem)
        return account.fact(facts.called(folder.about)[called].name)


@pytest.fixture
def notes() -> Notes:
    """What the user notes in this scenario."""
    return Notes()


@pytest.fixture
def entry(request: pytest.FixtureRequest, manual: str, dialect: Dialect, masking: Masking) -> Entry:
    """Who reads what this scenario has a person type."""
    return Entry(manual, dialect, masking, request.getfixturevalue)


def note_down(notes: Notes, entry: Entry, evidence: Recorder, called: str, value: str) -> None:
    """Have the user note a value; what is secret is told to nobody else. Raises DeviationError for an empty one."""
    require(value, say(f"「{called}」が空である", f'"{called}" is empty'))
    notes.note(called, entry.hide(called, value))
    shown = MASK if entry.dialect.known_as(SECRETS, called) else value
    evidence.add(Note(title=say("控えたもの", "Noted"), lines=[f"{called}: {shown}"]))


def _cut(value: str, taken: Callable[[int], slice], length: int) -> str:
    """The first or last signs of a value. Raises BlockedError for one that has fewer."""
    if not 0 < length <= len(value):
        raise BlockedError(
            say(
                f"{length}桁を取り出すには短い（{len(value)} 文字）",
                f"Too short to take {length} characters of it ({len(value)})",
            )
        )
    return value[taken(length)]


def _spelt_out(words: str) -> str:
    return SPELT_OUT.get(words, words)


def _given(account: Account, called: str, name: str) -> str:
    value: str = getattr(account, name)
    if not value:
        raise BlockedError(
            say(
                f"利用者 {account.user_id} の{called}が無い（ターゲットファイルの accounts の {name}）",
                f"user {account.user_id} has no {called} ({name} in accounts of the target file)",
            )
        )
    return value
