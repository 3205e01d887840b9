"""What keeps the browsers' surfaces behind one seam, and independent of one version's names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.native_ui.roles import Role

TOP = Path(__file__).parents[2]
PARTS = sorted((TOP / "sekisho" / "native_ui").glob("*.py"))
PRODUCT = [
    file
    for part in ("sekisho", "pages", "steps", "fixtures", "reports", "features")
    for file in (TOP / part).rglob("*.py")
]
# As AT-SPI names them, before and after at-spi2-core 2.53.
ROLE_NAMES = {
    *("push button", "push button menu", "document web", "document frame", "password text", "table cell", "table row"),
    *(
        "table column header",
        "column header",
        "menu item",
        "tool bar",
        "page tab",
        "scroll pane",
        "static",
        "GetRoleName",
    ),
}


def strings(file: Path) -> Iterator[str]:
    """Every string in a file that is no docstring of its own."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_role_is_known_by_its_name() -> None:
    """at-spi2-core 2.53 renamed `push button`; the numbers stay."""
    assert [str(file) for file in PRODUCT if ROLE_NAMES & set(strings(file))] == []


def test_the_numbers_are_those_of_atspi() -> None:
    """As in atspi-constants.h of at-spi2-core 2.46 and 2.56; what is not listed is something else."""
    assert {role.name: role.value for role in Role} == {
        "OTHER": 0,
        "COLUMN_HEADER": 10,
        "DIALOG": 16,
        "LABEL": 29,
        "MENU": 33,
        "MENU_ITEM": 35,
        "PASSWORD_TEXT": 40,
        "PUSH_BUTTON": 43,
        "TABLE": 55,
        "TABLE_CELL": 56,
        "TABLE_COLUMN_HEADER": 57,
        "TEXT": 61,
        "TOOL_BAR": 63,
        "ENTRY": 79,
        "DOCUMENT_FRAME": 82,
        "HEADING": 83,
        "SECTION": 85,
        "LINK": 88,
        "TABLE_ROW": 90,
        "DOCUMENT_WEB": 95,
        "STATIC": 116,
    }
    assert Role(129) is Role.OTHER


def test_what_lies_outside_imports_the_package_only() -> None:
    """One seam."""
    outside = [file for file in PRODUCT if file not in PARTS]
    assert [str(file) for file in outside if "sekisho.native_ui." in file.read_text("utf-8")] == []


@pytest.mark.parametrize("file", PARTS, ids=lambda file: file.stem)
def test_each_surface_says_what_it_relies_on(file: Path) -> None:
    """At its top, where the one looks who has to mend it for a new version."""
    if "Surface." in file.read_text("utf-8") and file.stem not in {"surface", "answering"}:
        docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        assert "Relies on:" in docstring
