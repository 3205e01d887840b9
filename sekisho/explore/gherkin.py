"""A walk as a scenario: what its moves say in their file, one behind the other, to be pasted into a feature and run."""

from __future__ import annotations

import re
from itertools import takewhile

from sekisho.explore.moves import Move, Walk
from sekisho.manual import folders
from sekisho.manual.citations import CitedScenario

HEADER = re.compile(r"\s*(シナリオ|シナリオアウトライン|背景|ルール|例|機能)\s*[:：]")
BELOW = re.compile(r"\s*(@|#|$)")
TABLE = re.compile(r"\s*\|")
INDENT = "    "


def written(walk: Walk) -> str:
    """The feature: the manual's own background, and the one scenario."""
    one = walk.beginning.scenario
    lines = ["# language: ja", f"機能: {one.procedure}", "", *_background(one), f"  シナリオ: {one.name}"]
    for move in (walk.beginning, *walk.moves):
        lines += [f"{INDENT}# {move.number}. {move.scenario.name}"] * bool(move.number) + _sentences(move)
    return "\n".join(lines) + "\n"


def _source(one: CitedScenario) -> list[str]:
    manual = folders.named(one.manual)
    path = next(each for each in manual.explored if one.feature.endswith(f"/{each.name}"))
    return folders.text_of(path).splitlines()


def _sentences(move: Move) -> list[str]:
    """Its sentences with their tables, and the comments above them that cite rows."""
    source, steps = _source(move.scenario), move.scenario.steps
    first = steps[0].line - 1
    while not HEADER.match(source[first - 1]):
        first -= 1
    last = steps[-1].line
    table = list(takewhile(TABLE.match, source[last:]))
    return [f"{INDENT}{line.strip()}" if not TABLE.match(line) else line for line in source[first:last] + table]


def _background(one: CitedScenario) -> list[str]:
    source = _source(one)
    begin = next((number for number, line in enumerate(source) if line.strip().startswith("背景")), None)
    if begin is None:
        return []
    sentences = takewhile(lambda line: not (HEADER.match(line) or BELOW.match(line)), source[begin + 1 :])
    return [source[begin], *sentences, ""]
