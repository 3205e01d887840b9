"""In which orders two people, or two hands, can take the steps of two tabs, and which of these tell something new.

A step is what a lane does between two moments at which the other may come in between. Steps that exchange nothing with
the portal cannot be told apart by it, wherever they stand: they belong to the step before which they are said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

LETTERS = {
    "double": "二度押しする",
    "back": "「戻る」を押してやり直す",
    "reload": "再読み込みする",
    "duplicate": "タブを複製して、両方で続ける",
}
"""What an impatient or uncertain user does besides: the names in results, and the words for a person."""


@dataclass(frozen=True)
class Interleaving:
    """One order of the steps, such as AABAB, and at most one letter at one of them."""

    order: str
    letter: str = ""
    at: int = 0
    """At which step of the order the letter stands, from 1; 0 without one."""

    @property
    def steps(self) -> list[str]:
        """Each step by its lane and its number there, such as A1, A2, B1."""
        return [f"{lane}{self.order[: place + 1].count(lane)}" for place, lane in enumerate(self.order)]

    @property
    def switches(self) -> int:
        """How often the user turns to the other tab."""
        return sum(one != other for one, other in zip(self.order, self.order[1:], strict=False))

    @property
    def torn(self) -> int:
        """In how many lanes the other one comes in before the last step: between what was shown and what is done."""
        return sum(self._torn(lane) for lane in set(self.order))

    def _torn(self, lane: str) -> bool:
        places = [place for place, one in enumerate(self.order) if one == lane]
        return len(places) > 1 and places[-1] - places[-2] > 1


@dataclass(frozen=True)
class Counted:
    """How many orders there are, and why fewer are carried out."""

    all: int
    """Of all sentences of both lanes."""
    silent: int
    """Of these left out: they differ only in where sentences stand that exchange nothing with the portal."""
    mirrored: int
    """Of these left out: both lanes say the same, and only the names of the tabs are exchanged."""


def interleavings(a: int, b: int, *, mirrored: bool) -> list[Interleaving]:
    """Every order of so many steps in each lane, the most telling first; of mirrored ones, those that begin with A.

    What goes wrong between tabs goes wrong because a tab acts on what it showed before the other one did something.
    So those come first in which that happens to both lanes before their last step, then to one; then those with most
    switches, for the same reason; then in the order of letters.
    """
    found = [one for one in _orders(a, b) if not mirrored or one.order.startswith("A")]
    return sorted(found, key=lambda one: (-one.torn, -one.switches, one.order))


def counted(sentences: tuple[int, int], steps: tuple[int, int], *, mirrored: bool) -> Counted:
    """What is left out, from how many sentences and steps each lane has."""
    every, told = comb(sum(sentences), sentences[0]), comb(sum(steps), steps[0])
    return Counted(every, every - told, told // 2 if mirrored else 0)


def with_letters(a: int, b: int, acting: dict[str, set[int]]) -> Iterator[Interleaving]:
    """One letter at each step that changes something (`acting`: their numbers by lane, from 1).

    There would be too many to put each letter into each order. They stand in the plainest one, in which the second tab
    begins when the first has come to its end: what a letter alone does wrong, and what it leaves behind for the other
    tab, shows there with the least that happens. Of a tab that is yet to be opened there is no copy.
    """
    order = "A" * a + "B" * b
    for letter in LETTERS:
        for place, lane in enumerate(order, start=1):
            number = order[:place].count(lane)
            if number in acting[lane] and not (letter == "duplicate" and number == 1):
                yield Interleaving(order, letter, place)


def _orders(a: int, b: int) -> Iterator[Interleaving]:
    for places in combinations(range(a + b), a):
        yield Interleaving("".join("A" if place in places else "B" for place in range(a + b)))
