"""From what a defect turned red to a proposal for `defects/<manual>.toml`, and to what looks wrong about it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sekisho.results import Scenario
from sekisho.verdict import Verdict

from .expectations import label, noticed, said

MANY = 4  # scenarios gone red: beyond this a defect is taken for one that blocks a step on their way
LONGEST = 60  # letters of a reason that is proposed
SHOWN = "表示されたのは"  # what follows is the screen's whole text
SPEAKING = frozenset({Verdict.FAIL, Verdict.WARNING})  # of the portal, and not of this machine
CHANGING = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+|https?://\S+|[A-Za-z]*\d{4,}[A-Za-z0-9/:.-]*|\d+[/:]\d+\S*|\n")


@dataclass(frozen=True)
class Outcome:
    """What trying one defect gave."""

    defect: str
    rows: frozenset[str]
    examples: Counter[str]  # of each of the manual's scenarios, by name
    touching: list[Scenario]
    tried: list[Scenario]

    @property
    def red(self) -> list[Scenario]:
        """The scenarios that say that something is wrong, those about the rows that the defect breaks first."""
        found = [one for one in self.tried if noticed(one)]
        return sorted(found, key=lambda one: not self.about(one))

    @property
    def blocks(self) -> bool:
        """Whether it breaks what many scenarios pass through."""
        return len(self.red) > MANY

    def about(self, one: Scenario) -> bool:
        """Whether a scenario cites a row that the defect breaks."""
        return not self.rows.isdisjoint(one.ids)


def proposal(outcome: Outcome) -> str:
    """The entry as it may stand in the file, and above it, as comments, what each scenario said."""
    lines = [f"# {label(one)}: {said(one)}" for one in outcome.red]
    lines += [f"# tried on {len(outcome.tried)} of the {len(outcome.touching)} scenarios that touch it"]
    lines += [f"[{outcome.defect}]", f"red = {_list(names(outcome))}"]
    lines += [f"because = {_list(reasons(said(one) for one in outcome.red if one.verdict in SPEAKING))}"]
    return "\n".join([*lines, *(["blocks = true"] if outcome.blocks else []), ""])


def doubts(outcome: Outcome) -> Iterator[str]:
    """What somebody should look at before the entry is believed."""
    if not outcome.touching:
        yield "no scenario touches it"
    elif not outcome.red:
        yield f"turns nothing red: {'、'.join(label(one) for one in outcome.tried)}"
    elif not any(outcome.about(one) for one in outcome.red):
        yield f"no red scenario cites {' '.join(sorted(outcome.rows))}"
    for one in outcome.red:
        if one.verdict not in SPEAKING:
            yield f"{one.verdict} in {label(one)}: {said(one)}"


def names(outcome: Outcome) -> list[str]:
    """Who must go red; of a defect that blocks, those about its rows. An outline goes by its name if all of it does."""
    red = [one for one in outcome.red if outcome.about(one)] or outcome.red[:1] if outcome.blocks else outcome.red
    counts, whole = Counter(one.name for one in red), outcome.examples
    return list(dict.fromkeys(one.name if counts[one.name] == whole[one.name] else label(one) for one in red))


def reasons(texts: Iterable[str]) -> list[str]:
    """As few parts of these texts as possible, one of which is in each; without what changes from run to run."""
    left, found = list(dict.fromkeys(texts)), list[str]()
    parts = {_part(text): None for text in left}
    while left:
        best = max(parts, key=lambda part: sum(part in text for text in left))
        found.append(best)
        left = [text for text in left if best not in text]
    return found


def _part(text: str) -> str:
    pieces = CHANGING.split(text.partition(SHOWN)[0])
    return max((piece.strip(" 。、:（(") for piece in pieces), key=len)[:LONGEST]


def _list(texts: list[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)
