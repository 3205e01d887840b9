"""The accounts that scenarios use up when each is carried out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from sekisho.manual.accounts import Need
from sekisho.manual.facts import Fact, facts
from sekisho.manual.folders import named
from sekisho.manual.model import About
from sekisho.target_file.entries import account_of
from sekisho.target_file.model import AccountEntry, IdentityEntry
from sekisho.target_file.pool import BOTH, Pool, resolved
from sekisho.verdict import BlockedError


def supply(needs: Iterable[Need]) -> list[AccountEntry]:
    """As few accounts as the order of the scenarios allows, with made-up names, addresses and files.

    `needs` are what some scenarios of one manual ask for, in the order of a run.
    """
    made: list[AccountEntry] = []
    used: set[str] = set()
    for _, group in groupby(needs, key=lambda one: one.scenario):
        wanted = [one for one in group if not one.by_people]
        planned = _served(wanted, made, used)
        used |= {entry.user_id for need, entry in zip(wanted, planned, strict=True) if need.consumed}
    return made


def _served(wanted: list[Need], made: list[AccountEntry], used: set[str]) -> list[AccountEntry]:
    """Accounts for one scenario; what is missing is added to `made`."""
    planned = _plan(wanted, made, used)
    if planned is not None:
        return planned
    if any("#1" in dict(one.traits).values() for one in wanted):  # colleagues: a company of their own
        made.append(_entry(wanted[0], [], made))
    before: list[AccountEntry] = []
    for count, need in enumerate(wanted, start=1):
        if _plan(wanted[:count], made, used) is None:
            made.append(_entry(need, before, made))
        before = _plan(wanted[:count], made, used) or []
    return before


def _plan(wanted: list[Need], made: list[AccountEntry], used: set[str]) -> list[AccountEntry] | None:
    try:
        free = [one for one in made if one.user_id not in used]
        return Pool(free, lambda _: {}, named(wanted[0].manual).about).plan(wanted) if wanted else []
    except BlockedError:
        return None


def _entry(need: Need, before: list[AccountEntry], made: list[AccountEntry]) -> AccountEntry:
    number = sum(one.state == need.state for one in made) + 1
    user_id = f"{need.state}{number:02}"
    traits = resolved(need, [one.user_id for one in before])
    variable = f"{need.manual}_{user_id}".upper()
    about = named(need.manual).about
    return account_of(need.manual)(
        state=need.state,
        user_id=user_id,
        login_password_env=f"{variable}_PASSWORD" if about.accounts.passwords else "",
        mail=f"{user_id}@example.test",
        traits={name: int(value) if value.isdecimal() else value for name, value in traits.items()},
        identities=_identities(need.state, user_id, variable, traits.get("certificate", ""), need.manual),
        **{one.key: _made_up(one, user_id, variable) for one in _had(about, traits)},
    )


def _had(about: About, traits: Mapping[str, str]) -> Iterator[Fact]:
    """What a user of these traits has beside what all have."""
    for one in facts(about).values():
        kind = about.accounts.gets.get(one.key)
        if kind is not None and all(traits.get(name) == value for name, value in kind.items()):
            yield one


def _made_up(fact: Fact, user_id: str, variable: str) -> Any:  # noqa: ANN401 - a path, or words
    if fact.secret:
        return f"{variable}_{fact.name.upper()}"
    example = fact.example.format(user_id=user_id)
    return Path(example) if fact.file else example


def _identities(state: str, user_id: str, variable: str, certificate: str, manual: str) -> tuple[IdentityEntry, ...]:
    held = named(manual).about.accounts.certificates
    which = held if certificate == BOTH else (certificate or held[0],)
    files = [user_id if len(which) == 1 else f"{user_id}-{one}" for one in which]
    return tuple(
        IdentityEntry(which=one, pkcs12=Path(f"{file}.p12"), password_env=f"{variable}_PKCS12")
        for one, file in zip(which, files, strict=True)
        if state != "invited"
    )
