"""Tab cells: one order of the steps of two tabs, with or without a letter such as a double click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sekisho.explore.cells import Case
from sekisho.explore.interleavings import LETTERS, Counted, Interleaving, counted, interleavings, with_letters
from sekisho.language import say
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.manual.lanes import NAMES, Lanes, Sentence, lanes
from sekisho.results import Scenario, TabsCell
from sekisho.verdict import ConfigurationProblemError, Verdict

# What a report shows of a cell beside the procedure's name; from them its id is made.
ORDER, BESIDES, BESIDE = "順序", "加えた操作", "{}で{}"
READING = frozenset({"GET", "HEAD"})
MOST = 5
"""Steps of a lane that exchange something: with five in each there are 252 orders."""


@dataclass(frozen=True)
class Step:
    """What a lane does at one go: a sentence that exchanges something, and those around it that exchange nothing."""

    sentences: tuple[Sentence, ...]
    at: Sentence
    """The one that exchanges something."""
    acts: bool
    """Whether it changes something at the portal, or may."""


@dataclass(frozen=True)
class TabsCase(Case):
    """One of them."""

    interleaving: Interleaving
    place: int
    """Among those of its procedure, the most telling first."""
    a: tuple[Step, ...]
    b: tuple[Step, ...]
    cells: int
    """How many cells the procedure has."""
    counts: Counted

    def steps(self, lane: str) -> tuple[Step, ...]:
        """What a lane does."""
        return self.a if lane == "A" else self.b

    @property
    def values(self) -> dict[str, str]:
        """The order, and the letter where there is one."""
        one = self.interleaving
        besides = {BESIDES: BESIDE.format(one.steps[one.at - 1], LETTERS[one.letter])} if one.letter else {}
        return {ORDER: "→".join(one.steps), **besides}

    @property
    def record(self) -> TabsCell:
        """As results have it."""
        one = self.interleaving
        return TabsCell(
            procedure=scenario_id(self.procedure, {}),
            order=one.order,
            letter=one.letter,
            at=one.at,
            cells=self.cells,
            all=self.counts.all,
            silent=self.counts.silent,
            mirrored=self.counts.mirrored,
        )

    @property
    def rank(self) -> tuple[int, ...]:
        """By its place."""
        return (self.place,)

    @property
    def aspect(self) -> str:
        """Its letter, or that it is an order alone."""
        return self.interleaving.letter or super().aspect


def cases(procedure: CitedScenario, undisturbed: Scenario) -> list[TabsCase]:
    """The cells of a procedure that was carried out, one tab after the other.

    Orders alone and orders with a letter take turns. Raises ConfigurationProblemError where there would be too many.
    """
    said = lanes(procedure)
    a, b = (tuple(steps(said, lane, undisturbed)) for lane in NAMES)
    for lane, its in (("A", a), ("B", b)):
        if len(its) > MOST:
            raise ConfigurationProblemError(
                say(
                    f"{procedure.feature}:{said[lane][0].step.line}: 「{procedure.name}」: タブ{lane} "
                    "に通信のある操作が "
                    f"{len(its)} つあります（{MOST} つまで）。いくつかの操作をまとめた文を使ってください。",
                    f'{procedure.feature}:{said[lane][0].step.line}: "{procedure.name}": tab {lane} has '
                    f"{len(its)} actions that exchange something (at most {MOST}). Use sentences that put several "
                    "actions together.",
                )
            )
    acting = {lane: {at for at, one in enumerate(its, 1) if one.acts} for lane, its in (("A", a), ("B", b))}
    if mirrored(said):
        acting["B"] = set()
    alone = interleavings(len(a), len(b), mirrored=mirrored(said))
    lettered = list(with_letters(len(a), len(b), acting))
    found = [one for both in zip_longest(alone, lettered) for one in both if one]
    counts = counted((len(said.a), len(said.b)), (len(a), len(b)), mirrored=mirrored(said))
    return [TabsCase(procedure, one, place, a, b, len(found), counts) for place, one in enumerate(found)]


def mirrored(said: Lanes) -> bool:
    """Whether both lanes say the same, so that exchanging the names of the tabs changes nothing."""
    return [one.text for one in said.a] == [one.text for one in said.b]


def steps(said: Lanes, lane: str, undisturbed: Scenario) -> list[Step]:
    """The steps of a lane, by what its sentences exchanged when they were carried out undisturbed.

    A sentence that exchanges nothing goes with the next that does; what is seen (ならば) with what was done before it.
    One that was not carried out, as its tab was refused before, is taken for what the same sentence was in the other
    lane; where that does not say it either, for one that exchanges and changes something.
    """
    found: list[Step] = []
    silent: list[Sentence] = []
    for group in _groups(said[lane]):
        methods = [method for one in group for method in _methods(one, said, undisturbed)]
        if methods:
            found.append(Step((*silent, *group), group[0], acts=bool(set(methods) - READING)))
        silent = [] if methods else [*silent, *group]
    if silent:
        last = found.pop() if found else Step((), silent[0], acts=False)
        found.append(replace(last, sentences=(*last.sentences, *silent)))
    return found


def _groups(said: Sequence[Sentence]) -> list[list[Sentence]]:
    """What is done, with what is seen of it."""
    found: list[list[Sentence]] = []
    for one in said:
        if one.step.checks and found:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _methods(one: Sentence, said: Lanes, undisturbed: Scenario) -> Sequence[str]:
    """With which methods a sentence asked the portal for something."""
    twins = [other for lane in NAMES for other in said[lane] if other.text == one.text]
    for other in (one, *twins):
        if any(step.text == other.step.text and step.verdict in _DONE for step in undisturbed.steps):
            return [each.method for each in undisturbed.exchanges if each.cause == other.step.text]
    return [] if one.step.checks else ["POST"]


_DONE = frozenset({Verdict.PASS, Verdict.WARNING})
