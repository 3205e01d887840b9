"""Which worker carries out which tests, and in which order: what a module makes once is made by one worker only."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

GROUP = "xdist_group"
# What takes longest begins first, so that at the end no worker waits for another's last test.
FIRST = (
    "tests/second_portal/",
    "tests/explore/",
    "tests/browser/test_builds.py",
    "tests/manuals/test_rooms.py",
    "tests/manuals/test_waiting.py",
    "tests/pki/test_vectors.py",
    "tests/target_file/test_runs.py",
    "tests/cli/test_whole_run.py",
    "tests/scale/test_target_runs.py",
    "tests/installed/",
)


def shared(items: Iterable[pytest.Item]) -> None:
    """Group the tests that have a fixture of their module: pytest-xdist deals out tests, and knows of no fixtures."""
    for item in items:
        if isinstance(item, pytest.Function) and not item.get_closest_marker(GROUP) and _of_module(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def _of_module(item: pytest.Function) -> bool:
    found = item._fixtureinfo.name2fixturedefs.values()  # no public name says how long a fixture lives
    return any(one.scope == "module" for fixtures in found for one in fixtures)


def longest_first(items: list[pytest.Item]) -> None:
    """Order tests by how long they take, as far as it matters."""
    items.sort(key=lambda item: next((n for n, path in enumerate(FIRST) if item.nodeid.startswith(path)), len(FIRST)))
