"""Which procedures and cells an exploration is about: by manual, kind, the patterns of --select, and a budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from sekisho import results
from sekisho.explore import kinds as of_exploration
from sekisho.explore.cells import Case, in_order, with_cells
from sekisho.explore.kinds import kind_of
from sekisho.manual import folders
from sekisho.manual.citations import CitedScenario, procedures, scenario_id
from sekisho.manual.selection import check_manuals, check_pattern, examples, refuse
from sekisho.results import Scenario
from sekisho.verdict import Verdict

VALUES = re.compile("（")  # what stands between the name of a procedure and the values of a cell


def offered(manuals: Sequence[str], kinds: Sequence[str] = ()) -> list[CitedScenario]:
    """The procedures of these manuals and kinds (none: of all)."""
    check_manuals(list(manuals))
    of_exploration.check(kinds)
    meant = [manual for manual in folders.known().values() if not manuals or manual.id in manuals]
    found = [one for manual in meant for one in procedures(manual)]
    return [one for one in found if not kinds or kind_of(one.feature).name in kinds]


def to_explore(manuals: Sequence[str], patterns: Sequence[str], kinds: Sequence[str] = ()) -> list[CitedScenario]:
    """The procedures that a pattern means, or of which it may mean cells: before a recording nobody knows their ids.

    Raises ConfigurationProblemError for a pattern that means nothing.
    """
    known = offered(manuals, kinds)
    for pattern in patterns:
        check_pattern(pattern, known)
        if not any(_may_mean(pattern, one) for one in known):
            refuse(pattern, known)
    return [one for one in known if not patterns or any(_may_mean(pattern, one) for pattern in patterns)]


def _may_mean(pattern: str, procedure: CitedScenario) -> bool:
    family, kind = scenario_id(procedure, {}).rpartition("-")[0], kind_of(procedure.feature)
    values = tuple(one.values for one in kind.known(procedure)) if kind.known else kind.imagined
    imagined = replace(procedure, values=({}, *values))
    copied = any(f"{name}: " in pattern for one in values for name in one)  # a part of a cell's name, from a report
    *names, _ = VALUES.split(pattern, maxsplit=1)
    ends = all(fnmatchcase(procedure.name, f"*{name}") for name in names)
    return pattern.startswith(f"{family}-") or (copied and ends) or bool(examples(imagined, [pattern]))


def recorded(folder: Path, procedure: CitedScenario) -> Scenario | None:
    """How a procedure was carried out undisturbed in this run; nothing unless that went well."""
    name = f"scenarios/{scenario_id(procedure, {})}.json"
    if not (folder / name).is_file():
        return None
    found = results.read_scenario(folder, name)
    return found if found.verdict.passed else None


def cells(folder: Path, procedure: CitedScenario, depth: int = 1) -> list[Case]:
    """What can be tried in a procedure in one place, or in two; nothing before what comes before was carried out."""
    undisturbed, kind = recorded(folder, procedure), kind_of(procedure.feature)
    if kind.known:
        return list(kind.known(procedure)) if depth == 1 else []
    if undisturbed is None:
        return []
    if depth == 1:
        return list(kind.cases(procedure, undisturbed))
    done = {one.id: one for one in results.read_scenarios(folder) if one.cell and one.verdict.passed}
    return list(kind.deeper(procedure, undisturbed, done))


def unrecorded(folder: Path, found: Sequence[CitedScenario]) -> list[CitedScenario]:
    """The procedures that must first be carried out undisturbed, or nobody knows what can be tried in them.

    One that was decided otherwise than by passing has no cells: it is not carried out again.
    """
    done = _decided(folder)
    return [one for one in found if kind_of(one.feature).known is None and scenario_id(one, {}) not in done]


def chosen(folder: Path, procedure: CitedScenario, patterns: Sequence[str], depth: int = 1) -> list[Case]:
    """The cells of a procedure that were asked for."""
    found = cells(folder, procedure, depth)
    meant = examples(with_cells(procedure, found), patterns)
    return [one for one in found if one.values in meant]


def absent(
    folder: Path, manuals: Sequence[str], patterns: Sequence[str], kinds: Sequence[str] = (), depth: int = 1
) -> list[str]:
    """The patterns of which, now that every procedure is recorded, it is known that they mean nothing.

    A procedure that failed undisturbed has no cells, and any that a pattern may mean is among those.
    """
    return [one for one in patterns if not any(_means(folder, each, one, depth) for each in offered(manuals, kinds))]


def _means(folder: Path, procedure: CitedScenario, pattern: str, depth: int) -> bool:
    if not _may_mean(pattern, procedure):
        return False
    if kind_of(procedure.feature).known or recorded(folder, procedure) is None or examples(procedure, [pattern]):
        return True
    return any(chosen(folder, procedure, [pattern], at) for at in range(1, depth + 1))


def all_chosen(
    folder: Path, manuals: Sequence[str], patterns: Sequence[str], kinds: Sequence[str] = (), depth: int = 1
) -> list[Case]:
    """The cells of a run in order, whether they were carried out already or not."""
    found = [one for procedure in offered(manuals, kinds) for one in chosen(folder, procedure, patterns, depth)]
    return in_order(found)


def undecided(folder: Path, found: Sequence[Case]) -> list[Case]:
    """Those of some cells that are still to be carried out."""
    done = _decided(folder)
    return [one for one in found if one.id not in done]


def _decided(folder: Path) -> set[str]:
    """What need not be carried out again: what lacked an account, or a healthy machine, must be."""
    return {one.id for one in results.read_scenarios(folder) if one.verdict not in {Verdict.BLOCKED, Verdict.ERROR}}
