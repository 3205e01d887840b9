"""What a person reads is there in both languages: Japanese in the code has its English beside it, or is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60]")
PAIRED = frozenset({"say", "both", "Pair"})  # what takes Japanese first and English behind it

# folders and files whose messages a person reads
SPEAKING = ["sekisho/language.py", "sekisho/cli/__init__.py", "reports"]

# Japanese that is no message: a file, or "file::name" of a function, class or constant at its top, and why
DATA = {
    "sekisho/native_ui/language.py": "names of the browsers' own controls",
    "reports/wording.py": "tables of Japanese and English side by side",
    "reports/compare/noise.py": "what portals and mails write",
    "reports/compare/pairs.py::GIVEN": "keywords of scenarios",
    "reports/requirements.py::AND": "a keyword of scenarios",
    "reports/requirements.py::THEN": "a keyword of scenarios",
    "reports/boundaries.py::MOMENT": "a column of a scenario's examples",
    "reports/boundaries.py::PLACED": "how a scenario's name ends",
    "reports/conformance.py::FORMULA": "signs that a spreadsheet reads as a formula",
}


def unpaired(path: Path) -> Iterator[tuple[int, str]]:
    """Each Japanese text of a file that has no English beside it: its line and itself."""
    name = path.relative_to(TOP).as_posix()
    for top in ast.parse(path.read_text(encoding="utf-8")).body:
        if not any(f"{name}::{known}" in DATA for known in _names(top)):
            yield from _texts(top)


def _names(top: ast.stmt) -> list[str]:
    if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [top.name]
    targets = top.targets if isinstance(top, ast.Assign) else [top.target] if isinstance(top, ast.AnnAssign) else []
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and JAPANESE.search(node.value):
        yield node.lineno, node.value
    paired = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in PAIRED
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Call) and paired and node.args and child is node.args[0]:
            continue
        if not _is_docstring(child):
            yield from _texts(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _files(place: str) -> list[Path]:
    found = TOP / place
    return [found] if found.is_file() else sorted(found.rglob("*.py"))


@pytest.mark.parametrize("place", SPEAKING)
def test_every_japanese_message_has_its_english(place: str) -> None:
    """Each with file and line."""
    lacking = [
        f"{path.relative_to(TOP)}:{line}: {text}"
        for path in _files(place)
        if path.relative_to(TOP).as_posix() not in DATA
        for line, text in unpaired(path)
    ]

    assert not lacking, "\n".join(lacking)


def test_a_message_without_english_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is put behind a pair, for one."""
    monkeypatch.setattr(f"{__name__}.TOP", tmp_path)
    file = tmp_path / "one.py"
    file.write_text(
        'A = say("はい", "yes")\n\n\ndef f(x):\n    """説明"""\n    return say(f"{x} 件", f"{x}") + "いいえ"\n', "utf-8"
    )

    assert list(unpaired(file)) == [(6, "いいえ")]
