"""Parts of a run: every scenario in exactly one of them, the same on every machine, and all about equally long."""

from __future__ import annotations

import itertools
import random
import statistics

import pytest

from sekisho.manual.citations import scenarios
from sekisho.manual.shards import Shard, durations, members, parse, split
from sekisho.verdict import ConfigurationProblemError

EVERY = [one for each in scenarios() for one in each.results]


@pytest.mark.parametrize("of", [1, 2, 3, 7, 8, 64, len(EVERY) + 5])
def test_every_scenario_is_in_exactly_one_shard(of: int) -> None:
    """Of any number of shards, also of more than there are scenarios."""
    dealt = [members(EVERY, Shard(number, of)) for number in range(1, of + 1)]

    assert sorted(itertools.chain(*dealt)) == sorted(EVERY)


def test_the_order_in_which_scenarios_are_found_does_not_matter() -> None:
    """Another machine may read its folders in another order."""
    mixed = random.Random(5).sample(EVERY, len(EVERY))  # noqa: S311 - an order, not a secret

    assert split(mixed, durations(), 8) == split(EVERY, durations(), 8)


@pytest.mark.parametrize("of", [2, 4, 8, 16])
def test_all_shards_take_about_as_long(of: int) -> None:
    """By the recorded durations, the longest shard exceeds the mean by less than a twentieth."""
    usual = statistics.fmean(durations().values())
    sums = [sum(durations().get(one, usual) for one in part) for part in split(EVERY, durations(), of)]

    assert max(sums) / statistics.fmean(sums) < 1.05


def test_the_longest_are_dealt_first() -> None:
    """By hand: 5 | 4, then 3 to the second, 3 to the first, and 1 to the second."""
    seconds = {"a": 3.0, "b": 5.0, "c": 3.0, "d": 4.0, "e": 1.0}

    assert split(list(seconds), seconds, 2) == [["b", "c"], ["d", "a", "e"]]


def test_a_scenario_without_a_record_counts_as_the_mean() -> None:
    """Of 6 and 2 the mean is 4: the new one goes where the 2 would have gone."""
    assert split(["known", "short", "new"], {"known": 6.0, "short": 2.0}, 2) == [["known"], ["new", "short"]]


def test_nearly_every_scenario_has_a_recorded_duration() -> None:
    """Otherwise the table is out of date: `python scripts/durations.py RUN` records it anew."""
    assert len(durations().keys() & set(EVERY)) >= 0.9 * len(EVERY)


@pytest.mark.parametrize(
    "text",
    ["", "2", "0/8", "9/8", "2/0", "-1/8", "1/8/2", "1 / 8", "a/b", "１/８", "1/10000", "01/8", "1/8\n"],
)
def test_what_names_no_part_is_refused_with_the_form(text: str) -> None:
    """The sentence repeats what was typed and shows how it should look."""
    with pytest.raises(ConfigurationProblemError) as refused:
        parse(text)

    assert f"--shard {text}" in str(refused.value)
    assert "1/8" in str(refused.value)


def test_a_part_is_written_as_it_is_typed() -> None:
    """Run results carry it."""
    assert str(parse("2/8")) == "2/8"
    assert parse("8/8") == Shard(8, 8)
