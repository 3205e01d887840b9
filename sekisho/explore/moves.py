"""Moves: what a person can do next, which of it is possible after what they did before, and the walk that it makes.

A manual declares them in explore/walks.feature: each scenario is a move, and its tags say what must be the case for
it (@要:…), what must not (@無:…), and what is and is no longer the case behind it (@得:… and @失:…). Those tagged
@始まり are where a walk begins. What the manual promises stands in the scenarios themselves, as in all others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce

from sekisho.language import say
from sekisho.machine.explaining import near
from sekisho.manual import folders
from sekisho.manual.citations import CitedScenario, in_file
from sekisho.verdict import ConfigurationProblemError

BEGINNING = "始まり"
NEEDS, LACKS, GIVES, TAKES = "要", "無", "得", "失"
Facts = frozenset[str]


@dataclass(frozen=True)
class Move:
    """One of them."""

    number: int
    """Its place in the file, from 1; beginnings do not count."""
    scenario: CitedScenario = field(compare=False)

    def tagged(self, what: str) -> Facts:
        """The facts that its tags name for one of the four."""
        beginning = f"{what}:"
        return frozenset(one.removeprefix(beginning) for one in self.scenario.tags if one.startswith(beginning))

    def possible(self, facts: Facts) -> bool:
        """Whether it can be done when these are the case."""
        return self.tagged(NEEDS) <= facts and not self.tagged(LACKS) & facts

    def behind(self, facts: Facts) -> Facts:
        """What is the case once it was done."""
        return (facts - self.tagged(TAKES)) | self.tagged(GIVES)


@dataclass(frozen=True)
class Walk:
    """A beginning, and the moves behind it."""

    beginning: Move
    moves: tuple[Move, ...] = ()

    @property
    def facts(self) -> Facts:
        """What is the case at its end."""
        return reduce(lambda facts, move: move.behind(facts), self.moves, self.beginning.behind(frozenset()))

    @property
    def tags(self) -> tuple[str, ...]:
        """Those of its moves that are no facts, such as that something cannot be undone."""
        found = (tag for move in (self.beginning, *self.moves) for tag in move.scenario.tags)
        return tuple(dict.fromkeys(tag for tag in found if ":" not in tag and tag != BEGINNING))

    @property
    def numbers(self) -> str:
        """Its moves, as a command line has them."""
        return ",".join(str(one.number) for one in self.moves)

    def up_to(self, count: int) -> Walk:
        """Its first moves."""
        return Walk(self.beginning, self.moves[:count])

    def begins_with(self, other: Walk) -> bool:
        """Whether another walk's moves are its first."""
        return self.moves[: len(other.moves)] == other.moves

    @property
    def possible(self) -> bool:
        """Whether each of its moves is possible behind those before it."""
        return all(move.possible(self.up_to(place).facts) for place, move in enumerate(self.moves))

    def shorter(self) -> list[Walk]:
        """Those of the walks without one of its moves that are possible."""
        left = (self.moves[:place] + self.moves[place + 1 :] for place in range(len(self.moves)))
        return [walk for walk in (Walk(self.beginning, moves) for moves in left) if walk.possible]

    def moves_at(self, sentence: int) -> int:
        """How many moves are made up to one of its sentences, by its place from 0, its own move among them."""
        behind = sentence - len(self.beginning.scenario.steps)
        for count, move in enumerate(self.moves, start=1):
            behind -= len(move.scenario.steps)
            if behind < 0:
                return count
        return len(self.moves)

    def then(self, move: Move) -> Walk:
        """One move further."""
        return Walk(self.beginning, (*self.moves, move))


def begins(scenario: CitedScenario) -> bool:
    """Whether a scenario of walks is where they begin."""
    return BEGINNING in scenario.tags


def beginning(scenario: CitedScenario) -> Move:
    """A scenario as the beginning of walks."""
    return Move(0, scenario)


def moves(of: CitedScenario) -> list[Move]:
    """The moves that are declared beside a beginning. Raises ConfigurationProblemError for one without a row."""
    manual = folders.named(of.manual)
    path = next(one for one in manual.explored if of.feature.endswith(f"{folders.EXPLORE}/{one.name}"))
    found = [one for one in in_file(path, manual) if not begins(one)]
    for one in found:
        if not (one.steps and (one.steps[0].ids or one.beyond)):
            raise ConfigurationProblemError(
                say(
                    f"{of.feature}: 「{one.name}」: 最初の文の上に、項番の注釈"
                    f"（# {of.ids[0] if of.ids else 'ID'} など）が要ります。",
                    f'{of.feature}: "{one.name}": above its first sentence there must be a comment with a row '
                    f"(such as # {of.ids[0] if of.ids else 'ID'}).",
                )
            )
    made = [Move(number, one) for number, one in enumerate(found, start=1)]
    check_facts(of, made, [Move(0, one) for one in in_file(path, manual) if begins(one)])
    return made


def check_facts(of: CitedScenario, known: list[Move], beginnings: list[Move]) -> None:
    """Raise ConfigurationProblemError for a fact that is asked for and never given: a word written in two ways."""
    given = frozenset[str]().union(*(one.tagged(GIVES) for one in (*known, *beginnings)))
    for one in known:
        for fact in sorted((one.tagged(NEEDS) | one.tagged(LACKS) | one.tagged(TAKES)) - given):
            raise ConfigurationProblemError(
                say(
                    f"{of.feature}: 「{one.scenario.name}」: 「{fact}」を得ること"
                    f"（@{GIVES}:{fact}）がどこにもありません"
                    f"{near(fact, given)}。",
                    f'{of.feature}: "{one.scenario.name}": nothing gives "{fact}" '
                    f'("@{GIVES}:{fact}"){near(fact, given)}.',
                )
            )


def named(of: CitedScenario, numbers: str) -> Walk:
    """The walk of a command line. Raises ConfigurationProblemError for what is no move, or not possible there."""
    known, walk = {str(one.number): one for one in moves(of)}, Walk(beginning(of))
    for number in filter(None, numbers.split(",")):
        move = known.get(number.strip())
        if move is None or not move.possible(walk.facts):
            why = (
                say("行える順ではありません", "not possible in this order")
                if move
                else say(
                    f"1 から {len(known)} までの数を「,」で並べてください",
                    f"must be numbers from 1 to {len(known)}, separated by commas",
                )
            )
            raise ConfigurationProblemError(
                say(
                    f"--walk {numbers}: {number}: {why}（始まり「{of.name}」）。",
                    f'--walk {numbers}: {number}: {why} (beginning: "{of.name}").',
                )
            )
        walk = walk.then(move)
    return walk
