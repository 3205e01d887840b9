"""Which scenarios the options --manual and --select mean. Wrong names are refused with the nearest known ones.

A pattern of --select is a row's id, a range of ids, a procedure, a scenario's name or a part of it, or the id of one
result, as a report shows it; ids and names may be written with * and ?.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import NoReturn

from sekisho.language import Pair, say
from sekisho.machine.remedies import command
from sekisho.manual.checking import check
from sekisho.manual.citations import CitedScenario, is_explored, scenario_id, scenarios
from sekisho.manual.folders import options
from sekisho.manual.rows import manuals, members, rows
from sekisho.manual.titles import titled
from sekisho.verdict import ConfigurationProblemError

GLOB = re.compile(r"[*?\[]")
LONGEST = 200  # letters of a name, with which others are compared
MOST_SHOWN = 12  # names of procedures
LISTED = Pair("「{}」で一覧できます。", "`{}` lists them.")


def check_manuals(names: list[str]) -> None:
    """Raise ConfigurationProblemError for a manual that the step list does not have."""
    check()
    known = manuals()
    for name in names:
        if name not in known:
            raise ConfigurationProblemError(
                say(
                    f"--manual {name}: その手順書はありません（{' / '.join(known)}）。",
                    f"--manual {name}: there is no such manual ({' / '.join(known)}).",
                )
            )


def chosen(names: list[str], patterns: list[str]) -> list[CitedScenario]:
    """The scenarios of these manuals (none: of all) that a pattern means (none: every one), with the examples meant.

    Raises ConfigurationProblemError for an unknown manual, an unknown id, and a pattern that means no scenario.
    """
    check_manuals(names)
    offered = [one for one in scenarios() if not names or one.manual in names]
    for pattern in patterns:
        check_pattern(pattern, offered)
        if not any(examples(one, [pattern]) for one in offered):
            refuse(pattern, offered)
    return [replace(one, values=meant) for one in offered if (meant := examples(one, patterns))]


def check_pattern(pattern: str, offered: list[CitedScenario]) -> None:
    """Raise ConfigurationProblemError for a blank one.

    It is a variable of a script that is not set; as a part of a name it would mean all.
    """
    if not pattern.strip():
        listed = _listed(offered)
        raise ConfigurationProblemError(
            say(f"--select '{pattern}': 空です。{listed}", f"--select '{pattern}': is empty. {listed}")
        )


def refuse(pattern: str, offered: list[CitedScenario]) -> NoReturn:
    """Raise ConfigurationProblemError saying why a pattern means none of these scenarios."""
    shown = pattern if len(pattern) <= LONGEST else f"{pattern[:LONGEST]}…"
    raise ConfigurationProblemError(f"--select {shown}: {_why_none(pattern, offered)}")


def examples(scenario: CitedScenario, patterns: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Those of a scenario's examples that one of the patterns means (no pattern: all); for a plain one `({},)`."""
    if not patterns or any(_means(pattern, scenario) for pattern in patterns):
        return scenario.values
    return tuple(values for values in scenario.values if any(_named(one, scenario, values) for one in patterns))


def _means(pattern: str, scenario: CitedScenario) -> bool:
    """Whether a pattern means a scenario as a whole, with all its examples."""
    if pattern in (scenario.procedure, PurePosixPath(scenario.feature).stem) or pattern in scenario.name:
        return True
    return any(fnmatchcase(name, one) for one in _alternatives(pattern) for name in (*scenario.ids, scenario.name))


def _named(pattern: str, scenario: CitedScenario, values: dict[str, str]) -> bool:
    """Whether a pattern means one example, by its result's id or by its name as a report shows it."""
    title = titled(scenario.name, values)
    return pattern in title or any(fnmatchcase(one, pattern) for one in (title, scenario_id(scenario, values)))


def _alternatives(pattern: str) -> tuple[str, ...]:
    # A range of ids stands for its members; anything else for itself.
    try:
        return members(pattern)
    except ValueError:
        return (pattern,)


def _titles(scenario: CitedScenario) -> list[str]:
    return [titled(scenario.name, values) for values in scenario.values]


def _why_none(pattern: str, offered: list[CitedScenario]) -> str:
    known_ids = [one for row in rows() for one in (row.id, *row.members)]
    explored = any(is_explored(one.feature) for one in offered)
    if explored and (pattern in known_ids or _in_scenarios(pattern)):
        return say(
            f"シナリオを選ぶ言葉ですが、探索するものには当てはまりません。{_listed(offered)}",
            f"means scenarios, but nothing that is explored. {_listed(offered)}",
        )
    if pattern in known_ids:
        return say(
            "手順書にある項番ですが、引用しているシナリオがありません。",
            "the manual has this row, but no scenario cites it.",
        )
    if GLOB.search(pattern) or len(pattern) > LONGEST:
        return say(
            f"当てはまる項番もシナリオもありません。{_listed(offered)}",
            f"no row and no scenario matches. {_listed(offered)}",
        )
    names = [name for one in offered for name in (*one.ids, one.procedure, *_titles(one), *one.results)]
    known = dict.fromkeys([*names, *known_ids])
    nearest = [*get_close_matches(pattern.upper(), known, n=3, cutoff=0.6), *get_close_matches(pattern, known, n=3)][:3]
    hint = say(f"近いもの: {'、'.join(nearest)}", f"Near it: {', '.join(nearest)}") if nearest else _listed(offered)
    return say(f"そのような項番もシナリオもありません。{hint}", f"there is no such row or scenario. {hint}")


def _in_scenarios(pattern: str) -> bool:
    return any(examples(one, [pattern]) for one in scenarios())


def _listed(offered: list[CitedScenario]) -> str:
    """Where to see what there is; of procedures to explore, which are in no list, the names themselves."""
    names = list(dict.fromkeys(one.name for one in offered if is_explored(one.feature)))
    if not names:
        return str(LISTED).format(command("list", *options()))
    shown = [*names[:MOST_SHOWN], *(["…"] if len(names) > MOST_SHOWN else [])]
    return say(f"探索する手順: {'、'.join(shown)}", f"Procedures to explore: {', '.join(shown)}")
