"""`sekisho list`: procedures, their scenarios, and the rows of the manual that each cites."""

from __future__ import annotations

import json
from itertools import groupby

from rich.console import Console
from rich.table import Table

from sekisho.citations import CitedScenario
from sekisho.cli.selection import chosen


def show(manuals: list[str], *, as_json: bool) -> None:
    """Print the scenarios of these manuals (none: of all)."""
    found = chosen(manuals, [])
    if as_json:
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))  # noqa: T201 - its output
    else:
        Console().print(_table(found))


def _record(scenario: CitedScenario) -> dict[str, object]:
    return {
        "manual": scenario.manual,
        "procedure": scenario.procedure,
        "rule": scenario.rule,
        "scenario": scenario.name,
        "examples": scenario.examples,
        "ids": list(scenario.ids),
    }


def _table(found: list[CitedScenario]) -> Table:
    table = Table(title=f"シナリオ {sum(one.examples for one in found)} 件", title_justify="left", pad_edge=False)
    for column in ("手続き", "シナリオ", "項番"):
        table.add_column(column, overflow="fold")
    for (manual, procedure), group in groupby(found, key=lambda one: (one.manual, one.procedure)):
        for number, scenario in enumerate(group):
            name = f"{scenario.name}（{scenario.examples} 例）" if scenario.examples > 1 else scenario.name
            table.add_row("" if number else f"{manual} {procedure}", name, " ".join(scenario.ids))
        table.add_section()
    return table
