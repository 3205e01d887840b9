"""One process at a time: a lock on a file that ends with the process, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sekisho.machine.files import SAFELY

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

TAKEN = (errno.EAGAIN, errno.EACCES)  # and else a file system that knows no locks, which keeps nobody out


class HeldError(Exception):
    """Another process has it."""


@contextmanager
def held(file: Path, *, new: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold a file, and remove it afterwards; one that a killed process left is taken over, unless it is to be `new`.

    Raises HeldError where another process has it and this one is not to `wait`, and OSError.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | (os.O_EXCL if new else 0) | SAFELY, 0o666)
    try:
        _lock(descriptor, wait=wait)
    except HeldError:
        os.close(descriptor)
        raise
    try:
        yield
    finally:
        if not wait:  # who waits for it has it open
            file.unlink(missing_ok=True)
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as problem:
        if problem.errno in TAKEN:
            raise HeldError from problem
