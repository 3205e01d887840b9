"""The mock's console as somebody sees it, on a phone too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mock_ca.running import Running
from tests.mock_ca.visitor import Visitor

from .axe import AXE
from .conftest import Reader


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Someone who opened the address that was printed."""
    running = Running(tmp_path_factory.mktemp("console"), "--console")
    visitor = running.visitor()
    visitor.get(running.ready["console"])
    yield visitor
    running.close()


@pytest.mark.parametrize("name", ["", "/people", "/mail", "/defects"])
def test_a_page_of_the_console_fits_a_phone_and_an_outside_judge(
    person: Visitor, reader: Reader, tmp_path: Path, name: str
) -> None:
    """Nothing but a table is scrolled sideways, and axe-core finds nothing serious."""
    page = tmp_path / "page.html"
    page.write_text(person.get(f"/console{name}").text, encoding="utf-8")
    assert reader.read(page, "document.documentElement.scrollWidth - innerWidth", width=390).value == 0
    assert reader.read(page, AXE, width=390).value == []
