"""With whom a scenario begins: which users each of its premises asks for, learnt from the manual's table of accounts.

The table says it of scenarios. What one premise asks for follows where all the others beside it are known; and what it
asks for with another number of days follows from the same premise with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from sekisho.manual import accounts, citations
from sekisho.manual.citations import CitedScenario
from sekisho.manual.folders import Manual

User = tuple[str, str]
"""A state, and traits as a table of accounts writes them."""
Premises = tuple[str, ...]
NUMBER = re.compile(r"\d+")


def begun(one: CitedScenario) -> list[Premises]:
    """The premises of a scenario, for each of its examples; without the day, which only a cell fills in."""
    given = [step.text for step in one.steps if step.kind == "given"]
    filled = [[_filled(text, values) for text in given] for values in one.values]
    return [tuple(text for text in texts if "<" not in text) for texts in filled]


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def users_of(manual: Manual, premises: Premises) -> tuple[User, ...]:
    """Those for whom these premises ask, as far as `tells_of` knows them."""
    whole, alone = _asked(manual), _known(manual)
    if premises in whole:
        return whole[premises]
    return tuple(user for one in premises for user in _numbered(one, alone.get(NUMBER.sub("#", one), ())))


def foreseen(manual: Manual, one: CitedScenario, example: Mapping[str, str]) -> list[accounts.Need]:
    """Whom one example of a procedure will ask for, in the order of asking, as far as `users_of` knows them."""
    ways = zip(one.values, begun(one), strict=True)
    premises = next((given for values, given in ways if values.items() <= example.items()), ())
    id_ = citations.scenario_id(one, dict(example))
    return [
        accounts.Need(manual.id, id_, one.name, state, accounts.read_traits(traits), consumed=True)
        for state, traits in users_of(manual, premises)
    ]


def tells_of(manual: Manual, premises: Premises) -> bool:
    """Whether it is known of all of these premises for whom they ask."""
    return premises in _asked(manual) or all(NUMBER.sub("#", one) in _known(manual) for one in premises)


@cache
def _asked(manual: Manual) -> dict[Premises, tuple[User, ...]]:
    """For whom the scenarios of a manual ask, by their premises."""
    asked: dict[str, list[User]] = {}
    for need in accounts.of(manual):
        if not need.by_people:
            asked.setdefault(need.scenario, []).append((need.state, accounts.told(need.traits)))
    found: dict[Premises, tuple[User, ...]] = {}
    for scenario in citations.of(manual):
        for premises, result in zip(begun(scenario), scenario.results, strict=True):
            if premises:
                found.setdefault(premises, tuple(asked.get(result, ())))
    return found


@cache
def _known(manual: Manual) -> dict[str, tuple[User, ...]]:
    """For whom a single premise asks, whatever number stands in it: `#` in its place, and in that of the trait."""
    found: dict[str, tuple[User, ...]] = {}
    while more := dict(_learnt(_asked(manual), found)):
        found |= more
    return found


def _learnt(
    asked: dict[Premises, tuple[User, ...]], known: dict[str, tuple[User, ...]]
) -> Iterator[tuple[str, tuple[User, ...]]]:
    """What follows of one more premise: the users that are left when those of the others are taken away."""
    for premises, users in asked.items():
        unknown = [one for one in premises if NUMBER.sub("#", one) not in known]
        if len(unknown) != 1:
            continue
        left = list(users)
        for one in premises:
            for user in _numbered(one, known.get(NUMBER.sub("#", one), ())):
                if user in left:
                    left.remove(user)
        yield NUMBER.sub("#", unknown[0]), tuple(_without_number(unknown[0], left))


def _without_number(premise: str, users: Sequence[User]) -> Iterator[User]:
    for number in NUMBER.findall(premise)[:1]:
        yield from ((state, re.sub(rf"=(?<![#\d]){number}\b", "={}", traits)) for state, traits in users)
        return
    yield from users


def _numbered(premise: str, users: Sequence[User]) -> Iterator[User]:
    number = next(iter(NUMBER.findall(premise)), "")
    return ((state, traits.replace("{}", number)) for state, traits in users)
