"""The order of values in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pages.amounts import ungrouped
from pages.dialect import narrow, plain
from sekisho.language import counted, say
from sekisho.verdict import BlockedError, ConfigurationProblemError
from steps.times import moments

ORDERS = {"昇順": False, "降順": True}
NUMBER = re.compile(r"(?:(?<!\w)[-−▲△])?\d+(?:\.\d+)?")
SIGNED = re.compile("^[−▲△]")
CODE = re.compile("[A-Za-z-]")


def check_order(order: str) -> bool:
    """Whether an order is the descending one. Raises ConfigurationProblemError for what is none."""
    if order not in ORDERS:
        raise ConfigurationProblemError(
            say(
                f"シナリオの「{order}」: 使えるのは {'、'.join(ORDERS)} です。",
                f'"{order}" in the scenario: must be one of {", ".join(ORDERS)}.',
            )
        )
    return ORDERS[order]


def check_several(column: str, values: Sequence[str]) -> None:
    """Raise BlockedError where a list cannot show in which order it is."""
    kinds = len({one for one in values if plain(one)})
    if kinds < 2:
        raise BlockedError(
            say(
                f"「{column}」の値が {kinds} 種類しかなく、並びを確かめられない",
                f'"{column}" has {counted(kinds, "value")}: no order can be seen',
            )
        )


def in_order(values: Sequence[str], *, descending: bool) -> bool:
    """Whether values come in an order: as moments where all are, as numbers where all are, else as their signs.

    What is empty stands at either end. Codes may come by their numbers or by their signs: K-9, K-10 or K-10, K-9.
    """
    said = [one for one in values if plain(one)]
    return any(keys == sorted(keys, reverse=descending) for keys in _ways(said))


def _ways(values: Sequence[str]) -> Iterator[list[tuple[object, ...]]]:
    """What values are compared by, in each way in which they may be."""
    dated = [list(moments(one)) for one in values]
    if all(dated):
        timed = all(one[0][1] for one in dated)
        yield [one[0] if timed else one[0][:1] for one in dated]
        return
    bare = [ungrouped(narrow(one)) for one in values]
    shapes = {NUMBER.sub("0", one) for one in bare}
    alike = len(shapes) == 1 and "0" in next(iter(shapes))
    if alike:
        yield [tuple(float(SIGNED.sub("-", one)) for one in NUMBER.findall(text)) for text in bare]
    if not alike or any(map(CODE.search, shapes)):
        yield [(plain(one),) for one in bare]
