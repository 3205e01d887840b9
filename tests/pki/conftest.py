"""A store of either kind; the native one in memory, where the machine has such a folder: hundreds of files go in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.certstore import CertStore, ContextStore, NativeStore

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


@pytest.fixture
def home() -> Iterator[Path]:
    """A user's home folder."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(params=["native", "context"])
def store(request: pytest.FixtureRequest, home: Path) -> CertStore:
    """A store of either kind."""
    return NativeStore(home) if request.param == "native" else ContextStore()
