"""Which words of a scenario are words of the dialect, as the functions say that carry its sentences out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sekisho.layout import part
from sekisho.manual.checking import nodes
from sekisho.manual.looking_up import LOOKS_UP, constants


@pytest.mark.parametrize("path", sorted(part("steps").glob("*.py")), ids=lambda path: path.stem)
def test_every_name_of_a_section_is_known_wherever_it_comes_from(path: Path) -> None:
    """Otherwise `manual check` would let any word pass in the sentences of that section."""
    calls = ((one.func, one.args) for one in nodes(path) if isinstance(one, ast.Call))
    asked = (arg for of, args in calls if isinstance(of, ast.Attribute) and of.attr in LOOKS_UP for arg in args)
    named = {arg.id for arg in asked if isinstance(arg, ast.Name) and arg.id.isupper()}
    assert named <= set(constants(path))


def test_a_constant_comes_from_a_module_of_ours_or_from_one_beside(tmp_path: Path) -> None:
    """Under the name by which it is imported, and an own one first."""
    (tmp_path / "words.py").write_text('MENU = "menu"\nLIST = "columns"\n', encoding="utf-8")
    text = "from words import LIST, MENU as HERE\nfrom steps.list_rows import COLUMNS\nfrom nowhere import ELSE\n"
    (tmp_path / "one.py").write_text(f'{text}LIST = "fields"\n', encoding="utf-8")
    assert constants(tmp_path / "one.py") == {"LIST": "fields", "HERE": "menu", "COLUMNS": "columns"}
