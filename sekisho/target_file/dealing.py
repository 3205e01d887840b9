"""The accounts of a target file dealt to the shards of a run: no account is used in two of them at the same time.

Every machine works the same deal out for itself. A shard gets what its scenarios use up or borrow, as far as the file
has it, and of what is then left its share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from sekisho.manual.accounts import Need
from sekisho.target_file.model import AccountEntry, Target
from sekisho.target_file.needs import about, clockless, needs, told_by
from sekisho.target_file.people import Nobody, people
from sekisho.target_file.pool import Pool
from sekisho.verdict import BlockedError


def share(target: Target, folder: Path, shards: Sequence[Sequence[str]], number: int, times: int = 1) -> Target:
    """The target with the accounts of shard `number` (from 1) only, in the file's order.

    `shards` are the scenario ids of all of them, each of which is carried out so many `times`.
    """
    nobody = isinstance(people(target.operator, folder), Nobody)
    deal = _Deal(target, folder, len(shards), nobody=nobody)
    shard_of = {scenario: shard for shard, part in enumerate(shards) for scenario in part}
    groups = groupby(needs(target.manual), key=lambda one: one.scenario)
    wanted = [(shard_of[scenario], list(asked)) for scenario, asked in groups if scenario in shard_of]
    for shard, asked in wanted * times:
        if not (nobody and clockless(asked)):
            deal.serve(shard, [one for one in asked if not one.by_people])
    deal.rest()
    return target.model_copy(update={"accounts": deal.of(number - 1)})


class _Deal:
    """Who has which account so far, and which of these a scenario has used up."""

    def __init__(self, target: Target, folder: Path, shards: int, *, nobody: bool) -> None:
        self._accounts, self._shards, self._nobody, self._about = target.accounts, shards, nobody, about(target)
        self._days_left = {id(one): told_by(one, folder) for one in target.accounts}
        self._owner: dict[int, int] = {}
        self._used: set[int] = set()

    def serve(self, shard: int, users: list[Need]) -> None:
        """Find accounts for one scenario: first among those its shard has, then among all that nobody has."""
        own = [one for one in self._accounts if self._owner.get(id(one)) == shard and id(one) not in self._used]
        nobodys = [one for one in self._accounts if id(one) not in self._owner]
        planned = self._plan(users, own) or self._plan(users, [*own, *nobodys])
        for need, entry in zip(users, planned or (), strict=bool(planned)):
            self._owner[id(entry)] = shard
            if need.consumed:
                self._used.add(id(entry))

    def _plan(self, users: list[Need], accounts: list[AccountEntry]) -> list[AccountEntry] | None:
        try:
            return Pool(accounts, lambda one: self._days_left[id(one)], self._about, nobody=self._nobody).plan(users)
        except BlockedError:
            return None

    def rest(self) -> None:
        """Deal what no scenario needs, state by state in turn: a scenario that fails may spoil an account."""
        by_state = defaultdict(list)
        for one in self._accounts:
            if id(one) not in self._owner:
                by_state[one.state].append(one)
        for entries in by_state.values():
            for place, one in enumerate(entries):
                self._owner[id(one)] = place % self._shards

    def of(self, shard: int) -> tuple[AccountEntry, ...]:
        """The accounts of a shard."""
        return tuple(one for one in self._accounts if self._owner[id(one)] == shard)
