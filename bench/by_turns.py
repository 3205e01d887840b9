"""A pytest plugin: repeats two tests by turns and writes down how long each took."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

TAKEN: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often, and where to write."""
    parser.addoption("--rounds", type=int, default=1)
    parser.addoption("--times", type=Path)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One more round than asked for: the first one warms up and does not count."""
    metafunc.fixturenames.append("turn")
    metafunc.parametrize("turn", range(metafunc.config.getoption("--rounds") + 1))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Harness, bare, harness, bare …."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    assert isinstance(item, pytest.Function)
    return int(str(item.callspec.params["turn"]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and teardown. A failure would make the time meaningless."""
    assert not report.failed, report.longreprtext
    kind = "bare" if "test_bare" in report.nodeid else "harness"
    TAKEN[kind][report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the times, without the first round's."""
    times = {kind: list(taken.values())[1:] for kind, taken in TAKEN.items()}
    session.config.getoption("--times").write_text(json.dumps(times))
