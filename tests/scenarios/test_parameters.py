"""Whatever a sentence says, its step heeds: a value that is read and not used could say anything."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("steps/*.py"), *ROOT.glob("features/*/*.py")])
KINDS = {"given", "when", "then"}
PLACE = re.compile(r"\{(\w+)(?::[^}]*)?\}|\(\?P<(\w+)>")

Function = ast.FunctionDef


def unused(source: str) -> list[str]:
    """The values of sentences that their steps do not use, each with its line."""
    tree = ast.parse(source)
    patterns = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        f"{function.lineno}: {name}"
        for function in ast.walk(tree)
        if isinstance(function, Function)
        for name in sorted(set(_values(function, patterns)) - _used(function))
    ]


def _values(function: Function, patterns: dict[str, ast.expr]) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id in KINDS:
            for found in PLACE.finditer("".join(_texts(decorator, patterns))):
                yield found[1] or found[2]


def _texts(node: ast.AST, patterns: dict[str, ast.expr]) -> Iterator[str]:
    """The words of a pattern, also those of the module's constants in it."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        if isinstance(one, ast.Name) and one.id in patterns:
            yield from _texts(patterns[one.id], {})


def _used(function: Function) -> set[str]:
    parameters = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    read = {one.id for part in function.body for one in ast.walk(part) if isinstance(one, ast.Name)}
    return parameters & read


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("steps/*.py"), *ROOT.glob("features/*/*.py")]), ids=lambda path: path.stem
)
def test_every_value_in_a_sentence_is_used_by_its_step(path: Path) -> None:
    """A button, an answer, a count: the step does or checks what the sentence says."""
    assert unused(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "step",
    [
        '@when(parsers.parse("「{button}」を押す"))\ndef _(page: Page, button: str) -> None:\n    page.press()',
        '@then(parsers.parse("{count:d}件である"))\ndef _(page: Page) -> None:\n    page.rows()',
        'TAB = "(?P<tab>.)"\n@when(parsers.re(TAB + "で開く"))\ndef _(page: Page, tab: str) -> None:\n    page.open()',
    ],
)
def test_a_value_that_a_step_ignores_is_found(step: str) -> None:
    """Taken and not used, or not even taken; also where the pattern is put together."""
    assert unused(step)


def test_a_value_that_a_step_uses_is_fine() -> None:
    """In whichever way."""
    assert (
        unused('@when(parsers.parse("「{name}」を開く"))\ndef _(page: Page, name: str) -> None:\n    page.open(name)')
        == []
    )
