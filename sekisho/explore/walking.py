"""Walking: Hypothesis chooses moves, and where a walk fails looks for the shortest that fails in the same way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sekisho.explore.moves import Move, Walk

if TYPE_CHECKING:
    from hypothesis.stateful import RuleBasedStateMachine


@dataclass(frozen=True)
class Failure:
    """Where a walk went wrong against the manual."""

    sentence: str
    moves: int
    """How many moves were made, the one that failed among them."""
    did: str = ""
    """What the portal did instead."""


@dataclass(frozen=True)
class Hindered:
    """Where a walk could not go on, which says nothing against the portal."""

    why: BaseException
    moves: int
    """As of a failure; 0 where it could not even begin."""
    barred: bool
    """Whether only this move cannot be done here, and others can."""
    hopeless: bool
    """Whether the next walk would meet the same."""


Carrying = Callable[[Walk], Failure | Hindered | None]
"""Carries a walk out."""


@dataclass(frozen=True)
class Extent:
    """How far walks go."""

    walks: int = 20
    """How many are chosen; looking for a shorter one takes more."""
    length: int = 6
    """Moves in each, at most."""
    seed: int = 0
    minutes: float = 10
    """After which no further one is carried out."""
    database: str = ""
    """Folder of what failed in earlier nights, which is tried first; none where empty."""


@dataclass
class Tried:
    """What was walked."""

    outcomes: dict[Walk, str] = field(default_factory=dict)
    """The sentence at which each walk failed, of which nothing is kept behind it; empty for one that went well."""
    did: dict[Walk, str] = field(default_factory=dict)
    """Of each walk that failed: what the portal did instead."""
    unfinished: bool = False
    """Whether the time was over before all were tried."""
    hindered: BaseException | None = None
    """Why a walk could not be carried out."""

    @property
    def longest(self) -> Walk | None:
        """The longest walk of those that went well."""
        well = [walk for walk, wrong in self.outcomes.items() if not wrong]
        return max(well, key=lambda walk: len(walk.moves), default=None)

    @property
    def failing(self) -> list[Walk]:
        """The shortest walk for each way to fail, the shortest of them first."""
        shortest: dict[str, Walk] = {}
        for walk, wrong in sorted(self.outcomes.items(), key=lambda one: len(one[0].moves)):
            if wrong:
                shortest.setdefault(wrong, walk)
        return list(shortest.values())


class _Walker:
    """Carries walks out, each once, until the time is over."""

    def __init__(self, carry_out: Carrying, minutes: float) -> None:
        self.tried = Tried()
        self._carry_out, self._until = carry_out, time.monotonic() + 60 * minutes
        self._barred: list[Walk] = []
        self._hopeless = False

    def walk(self, walk: Walk) -> str:
        """The sentence at which a walk fails; empty where it does not, or where there is no time to find out."""
        known = self._known(walk)
        if known is not None:
            return known
        if self._hopeless or any(walk.begins_with(one) for one in self._barred):
            return ""
        if time.monotonic() > self._until:
            self.tried.unfinished = True
            return ""
        failure = self._carry_out(walk)
        if isinstance(failure, Hindered):
            self._hinder(walk, failure)
            return ""
        done = walk.up_to(failure.moves) if failure else walk
        self.tried.outcomes[done] = failure.sentence if failure else ""
        if failure:
            self.tried.did[done] = failure.did
        return self.tried.outcomes[done]

    def shorten(self, walk: Walk) -> None:
        """Leave out one move after the other while the rest fails at the same sentence.

        Hypothesis shortens for five minutes at most, in which a busy machine carries out few walks.
        """
        wrong = self.tried.outcomes[walk]
        if any(self.walk(one) == wrong for one in walk.shorter()):
            self.shorten(next(one for one in self.tried.failing if self.tried.outcomes[one] == wrong))

    def _hinder(self, walk: Walk, by: Hindered) -> None:
        """What came before a move that cannot be done here went well; of any other trouble the result must tell."""
        if by.barred:
            self._barred.append(walk.up_to(by.moves))
            self.tried.outcomes.setdefault(walk.up_to(by.moves - 1), "")
            return
        self.tried.hindered, self._hopeless = by.why, by.hopeless

    def _known(self, walk: Walk) -> str | None:
        """What a walk comes to that begins as one that failed, or is the beginning of one that went well."""
        for other, sentence in self.tried.outcomes.items():
            if walk.begins_with(other) if sentence else other.begins_with(walk):
                return sentence
        return None


def walked(beginning: Move, moves: Sequence[Move], extent: Extent, carry_out: Carrying) -> Tried:
    """Choose walks and carry them out."""
    from hypothesis import HealthCheck, Phase, Verbosity, seed, settings  # noqa: PLC0415 - half a second of import
    from hypothesis.database import DirectoryBasedExampleDatabase  # noqa: PLC0415
    from hypothesis.stateful import get_state_machine_test  # noqa: PLC0415

    walker = _Walker(carry_out, extent.minutes)
    how = settings(
        max_examples=extent.walks,
        stateful_step_count=extent.length,
        database=DirectoryBasedExampleDatabase(Path(extent.database)) if extent.database else None,
        deadline=None,
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
    )
    test: Any = seed(extent.seed)(get_state_machine_test(_machine(beginning, moves, walker.walk), settings=how))
    test._hypothesis_internal_use_settings = how  # noqa: SLF001 - a seed takes the database away
    try:
        test()
    except Exception:
        if not walker.tried.failing:  # what is no walk's failure is ours
            raise
    for walk in walker.tried.failing:
        walker.shorten(walk)
    return walker.tried


def _machine(beginning: Move, moves: Sequence[Move], walk: Callable[[Walk], str]) -> type[RuleBasedStateMachine]:
    """The moves as rules: each possible where its facts are. A walk is carried out when it has been chosen."""
    from hypothesis.stateful import RuleBasedStateMachine, precondition, rule  # noqa: PLC0415

    class Walking(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.walk = Walk(beginning)

        def teardown(self) -> None:
            if wrong := walk(self.walk):
                raise _failure(wrong)

    def move_of(move: Move) -> Any:  # noqa: ANN401 - what Hypothesis makes of it
        def go(self: Any) -> None:  # noqa: ANN401
            self.walk = self.walk.then(move)

        return rule()(precondition(lambda self: move.possible(self.walk.facts))(go))

    def nowhere(self: Any) -> None:  # noqa: ANN401 - nothing is possible any more
        assert self

    none = precondition(lambda self: not any(one.possible(self.walk.facts) for one in moves))
    rules = {f"move_{one.number}": move_of(one) for one in moves} | {"nowhere": rule()(none(nowhere))}
    name = f"Walking_{beginning.scenario.manual}_{beginning.scenario.name}"
    return type(name, (Walking,), rules)


_FAILURES: dict[str, type[Exception]] = {}


def _failure(wrong: str) -> Exception:
    """An exception of a kind of its own for each way to fail: Hypothesis shortens each by itself."""
    return _FAILURES.setdefault(wrong, type("WalkFailure", (Exception,), {}))(wrong)
