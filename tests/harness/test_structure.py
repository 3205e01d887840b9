"""The picture of the project in docs/architecture.md shows its imports as they are."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def test_the_picture_of_the_structure_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python scripts/structure.py` draws it anew."""
    spec = importlib.util.spec_from_file_location("structure", TOP / "scripts" / "structure.py")
    assert spec
    assert spec.loader
    structure = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "structure", structure)
    spec.loader.exec_module(structure)

    assert structure.drawn() == (TOP / "docs" / "images" / "structure.svg").read_text("utf-8")
