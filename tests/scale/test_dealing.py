"""A target file's accounts dealt to shards that run at the same time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sekisho.manual.selection import chosen
from sekisho.manual.shards import durations, split
from sekisho.target_file.dealing import share
from sekisho.target_file.model import AccountEntry, MailSource, Operator, Target
from sekisho.target_file.needs import needs, unmet
from sekisho.target_file.supply import supply


def target(manual: str, copies: int) -> Target:
    """A portal whose file has so many times the accounts that a whole run uses up."""
    return having(manual, [supply(needs(manual))] * copies)


def having(manual: str, sets: list[list[AccountEntry]]) -> Target:
    """A portal whose file has these sets of accounts."""
    accounts = tuple(renamed(one, copy) for copy, each in enumerate(sets) for one in each)
    operator = Operator(command=("ask-the-desk",))
    return Target(manual=manual, name="検証環境", sites={}, mail=MailSource(), accounts=accounts, operator=operator)


def renamed(entry: AccountEntry, copy: int) -> AccountEntry:
    """An account of another set; colleagues stay among themselves."""
    traits = {name: f"{value}-{copy}" if name == "company" else value for name, value in entry.traits.items()}
    return entry.model_copy(update={"user_id": f"{entry.user_id}-{copy}", "traits": traits})


def parts(manual: str, of: int) -> list[list[str]]:
    """The scenario ids of each shard."""
    return split([one for each in chosen([manual], []) for one in each.results], durations(), of)


def missing(a_target: Target, scenarios: list[str], folder: Path) -> set[str]:
    """The scenarios that would be BLOCKED."""
    return {one.scenario for one in unmet(a_target, folder, set(scenarios), allow_destructive=True)}


@pytest.mark.parametrize("manual", ["danshin", "gunma"])
@pytest.mark.parametrize("of", [1, 3, 8])
def test_every_account_is_in_exactly_one_shard(manual: str, of: int, tmp_path: Path) -> None:
    """Two machines never use the same one; what no scenario needs is dealt, too."""
    whole = target(manual, 2)
    dealt = [share(whole, tmp_path, parts(manual, of), number + 1).accounts for number in range(of)]

    assert Counter(one.user_id for each in dealt for one in each) == Counter(one.user_id for one in whole.accounts)


@pytest.mark.parametrize("manual", ["danshin", "gunma", "kihonet", "nec", "obn"])
def test_with_just_what_the_shards_use_up_nothing_is_blocked(manual: str, tmp_path: Path) -> None:
    """Wherever the recorded durations put a scenario, its shard gets the accounts that are there for it."""
    shards = parts(manual, 4)
    whole = having(manual, [supply(one for one in needs(manual) if one.scenario in part) for part in shards])

    for number, part in enumerate(shards, start=1):
        assert missing(share(whole, tmp_path, shards, number), part, tmp_path) == set()


@pytest.mark.parametrize("manual", ["danshin", "gunma", "kihonet", "nec", "obn"])
def test_a_set_of_accounts_for_each_shard_is_enough(manual: str, tmp_path: Path) -> None:
    """No shard needs more than a whole run does."""
    shards = parts(manual, 4)
    whole = target(manual, 4)

    for number, part in enumerate(shards, start=1):
        assert missing(share(whole, tmp_path, shards, number), part, tmp_path) == set()


def test_a_whole_in_one_part_keeps_every_account(tmp_path: Path) -> None:
    """--shard 1/1 is a run like any other."""
    whole = target("kihonet", 1)
    assert share(whole, tmp_path, parts("kihonet", 1), 1) == whole


def test_spare_accounts_are_shared_out(tmp_path: Path) -> None:
    """A scenario that fails may spoil an account: each shard gets some of what is left."""
    whole = target("nec", 6)
    sizes = [len(share(whole, tmp_path, parts("nec", 3), number).accounts) for number in (1, 2, 3)]

    assert sum(sizes) == len(whole.accounts)
    assert min(sizes) >= len(whole.accounts) / 4
