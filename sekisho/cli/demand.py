"""`sekisho check --explore`: how many users of which sort a full exploration takes, and how many the file has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console

from sekisho.cli.plainly import plainly
from sekisho.explore.demand import Demand, User, demands, whole
from sekisho.manual.accounts import told
from sekisho.manual.folders import named
from sekisho.target_file import Target, examine

ESTIMATED = "セルの数は模擬認証局での数です。このポータルでの数は、手順を一度実行すると分かります。"


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
    return {"procedures": [{"name": _title(one), "cells": one.cells} for one in found], "users": users}


def show(path: Path) -> None:
    """Print it."""
    found, console = record(path), Console()
    if not found.get("procedures"):
        return
    console.print("\n探索（sekisho explore）", highlight=False)
    for one in found["procedures"]:
        cells = "数は不明" if one["cells"] is None else f"{one['cells']} セル"
        console.print(f"     {plainly(one['name'])}: {cells}", soft_wrap=True, highlight=False)
    console.print("  すべて実行すると使い切る利用者（セルごとに 1 組と、障害の無い 1 回）", highlight=False)
    for one in found["users"]:
        sort = plainly(" ".join(filter(None, (one["state"], one["traits"]))))
        console.print(
            f"     {sort}: {one['needed']} 人（ファイルに {one['there']} 人）", soft_wrap=True, highlight=False
        )
    console.print(f"  {ESTIMATED}", soft_wrap=True, highlight=False)


def _title(one: Demand) -> str:
    return f"{one.procedure.procedure} / {one.procedure.name}"


def _there(target: Target) -> Counter[User]:
    """The accounts of a file, by state and traits."""
    return Counter((one.state, told(one.traits)) for one in target.accounts)
