"""A pytest plugin: the last `--thirds` thirds of all tests, and after each third what it took and what memory is held.

Every run ends with the same third: what it takes after nothing, after one and after two others shows growth, and
nothing else. Tests are dealt out to the thirds in turn, so that each has some of every procedure.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

THIRDS = 3
MARK = (
    "SEKISHO_BENCH_MARK"  # an environment variable by which the run's processes are known, whoever's children they are
)
KINDS = {"mock_ca": "mock", "playwright/driver": "playwright", "chrom": "browser"}  # by what is in the command line


@dataclass
class Third:
    """What one third of the tests took, and the resident megabytes after it."""

    tests: int
    seconds: float
    megabytes: dict[str, float]


class Watch:
    """Notes each third when its last test has been carried out, before the last of all takes the browser down."""

    def __init__(self, path: Path) -> None:
        """Write to `path`."""
        self.path = path
        self.ends: dict[str, int] = {}
        self.found: list[Third] = []
        self.begun = time.monotonic()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """A test is about to be cleaned up."""
        if tests := self.ends.get(item.nodeid):
            now = time.monotonic()
            self.found.append(Third(tests, now - self.begun, megabytes()))
            self.begun = now
            self.path.write_text(json.dumps([asdict(one) for one in self.found]), encoding="utf-8")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Keep the thirds that were asked for, the last one last."""
        kept = [items[number::THIRDS] for number in range(THIRDS)][-config.getoption("--thirds") :]
        self.ends = {third[-1].nodeid: len(third) for third in kept}
        items[:] = [item for third in kept for item in third]

    def pytest_collection_finish(self) -> None:
        """From here on the time counts, with the start of browser and mock, which every run has once."""
        self.begun = time.monotonic()


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much to run, and where to write."""
    parser.addoption("--thirds", type=int, choices=range(1, THIRDS + 1), default=THIRDS)
    parser.addoption("--growth", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Watch this session."""
    config.pluginmanager.register(Watch(config.getoption("--growth")))


def megabytes() -> dict[str, float]:
    """The resident memory of this process and of those that it and they started, by what they are (Linux)."""
    found = {"worker": _resident(os.getpid())} | dict.fromkeys(KINDS.values(), 0.0)
    for process in _started_by(os.getpid()):
        with suppress(OSError):
            command = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
            if kind := next((kind for part, kind in KINDS.items() if part in command), None):
                found[kind] += _resident(process)
    return {kind: round(held, 1) for kind, held in found.items()}


def _started_by(parent: int) -> Iterator[int]:
    for listed in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            for child in map(int, listed.read_text(encoding="ascii").split()):
                yield child
                yield from _started_by(child)


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20
