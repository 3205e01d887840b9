"""Which scenarios to ask first: those that notice a defect of the same function or file."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast

from sekisho.manual.citations import scenarios
from tests.scenarios.expectations import expectations

from .making import ROOT, Mutant, function_of

NAME = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')


def first(names: list[str], one: Mutant, root: Path = ROOT) -> list[str]:
    """These scenarios, the most telling first: those that notice a defect of the function, then one of the file."""
    its, near = telling(one, root), _red_with(set().union(*_defects(root, one.key.file).values()))
    return sorted(names, key=lambda each: (each not in its, each not in near))


def telling(one: Mutant, root: Path = ROOT) -> set[str]:
    """The scenarios that must go red with a defect which the mutant's function can have."""
    return _red_with(_defects(root, one.key.file).get(one.key.function, set()))


def _red_with(defects: set[str]) -> set[str]:
    return {each for defect in defects for each in _red()[defect]}


@cache
def _defects(root: Path, file: str) -> dict[str, set[str]]:
    """The names of defects in each function of a file."""
    nodes = ast_nodes(get_ast((root / file).read_text(encoding="utf-8")))
    return {function_of(node.name): set(NAME.findall(node.get_code())) for node in nodes if node.type == "funcdef"}


@cache
def _red() -> dict[str, set[str]]:
    """The ids of the scenarios that each defect turns red."""
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in scenarios():
        for values, result in zip(one.values, one.results, strict=True):
            ids[one.manual, one.name].add(result)
            ids[one.manual, f"{one.name} [{' '.join(values.values())}]"].add(result)
    found: dict[str, set[str]] = defaultdict(set)
    for pair, expected in expectations().items():
        found[pair.defect] |= {result for name in expected.red for result in ids[pair.manual, name]}
    return found
