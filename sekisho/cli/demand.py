"""`sekisho check --explore`: how many users of which sort a full exploration takes, and how many the file has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from sekisho.cli.plainly import plainly
from sekisho.explore.beginning import User
from sekisho.explore.demand import Demand, demands, whole
from sekisho.language import say
from sekisho.manual.accounts import told
from sekisho.manual.folders import named
from sekisho.target_file import Target, examine


def record(path: Path) -> dict[str, Any]:
    """As JSON has it; empty for a file that cannot be read."""
    target = examine(path).target
    if target is None:
        return {}
    found = demands(named(target.manual))
    there = _there(target)
    users = [
        {"state": state, "traits": traits, "needed": needed, "there": there[state, traits]}
        for (state, traits), needed in sorted(whole(found).items())
    ]
    return {
        "procedures": [{"name": _title(one), "cells": one.cells, "clear": one.clear} for one in found],
        "users": users,
    }


def show(path: Path) -> None:
    """Print it."""
    found, console = record(path), Console()
    if not found.get("procedures"):
        return
    for line in _lines(found):
        console.print(line, soft_wrap=True, highlight=False)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield say("\n探索（sekisho explore）", "\nExploration (sekisho explore)")
    for one in found["procedures"]:
        number = one["cells"]
        cells = say("数は不明", "number unknown") if number is None else say(f"{number} セル", f"cells: {number}")
        more = "" if one["clear"] else say("、ほかにも利用者が要る", ", takes further users")
        yield f"     {plainly(one['name'])}: {cells}{more}"
    yield say(
        "  すべて実行すると使い切る利用者（セルごとに 1 組と、障害の無い 1 回）",
        "  Users that all of it takes (one set for each cell, and once without a fault)",
    )
    for one in found["users"]:
        sort = plainly(" ".join(filter(None, (one["state"], one["traits"]))))
        needed, there = one["needed"], one["there"]
        yield f"     {sort}: " + say(f"{needed} 人（ファイルに {there} 人）", f"{needed} (in the file: {there})")
    yield say(
        "  セルの数は模擬認証局での数です。このポータルでの数は、手順を一度実行すると分かります。",
        "  The cells are those at the mock CA. How many this portal has is known once a procedure was carried out.",
    )


def _title(one: Demand) -> str:
    return f"{one.procedure.procedure} / {one.procedure.name}"


def _there(target: Target) -> Counter[User]:
    """The accounts of a file, by state and traits."""
    return Counter((one.state, told(one.traits)) for one in target.accounts)
