"""What of a sentence are words of the dialect, values and cells: read from the function that carries it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sekisho.layout import part
from sekisho.manual.checking import tree
from sekisho.manual.sentences import Said, Sentence

LOOKS_UP = {"named", "term", "terms"}  # `Dialect.named(section, words)`, `Dialect.term(words, *sections)`
TABLE = "datatable"  # how pytest-bdd calls what stands below a sentence
HEADINGS = "headings of the datatable"  # its first line

LookedUp = tuple[str, tuple[str, ...]]  # words, and in which sections of the dialect they may stand


def words(one: Sentence, said: Said) -> list[LookedUp]:
    """The words of the dialect that a sentence speaks of, as a scenario says it."""
    values, found = one.values(said.text), list[LookedUp]()
    for name, sections in _looked_up(one.path, one.line):
        if name in values:
            found.append((str(values[name]), sections))
        elif name == TABLE:
            found += [(row[0], sections) for row in said.table[1:]]
        elif name == HEADINGS:
            found += [(cell, sections) for cell in next(iter(said.table), ())]
    return found


@cache
def _looked_up(path: Path, line: int) -> tuple[LookedUp, ...]:
    """The names of such values, and of the table for its first column or line, with the sections."""
    return tuple(one for function in _at(tree(path), line) for one in _in(function, constants(path)))


@cache
def constants(path: Path) -> dict[str, str]:
    """The strings that a module has names for: its own, and those from modules of ours or beside it."""
    return {**_imported(tree(path), path), **dict(_own(tree(path)))}


def _in(function: ast.FunctionDef, known: dict[str, str]) -> Iterator[LookedUp]:
    places = dict.fromkeys(_first_cells(function), TABLE) | dict.fromkeys(_headings(function), HEADINGS)
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in LOOKS_UP:
            name = next((one.id for one in call.args if isinstance(one, ast.Name) and one.id not in known), "")
            sections = tuple(text for one in call.args if (text := _text(one, known)))
            if name and sections:
                yield places.get(name, name), sections


def _first_cells(function: ast.FunctionDef) -> Iterator[str]:
    """What a function calls the first cell of each row: for heading, content in datatable[1:]."""
    for node in ast.walk(function):
        if isinstance(node, ast.For) and isinstance(node.iter, ast.Subscript) and isinstance(node.target, ast.Tuple):
            over, first = node.iter.value, node.target.elts[0]
            if isinstance(over, ast.Name) and over.id == TABLE and isinstance(first, ast.Name):
                yield first.id


def _headings(function: ast.FunctionDef) -> Iterator[str]:
    """What a function calls each cell of the first line: for heading in datatable[0]."""
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Subscript):
            over, line = node.iter.value, node.iter.slice
            first = isinstance(line, ast.Constant) and line.value == 0
            if first and isinstance(over, ast.Name) and over.id == TABLE and isinstance(node.target, ast.Name):
                yield node.target.id


def _at(module: ast.Module, line: int) -> Iterator[ast.FunctionDef]:
    """The function whose decorators or first line are there."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            first = min((one.lineno for one in node.decorator_list), default=node.lineno)
            if first <= line <= node.lineno:
                yield node


def _own(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from ((one.id, node.value.value) for one in node.targets if isinstance(one, ast.Name))


def _imported(module: ast.Module, path: Path) -> dict[str, str]:
    found = dict[str, str]()
    for node in (one for one in module.body if isinstance(one, ast.ImportFrom)):
        way = f"{(node.module or '').replace('.', '/')}.py"
        source = next((one for one in (path.parent / way, part(way)) if one.is_file()), None)
        known = dict(_own(tree(source))) if source else {}
        found |= {one.asname or one.name: known[one.name] for one in node.names if one.name in known}
    return found


def _text(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
