"""Which scenarios the options --manual and --select mean. Wrong names are refused with the nearest known ones."""

from __future__ import annotations

import re
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from sekisho.citations import CitedScenario, scenarios
from sekisho.manual import manuals, members, rows
from sekisho.verdict import ConfigurationProblemError

GLOB = re.compile(r"[*?\[]")


def check_manuals(names: list[str]) -> None:
    """Raise ConfigurationProblemError for a manual that the step list does not have."""
    known = manuals()
    for name in names:
        if name not in known:
            raise ConfigurationProblemError(f"--manual {name}: そのマニュアルはありません（{' / '.join(known)}）。")


def chosen(names: list[str], patterns: list[str]) -> list[CitedScenario]:
    """The scenarios of these manuals (none: of all) that a pattern means (none: every one).

    Raises ConfigurationProblemError for an unknown manual, an unknown id, and a pattern that means no scenario.
    """
    check_manuals(names)
    offered = [one for one in scenarios() if not names or one.manual in names]
    wanted = [_meant(pattern, offered) for pattern in patterns]
    return [one for one in offered if not patterns or any(one in found for found in wanted)]


def _meant(pattern: str, offered: list[CitedScenario]) -> list[CitedScenario]:
    found = [one for one in offered if matches(pattern, one)]
    if not found:
        raise ConfigurationProblemError(f"--select {pattern}: {_why_none(pattern, offered)}")
    return found


def matches(pattern: str, scenario: CitedScenario) -> bool:
    """Whether an id, a range or a glob of ids, a procedure or part of a scenario's name means this scenario."""
    if pattern in (scenario.procedure, PurePosixPath(scenario.feature).stem) or pattern in scenario.name:
        return True
    return any(fnmatchcase(name, one) for one in _alternatives(pattern) for name in scenario.ids)


def _alternatives(pattern: str) -> tuple[str, ...]:
    # A range of ids stands for its members; anything else for itself.
    try:
        return members(pattern)
    except ValueError:
        return (pattern,)


def _why_none(pattern: str, offered: list[CitedScenario]) -> str:
    known_ids = [one for row in rows() for one in (row.id, *row.members)]
    if pattern in known_ids:
        return "マニュアルにある項番ですが、引用しているシナリオがありません。"
    if GLOB.search(pattern):
        return "当てはまる項番もシナリオもありません。`sekisho list` で一覧できます。"
    names = [name for one in offered for name in (*one.ids, one.procedure, one.name)]
    nearest = get_close_matches(pattern.upper(), dict.fromkeys([*names, *known_ids]), n=3, cutoff=0.6)
    hint = f"近いもの: {'、'.join(nearest)}" if nearest else "`sekisho list` で一覧できます。"
    return f"そのような項番もシナリオもありません。{hint}"
