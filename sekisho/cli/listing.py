"""`sekisho list`: procedures, their scenarios, and the rows of the manual that each cites."""

from __future__ import annotations

import json
from itertools import groupby

from rich.console import Console
from rich.markup import escape

from sekisho.citations import CitedScenario
from sekisho.selection import chosen


def show(manuals: list[str], *, as_json: bool) -> None:
    """Print the scenarios of these manuals (none: of all)."""
    found = chosen(manuals, [])
    if as_json:
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))  # noqa: T201 - its output
    else:
        _print(Console(soft_wrap=True, highlight=False), found)


def _record(scenario: CitedScenario) -> dict[str, object]:
    return {
        "manual": scenario.manual,
        "procedure": scenario.procedure,
        "rule": scenario.rule,
        "scenario": scenario.name,
        "examples": scenario.examples,
        "ids": list(scenario.ids),
    }


def _print(console: Console, found: list[CitedScenario]) -> None:
    for (manual, procedure), group in groupby(found, key=lambda one: (one.manual, one.procedure)):
        console.print(f"[bold]{manual} {escape(procedure)}[/]")
        for scenario in group:
            examples = f"（{scenario.examples} 例）" if scenario.examples > 1 else ""
            console.print(f"  {escape(scenario.name)}{examples}  [dim]{' '.join(scenario.ids)}[/]")
    console.print(f"シナリオ {sum(one.examples for one in found)} 件（例を含む）")
