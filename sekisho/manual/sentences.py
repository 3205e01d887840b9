"""The sentences that scenarios may use: what the fixtures know of them, and where scenarios say them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sekisho.manual import citations, folders, lanes
from sekisho.manual.citations import Kind
from sekisho.manual.folders import Manual
from sekisho.manual.titles import filled

PLACE = re.compile(r"\{(\w+)(?::[^}]*)?\}|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
NEAREST = 3
BEGINNING = 2  # rows of a table: the headings, and one more


@dataclass(frozen=True)
class Said:
    """A sentence as a scenario says it, with the values of one of its examples."""

    manual: str
    path: Path
    line: int
    kind: Kind
    text: str
    table: tuple[tuple[str, ...], ...] = ()
    """The cells below it, its headings first."""


@dataclass
class Sentence:
    """One that a function carries out; `manual` has it to itself, if any does."""

    kind: Kind
    pattern: str
    concept: str
    manual: str
    path: Path
    line: int
    matches: Callable[[str], bool]
    values: Callable[[str], dict[str, object]]
    examples: tuple[str, ...] = ()
    """How it may be said, where no scenario of ours says it; the lines below it are those of its table."""
    said: list[Said] = field(default_factory=list)

    @property
    def text(self) -> str:
        """How it reads, with the names of its values in braces."""
        return re.sub(r"\\(.)|[$^]", r"\1", PLACE.sub(lambda found: f"{{{found[1] or found[2]}}}", self.pattern))

    @property
    def heard(self) -> list[str]:
        """How it is said, by scenarios or else by its examples."""
        return [one.text for one in self.said] or [one.partition("\n")[0] for one in self.examples]

    @property
    def example(self) -> list[str]:
        """How it is said once, with what begins the table below it: a line each."""
        if self.said:
            first = self.said[0]
            return [first.text, *(f"| {' | '.join(row)} |" for row in first.table[:BEGINNING])]
        return self.examples[0].split("\n") if self.examples else []

    def means(self, one: Said) -> bool:
        """Whether this is the meaning of what a scenario says."""
        return self.kind == one.kind and self.manual in {"", one.manual} and self.matches(one.text)


@dataclass(frozen=True)
class Unclear:
    """What a scenario says and no function, or more than one, carries out."""

    said: Said
    meanings: tuple[Sentence, ...]
    nearest: tuple[str, ...] = ()


def spoken(manual: Manual) -> Iterator[Said]:
    """Every sentence of a manual's scenarios and procedures, once for each example that makes it another."""
    known = set()
    for path in [*manual.features, *manual.explored]:
        for scenario in citations.in_file(path, manual):
            for step in (*scenario.background, *scenario.steps):
                for values in scenario.values:
                    text = lanes.plain(filled(step.text, values))
                    table = tuple(tuple(filled(cell, values) for cell in row) for row in step.table)
                    one = Said(manual.id, path, step.line, step.kind, text, table)
                    if one not in known:
                        known.add(one)
                        yield one


def resolve(sentences: list[Sentence], manuals: Iterable[Manual]) -> list[Unclear]:
    """Note with each sentence where it is said; gives what is not said in exactly one meaning."""
    kinds = {each.kind: [one for one in sentences if one.kind == each.kind] for each in sentences}
    said = (one for manual in manuals for one in spoken(manual))
    return [unclear for one in said if (unclear := _resolved(kinds.get(one.kind, []), one))]


def _resolved(sentences: list[Sentence], one: Said) -> Unclear | None:
    """`sentences` are those of its kind."""
    meanings = [each for each in sentences if each.means(one)]
    for each in meanings:
        each.said.append(one)
    if len(meanings) == 1:
        return None
    texts = [each.text for each in sentences if each.manual in {"", one.manual}]
    near = () if meanings else tuple(difflib.get_close_matches(one.text, texts, NEAREST, cutoff=0.3))
    return Unclear(one, tuple(meanings), near)


def owner(path: Path) -> str:
    """The manual that has what stands in a file to itself; empty for what all have."""
    manual = folders.holding(path)
    return manual.id if manual else ""
