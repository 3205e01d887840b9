"""No step decides by words that only the manual has: a portal may say everything in its own.

What a portal calls things is data (the dialect), and a title or a sentence alone decides nothing: `steps/screens.py`
and `steps/refusals.py` know what it means when another stands there.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
OWN = [one for one in ROOT.glob("features/*/*.py") if one.stem not in {"conftest", "test_scenarios"}]
FILES = sorted([*ROOT.glob("steps/*.py"), *ROOT.glob("pages/*.py"), *OWN])
SAID = {"screens", "messages", "services", "windows"}  # sections of what a portal says, and not of what can be used
LOOKS = {"startswith", "endswith", "find", "index", "count"}
# Constants for what a scenario itself says, in its sentence or its table, and no portal.
SPOKEN = {
    "AS_ISSUED",
    "AS_WRITTEN",
    "END",
    "END_OF_TERM",
    "MAILED",
    "NONE",
    "NOTED",
    "REQUEST_ID",
    "SERIAL_NUMBER",
    "SESSION_OVER",
    "WHO",
}


def compared(source: str) -> list[str]:
    """Where a text in Japanese is compared with something, each with its line."""
    tree = ast.parse(source)
    constants = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and _japanese(node.value)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id not in SPOKEN
    }
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.MatchValue)
        and any(_japanese(side) or (isinstance(side, ast.Name) and side.id in constants) for side in _sides(node))
    ]


def _sides(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKS:
        return node.args
    if isinstance(node, ast.MatchValue):
        return [node.value]
    return []


def _japanese(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(JAPANESE.search(node.value))


def waited_for(source: str, module: ModuleType | None = None) -> list[str]:
    """Where a title or a sentence alone is waited for, each with its line."""
    known = vars(module) if module else {}
    return [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "wait_for"
        if (terms := list(_terms(call.args, known))) and all(section in SAID for section, _ in terms)
    ]


def _terms(arguments: list[ast.expr], known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in arguments:
        starred = isinstance(one, ast.Starred)
        value = _value(one.value if isinstance(one, ast.Starred) else one, known)
        for term in value if starred else [value]:
            if isinstance(term, tuple) and len(term) == 2:
                yield term


def _value(node: ast.expr, known: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever stands there
    """What an argument stands for: a name by the module's own constants, a pair by its section."""
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
        return node.elts[0].value, ""
    if isinstance(node, ast.Name):
        return known.get(node.id, ())
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Constant):
        return known.get(node.value.id, {}).get(node.slice.value, ())
    return ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_no_text_in_japanese_is_compared(path: Path) -> None:
    """The words of a portal are in the dialect; those of a scenario lead through a table to what they mean."""
    assert compared(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_a_title_or_a_sentence_alone_is_not_waited_for(path: Path) -> None:
    """A control, a field or a column decides; `look`, `reach` and `refusal` say what other words may mean."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert waited_for(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    "step",
    [
        'require("選択" in window.complaint, "")',
        'NAME = "有効期限"\nrequire(shown == NAME, "")',
        'require(screen.text().startswith("ようこそ"), "")',
        'match title:\n    case "エラー":\n        pass',
    ],
)
def test_a_comparison_with_the_manuals_words_is_found(step: str) -> None:
    """In whichever way."""
    assert compared(step)


@pytest.mark.parametrize(
    "step", ['screen.wait_for(("screens", "home"))', 'screen.wait_for(("screens", name), ("messages", "over"))']
)
def test_waiting_for_a_title_alone_is_found(step: str) -> None:
    """Also for one of several."""
    assert waited_for(step)


def test_waiting_for_a_control_is_fine() -> None:
    """Whatever else is looked for beside it."""
    assert waited_for('screen.wait_for(("messages", "processing"), ("fields", "key_password_again"))') == []
