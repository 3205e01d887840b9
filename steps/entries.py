"""What a scenario has a person type, or expects to read: words, or what a user has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from sekisho.language import say
from sekisho.machine.explaining import near
from sekisho.manual import facts, folders
from sekisho.manual.facts import Fact
from sekisho.portal import Account
from sekisho.verdict import BlockedError, ConfigurationProblemError
from steps.keys import SPELT_OUT
from steps.parcels import PASSWORDS, Password

WHO = {"利用者": "account", "もう一人の利用者": "other"}  # and the fixtures that have them
WHOSE = re.compile(rf"({'|'.join(WHO)})の「([^「」]+)」")
QUOTED = re.compile("「(.*)」", re.DOTALL)
# What every portal's users have, by what scenarios call it.
EVERYBODYS = {"ユーザーID": "user_id", "ログインパスワード": "login_password", "氏名": "name", "メールアドレス": "mail"}


@dataclass(frozen=True)
class Entry:
    """Reads the words of a scenario; `get` gives whoever is spoken of, by the name of a fixture."""

    manual: str
    password_of: Password
    get: Callable[[str], Account]

    def phrase(self, words: str) -> str:
        """What a sentence means: 「A」 is A itself. Raises ConfigurationProblemError for what is not known."""
        literal = QUOTED.fullmatch(words)
        return _spelt_out(literal[1]) if literal else self._of(words)

    def cell(self, words: str) -> str:
        """The same of a cell of a table, where what is nothing else is itself."""
        known = words in PASSWORDS or WHOSE.fullmatch(words)
        return self._of(words) if known else _spelt_out(words)

    def _of(self, words: str) -> str:
        whose = WHOSE.fullmatch(words)
        return self._fact(self.get(WHO[whose[1]]), whose[2]) if whose else self.password_of(words)

    def _fact(self, account: Account, called: str) -> str:
        if called in EVERYBODYS:
            return _given(account, called, EVERYBODYS[called])
        declared = self._declared
        if called not in declared:
            known = (*EVERYBODYS, *declared)
            path, hint = folders.named(self.manual) / folders.ABOUT, near(called, known)
            raise ConfigurationProblemError(
                say(
                    f"{path}: [accounts.fields] に「{called}」がありません{hint}。使えるもの: {'、'.join(known)}",
                    f'{path}: [accounts.fields] has no "{called}"{hint}. Allowed: {", ".join(known)}',
                )
            )
        return account.fact(declared[called].name)

    @property
    def _declared(self) -> Mapping[str, Fact]:
        """What only this manual's users have, by its title."""
        return {one.title.japanese: one for one in facts.facts(folders.named(self.manual).about).values()}


@pytest.fixture
def entry(request: pytest.FixtureRequest, manual: str, password_of: Password) -> Entry:
    """Who reads what this scenario has a person type."""
    return Entry(manual, password_of, request.getfixturevalue)


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
