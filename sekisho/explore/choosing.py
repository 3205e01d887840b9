"""Which procedures and cells an exploration is about: by manual, by the patterns of --select, and by a budget."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sekisho import results
from sekisho.explore.cells import Case, cases, in_order, with_cells
from sekisho.manual import folders
from sekisho.manual.citations import CitedScenario, procedures, scenario_id
from sekisho.manual.selection import check_manuals, examples, refuse
from sekisho.results import Exchange
from sekisho.verdict import Verdict


def offered(manuals: Sequence[str]) -> list[CitedScenario]:
    """The procedures of these manuals (none: of all)."""
    check_manuals(list(manuals))
    return [
        one for manual in folders.known().values() if not manuals or manual.id in manuals for one in procedures(manual)
    ]


def to_record(manuals: Sequence[str], patterns: Sequence[str]) -> list[CitedScenario]:
    """The procedures that a pattern means, or of which it may mean cells: before a recording nobody knows their ids.

    Raises ConfigurationProblemError for a pattern that means nothing.
    """
    known = offered(manuals)
    for pattern in patterns:
        if not any(_may_mean(pattern, one) for one in known):
            refuse(pattern, known)
    return [one for one in known if not patterns or any(_may_mean(pattern, one) for pattern in patterns)]


def _may_mean(pattern: str, procedure: CitedScenario) -> bool:
    family = scenario_id(procedure, {}).rpartition("-")[0]
    return bool(examples(procedure, [pattern])) or pattern.startswith(f"{family}-")


def recorded(folder: Path, procedure: CitedScenario) -> list[Exchange]:
    """The exchanges of a procedure that was carried out undisturbed in this run; none unless that went well."""
    name = f"scenarios/{scenario_id(procedure, {})}.json"
    if not (folder / name).is_file():
        return []
    found = results.read_scenario(folder, name)
    return found.exchanges if found.verdict.passed else []


def chosen(folder: Path, procedure: CitedScenario, patterns: Sequence[str]) -> list[Case]:
    """The cells of a procedure that were asked for."""
    found = cases(procedure, recorded(folder, procedure))
    meant = examples(with_cells(procedure, found), patterns)
    return [one for one in found if one.values in meant]


def all_chosen(folder: Path, manuals: Sequence[str], patterns: Sequence[str], budget: int | None = None) -> list[Case]:
    """The cells of a run in order, without those that were decided already: the first `budget` of them."""
    found = [one for procedure in offered(manuals) for one in chosen(folder, procedure, patterns)]
    done = _decided(folder)
    return in_order(one for one in found if one.id not in done)[:budget]


def _decided(folder: Path) -> set[str]:
    """The cells that need not be carried out again: those that lacked an account, or a healthy machine, must be."""
    found = results.read_scenarios(folder)
    return {one.id for one in found if one.cell and one.verdict not in {Verdict.BLOCKED, Verdict.ERROR}}
