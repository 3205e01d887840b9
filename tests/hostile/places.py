"""Places with little room: file systems of a few kilobytes, and what fills them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def little_room(folder: Path, size: str) -> Iterator[Path]:
    """A folder on a file system of that size, such as 64k; the test is skipped where none can be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Take what room is left, to the last byte."""
    size = 2**16
    with (folder / "rest").open("ab", buffering=0) as rest:
        while size:
            try:
                rest.write(b"x" * size)
            except OSError:
                size //= 2
