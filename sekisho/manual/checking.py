"""What can be wrong with a manual from elsewhere, found before anything of it is carried out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekisho.language import say
from sekisho.layout import part
from sekisho.machine.toml_lines import Lines
from sekisho.manual import accounts, citations, dialects, folders, lanes, mocks, rows, shards
from sekisho.manual.family import PRINTED
from sekisho.manual.folders import Manual
from sekisho.verdict import ConfigurationProblemError

KINDS = frozenset({"given", "when", "then"})
# Of these every word counts: what names a value is none itself, and a window is known by its title.
READ_WHOLE = frozenset({"fields", "values", "columns", "windows"})
READ_BY = ("pages", "steps")  # the folders of ours in which words of a dialect are named


@dataclass(frozen=True)
class Definition:
    """Where a sentence is defined that a function of `steps/`, or of a manual's own, carries out."""

    text: str
    path: Path
    line: int


def check() -> None:
    """Raise ConfigurationProblemError with all that is wrong with the manuals that lie elsewhere; ours are tested."""
    rows.rows()
    if found := [line for manual in folders.elsewhere() for line in problems(manual)]:
        raise ConfigurationProblemError("\n".join(found))


@cache
def problems(manual: Manual) -> tuple[str, ...]:
    """Each as 'file:line: what is wrong and what to do'."""
    found: list[str] = []
    for read in READING:
        try:
            read(manual)
        except ConfigurationProblemError as problem:
            found.append(str(problem))
    for look in LOOKING:
        try:
            found += look(manual)
        except ConfigurationProblemError as problem:
            found.append(str(problem))
    return tuple(dict.fromkeys(found))


def _unbound(manual: Manual) -> Iterator[str]:
    """A binding that binds nothing: no scenario would be carried out, and nobody told why."""
    path = manual / folders.BINDING
    calls = (node.func for node in nodes(path) if isinstance(node, ast.Call))
    if not any("scenario" in (one.id if isinstance(one, ast.Name) else getattr(one, "attr", "")) for one in calls):
        yield say(
            f"{path}: どのシナリオも結んでいません。{folders.NEEDED[folders.BINDING]}。",
            f"{path}: binds no scenario. {folders.NEEDED[folders.BINDING]}.",
        )


def _collisions(manual: Manual) -> Iterator[str]:
    """Sentences that another function carries out too: one of them would silently win."""
    known = {one.text: one for one in _sentences(sorted(part("steps").glob("*.py")))}
    for one in _sentences(_modules(manual)):
        other = known.setdefault(one.text, one)
        if other is not one:
            yield (
                say(
                    f"{one.path}:{one.line}: 「{one.text}」という文は {other.path}:{other.line} にもあります。"
                    "別の言い方にするか、そちらの文を使ってください。",
                    f'{one.path}:{one.line}: {other.path}:{other.line} has the sentence "{one.text}" too. Word '
                    "this one otherwise, or use that one.",
                )
            )


def _unused(manual: Manual) -> Iterator[str]:
    """Words that no screen and no sentence asks for: a key that is misspelt would never be missed."""
    read = {one for name in READ_BY for path in part(name).glob("*.py") for one in _strings(path)}
    read |= {one for path in _modules(manual) for one in _strings(path)}
    read |= set(manual.about.sites)  # by whose names the menus of services are looked for
    said = "\n".join(folders.text_of(path) for path in [*manual.features, *manual.explored])
    path = manual / folders.DIALECT
    lines = Lines(folders.text_of(path))
    printed = PRINTED if manual.about.family else {}
    for section, names in dialects.own(manual).items():
        for name, words in names.items():
            if section in READ_WHOLE or name in printed.get(section, ()):
                continue
            if name not in read and not any(word in said for word in words):
                key = f"{section}.{name}"
                place = f"{path}{lines.behind(key)}"
                yield say(
                    f"{place}: {key}: どの画面でも文でも使われません。名前を直すか、消してください。",
                    f"{place}: {key}: no screen and no sentence uses it. Correct the name, or remove it.",
                )


def _modules(manual: Manual) -> list[Path]:
    return sorted(manual.folder.rglob("*.py"))


def _sentences(paths: list[Path]) -> Iterator[Definition]:
    for path in paths:
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS and node.args:
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield Definition(one.value, path, node.lineno)


def _strings(path: Path) -> Iterator[str]:
    return (one.value for one in nodes(path) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def tree(path: Path) -> ast.Module:
    """A module of Python. Raises ConfigurationProblemError with the line of what is none."""
    return _parsed(path, folders.text_of(path))


def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of its parts, as `ast.walk` finds them. Raises as `tree` does."""
    return _walked(tree(path))


@cache
def _walked(module: ast.Module) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(module))


@cache
def _parsed(path: Path, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise ConfigurationProblemError(
            say(
                f"{path}:{error.lineno}: Python として読めません: {error.msg}",
                f"{path}:{error.lineno}: not valid Python: {error.msg}",
            )
        ) from error


# Each refuses what it cannot read.
READING = (rows.own, citations.of, citations.procedures, accounts.of, shards.recorded, dialects.own)
LOOKING = (_unbound, _collisions, _unused, mocks.problems, lanes.problems)
