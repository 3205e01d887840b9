"""What a target file may say of the users of its own manual, which declares what they have beside what all have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, create_model

from sekisho.language import Pair
from sekisho.manual import folders
from sekisho.manual.facts import Fact, facts
from sekisho.manual.folders import Manual, named
from sekisho.target_file.described import Described
from sekisho.target_file.model import AccountEntry, Declaring, NoSecret, ReissuedEntry, Target

Entry = TypeVar("Entry", bound=BaseModel)
PASSWORD = "login_password_env"  # noqa: S105 - a key


@cache
def target_of(manual: Manual) -> type[Target]:
    """What the target file of a manual may say."""
    return _target(tuple(facts(manual.about).values()), passwords=manual.about.accounts.passwords)


def target_of_any() -> type[Target]:
    """What the target files of all manuals may say together."""
    every = (one for manual in folders.known().values() for one in facts(manual.about).values())
    return _target(tuple({one.key: one for one in every}.values()), passwords=True)


def account_of(manual: str) -> type[AccountEntry]:
    """What the target file of a manual may say of one user."""
    about = named(manual).about
    return _account(tuple(facts(about).values()), passwords=about.accounts.passwords)


def reissued_of(account: type[AccountEntry]) -> type[ReissuedEntry]:
    """The same of one who was reissued before the test."""
    return _reissued(account.declared, passwords=account.model_fields[PASSWORD].is_required())


def keys(account: type[AccountEntry]) -> list[str]:
    """Its keys in the order in which a person writes them: who it is, what only this manual's have, the rest."""
    asked = account.model_fields[PASSWORD].is_required()
    every = [one for one in AccountEntry.model_fields if asked or one != PASSWORD]
    place = every.index("mail") + 1
    return [*every[:place], *(one.key for one in account.declared), *every[place:]]


def given(entry: Declaring) -> Iterator[tuple[Fact, str]]:
    """What an entry says of what its manual declares: of a secret, the variable's name."""
    for fact in entry.declared:
        if value := getattr(entry, fact.key):
            yield fact, str(value)


def _target(declared: tuple[Fact, ...], *, passwords: bool) -> type[Target]:
    account: Any = _account(declared, passwords=passwords)
    return _like(Target, {"accounts": (tuple[account, ...], _kept(Target, "accounts"))})


@cache
def _account(declared: tuple[Fact, ...], *, passwords: bool) -> type[AccountEntry]:
    fields = {one.key: _field(one, Described(*one.title)) for one in declared} | _password(
        AccountEntry, asked=passwords
    )
    reissued = (_reissued(declared, passwords=passwords) | None, _kept(AccountEntry, "reissued"))
    return _declaring(AccountEntry, declared, fields | {"reissued": reissued})


@cache
def _reissued(declared: tuple[Fact, ...], *, passwords: bool) -> type[ReissuedEntry]:
    fields = {one.key: _field(one, _if_changed(one.title)) for one in declared} | _password(
        ReissuedEntry, asked=passwords
    )
    return _declaring(ReissuedEntry, declared, fields)


def _password(base: type[Declaring], *, asked: bool) -> dict[str, Any]:
    """The password need not be given where a manual's users have none."""
    said = base.model_fields[PASSWORD].description
    return {} if asked else {PASSWORD: (NoSecret, Field(default="", description=said))}


def _if_changed(title: Pair) -> Described:
    return Described(f"{title.japanese}（変わったとき）", f"{title.english} (if changed)")


def _declaring(base: type[Entry], declared: tuple[Fact, ...], fields: dict[str, Any]) -> type[Entry]:
    made = _like(base, fields)
    made.declared = declared  # type: ignore[attr-defined] # a class variable of both
    return made


def _like(base: type[Entry], fields: dict[str, Any]) -> type[Entry]:
    return create_model(base.__name__, __base__=base, __doc__=base.__doc__, **fields)


def _kept(base: type[BaseModel], name: str) -> Any:  # noqa: ANN401 - what pydantic calls a field
    """A field as it is said of the base, for another type."""
    field = base.model_fields[name]
    return Field(default=field.default, description=field.description)


def _field(fact: Fact, title: Described) -> tuple[Any, Any]:
    """The type of a fact in a file, and what is said of it."""
    if fact.file:
        return Path | None, Field(default=None, description=title)
    if fact.secret:
        return NoSecret, Field(default="", description=_of_variable(title))
    return str, Field(default="", description=title)


def _of_variable(title: Described) -> Described:
    return Described(f"{title}（入っている環境変数の名前）", f"{title.english} (name of the environment variable)")
