"""`sekisho list`: procedures, their scenarios, and the rows of the manual that each cites."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby

from rich.console import Console
from rich.markup import escape

from sekisho.language import say
from sekisho.manual.citations import CitedScenario
from sekisho.manual.selection import chosen


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
        "results": scenario.results,
    }


def _print(console: Console, found: list[CitedScenario]) -> None:
    for (manual, procedure), group in groupby(found, key=lambda one: (one.manual, one.procedure)):
        console.print(f"[bold]{manual} {escape(procedure)}[/]")
        for scenario in group:
            number = scenario.examples
            examples = say(f"（{number} 例）", f" ({number} examples)") if number > 1 else ""
            console.print(f"  {escape(scenario.name)}{examples}  [dim]{' '.join(scenario.ids)}[/]")
    counts: Counter[str] = Counter()
    for scenario in found:
        counts[scenario.manual] += scenario.examples
    console.print(_sum(counts))


def _sum(counts: Counter[str]) -> str:
    each = [say(f"{manual} {count} 件", f"{manual} {count}") for manual, count in counts.items()]
    if len(counts) > 1:
        each.append(say(f"計 {counts.total()} 件", f"{counts.total()} in all"))
    return say(f"シナリオ {'、'.join(each)}（例を含む）", f"Scenarios: {', '.join(each)} (each example counts)")
