"""One mock CA for all tests; each begins a scenario of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .obn_walks import Obn
from .running import Running


@pytest.fixture(scope="session")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The process."""
    running = Running(tmp_path_factory.mktemp("mock"))
    yield running
    running.close()


@pytest.fixture
def mock(process: Running) -> Running:
    """The mock at the beginning of a scenario."""
    process.told("POST", "/scenario", {})
    return process


@pytest.fixture
def obn(mock: Running) -> Obn:
    """The obn sites of that mock."""
    return Obn(mock)


@pytest.fixture
def kihonet(mock: Running) -> Running:
    """The mock, looking at kihonet."""
    return mock.of("kihonet")


@pytest.fixture
def nec(mock: Running) -> Running:
    """The mock, looking at nec."""
    return mock.of("nec")
