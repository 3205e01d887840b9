"""What a target file would learn from a run: the words that its portal used where the manual leaves the wording open.

Whether they mean the same a person decides; what is written here saves the typing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sekisho.evidence.masking import MASK
from sekisho.language import say
from sekisho.machine.toml_text import value as toml
from sekisho.manual.dialects import sections
from sekisho.results import OwnWords, Scenario
from sekisho.verdict import Verdict
from sekisho.visible import has_letters, shortened, visible

Words = Mapping[str, Mapping[str, list[str]]]
"""By section and name, as in `[dialect.SECTION]`."""
LONGEST = 60  # characters of the words that others stand for, in a comment


@dataclass
class Learnt:
    """What a portal says in place of one name's words."""

    instead_of: list[str]
    seen: dict[str, list[str]] = field(default_factory=dict)
    """By what it said: the ids of the results in which it did."""


def learnt(scenarios: Iterable[Scenario], present: Words) -> dict[str, dict[str, Learnt]]:
    """By section and name: what was said and is not `present` yet. What holds a masked secret no screen says again."""
    found: dict[str, dict[str, Learnt]] = {}
    for scenario in scenarios:
        for one in _said(scenario):
            if one.said not in present.get(one.section, {}).get(one.name, ()) and _can_be_said_again(one.said):
                of_name = found.setdefault(one.section, {}).setdefault(one.name, Learnt(one.instead_of))
                of_name.seen.setdefault(one.said, []).append(scenario.id)
    return found


def tables(manual: str, present: Words, found: Mapping[str, Mapping[str, Learnt]]) -> str:
    """The tables of a target file that change, each whole: they go in the place of those that are there."""
    return "\n".join(
        "\n".join(_table(section, names, present.get(section, {}), found[section])) + "\n"
        for section, names in sections(manual).items()
        if section in found
    )


def _said(scenario: Scenario) -> list[OwnWords]:
    """Each once, however many steps saw it. What a step that failed saw is not what it stands for."""
    steps = [step for step in scenario.steps if step.verdict is Verdict.WARNING]
    return list({(one.section, one.name, one.said): one for step in steps for one in step.own_words}.values())


def _can_be_said_again(words: str) -> bool:
    """Not a masked secret, nor what has no letter to be known by: on any screen it would seem to stand."""
    return MASK not in words and has_letters(words)


def _table(
    section: str, names: Iterable[str], present: Mapping[str, list[str]], found: Mapping[str, Learnt]
) -> Iterator[str]:
    yield f"[dialect.{section}]"
    for name in names:
        words = present.get(name, [])
        if name in found:
            yield from _comments(found[name])
            # with what it took the place of: a portal may say both, and the file's words are all that count
            words = [*(words or found[name].instead_of), *found[name].seen]
        if words:
            yield f"{name} = {toml(words)}"


def _comments(one: Learnt) -> Iterator[str]:
    shown = shortened(visible(say("／", " / ").join(one.instead_of)), LONGEST)
    for first, *others in one.seen.values():
        more = say(f"、ほか {len(others)} 件", f" and {len(others)} more") if others else ""
        yield say(f"# 「{shown}」の代わり（{first}{more}）", f'# instead of "{shown}" ({first}{more})')
