"""A plugin of pytest: which of the browser's private surfaces each scenario touched, a line of JSON each into a file.

The file is named by the environment variable TOUCHED.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from sekisho.machine.variables import value
from sekisho.native_ui import Surface, taken, ways


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Forget what was touched before, such as by the canary, and keep what this one touches."""
    ways._taken.clear()
    result = yield
    touched = {surface.name: {thing: by.name for thing, by in taken(surface).items()} for surface in Surface}
    file_name = value("TOUCHED")
    assert file_name, "TOUCHED names no file"
    with Path(file_name).open("a", encoding="utf-8") as file:
        file.write(json.dumps([item.nodeid, touched]) + "\n")
    return result
