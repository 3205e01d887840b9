"""Which values of a sentence are words of the dialect: read from the function that carries it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sekisho.manual.checking import tree
from sekisho.manual.sentences import Sentence

LOOKS_UP = "named"  # `Dialect.named(section, words)`


def sections(one: Sentence) -> dict[str, str]:
    """By the name of each such value, the section of the dialect in which its words must stand."""
    return dict(_looked_up(one.path, one.line))


@cache
def _looked_up(path: Path, line: int) -> tuple[tuple[str, str], ...]:
    module = tree(path)
    constants = dict(_constants(module))
    calls = [node for function in _at(module, line) for node in ast.walk(function) if isinstance(node, ast.Call)]
    return tuple(
        (words.id, section)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == LOOKS_UP and len(call.args) > 1
        if isinstance(words := call.args[1], ast.Name) and (section := _text(call.args[0], constants))
    )


def _at(module: ast.Module, line: int) -> Iterator[ast.FunctionDef]:
    """The function whose decorators or first line are there."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            first = min((one.lineno for one in node.decorator_list), default=node.lineno)
            if first <= line <= node.lineno:
                yield node


def _constants(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from ((one.id, node.value.value) for one in node.targets if isinstance(one, ast.Name))


def _text(node: ast.expr, constants: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return constants.get(node.id, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
