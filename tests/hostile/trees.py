"""Tables and lists with a few things changed, as JSON and TOML hold them: another value, none, or one too many."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

from hypothesis import strategies as st

WORDS = [
    *("", " ", "あ", "x" * 300, "x" * 100_000, "\x1b[31m", "\x00", "\u202e", "..", "../x", "/etc/passwd", "a/b", "CON"),
    *(
        "https://[",
        "https://a:99999/",
        "https://u:p@x/",
        "file:///etc/passwd",
        "http://x\nHost: y",
        "//",
        "javascript:1",
    ),
    *("2026-11-21", "2026-11-21T09:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "DAN-RULE-03"),
    *("DAN-RULE-01..999999", "PASS", "FAIL", ">=1, <", "{0.__class__}", "%s%n", "$(id)", "<script>", "danshin", "*"),
]
NUMBERS: list[Any] = [0, -1, 1, 10**18, 10**30, -(10**400), 0.5, 1e308, math.inf, -math.inf, math.nan, True, False]
OTHERS: list[Any] = [None, [], {}, [[]], {"": ""}, ["x"] * 3000, [[[[[[[[]]]]]]]], {"kind": "note"}, {"a": {"b": {}}}]
VALUES = st.sampled_from([*WORDS, *NUMBERS, *OTHERS]) | st.text(max_size=8) | st.integers() | st.floats()


@st.composite
def changed(draw: st.DrawFn, seeds: list[Any]) -> Any:  # noqa: ANN401 - a tree
    """One of these trees with something else in one place to three."""
    tree = copy.deepcopy(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 3))):
        places = _places(tree)
        if not places:
            return draw(VALUES)
        table, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["value", "value", "value", "none", "more", "twin"])):
            case "value":
                table[key] = draw(VALUES)
            case "none":
                del table[key]
            case "more" if isinstance(table, dict):
                table[draw(st.sampled_from(WORDS))] = draw(VALUES)
            case _:
                table[key] = copy.deepcopy(draw(st.sampled_from(places)))[0]
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - a tree
    """Every place that holds a value: the table or list, and the key."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    found = [(tree, key) for key, _ in pairs]
    for _, value in list(pairs):
        found += _places(value)
    return found


def toml(tree: dict[str, Any]) -> str:
    """A table as TOML: each key with its value in one line."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in tree.items())


def _value(value: Any) -> str:  # noqa: ANN401 - a tree
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {_value(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case float():
            return repr(value)
        case None:
            return '""'
        case _:
            return json.dumps(value, default=str)
