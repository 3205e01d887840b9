"""Temporary folders with what nobody else may see: key stores, downloads, mails, sockets.

Each is locked by the process that made it, and removed at its end. Where that was a kill -9 the lock is gone, and the
next run removes the folder.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "sekisho-own-"  # of these folders and no others: whatever has it is locked by somebody, or left
# What the path above a folder for sockets may have, in bytes: a socket's may have 107 (103 on macOS), of which the
# folder's own name takes up to 25 and Chromium's names below it 45.
SHORT = 33
PLAIN = re.compile(r"[A-Za-z0-9_/.-]+")  # in an address of D-Bus everything else would be written otherwise
SHORT_PLACES = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - a folder of a name of its own is made there

_locks: dict[Path, int] = {}


def make(purpose: str, *, short: bool = False) -> Path:
    """A new folder that only this user can look into, removed at the end of this process. Raises OSError.

    A `short` one is fit for sockets, whatever TMPDIR says.
    """
    draft = Path(tempfile.mkdtemp(prefix=f".{PREFIX}{purpose}-", dir=for_sockets() if short else None))
    folder = draft.with_name(draft.name.removeprefix("."))
    _lock(draft, folder)
    draft.rename(folder)  # what nobody holds yet must not look like what somebody has left
    atexit.register(remove, folder)
    return folder


@contextmanager
def lent(purpose: str, *, short: bool = False) -> Iterator[Path]:
    """Such a folder for a while. Raises OSError."""
    folder = make(purpose, short=short)
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """Remove a folder that `make` has made; nothing happens if it is gone already."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder in _locks:
        os.close(_locks.pop(folder))


def settle() -> str:
    """Have the programs that are started use the folder that this process uses; what TMPDIR said, if that is no use.

    Python passes over a TMPDIR that is not there or cannot be written to, others end.
    """
    asked, usable = os.environ.get("TMPDIR", ""), tempfile.gettempdir()
    if not asked or Path(asked).resolve() == Path(usable).resolve():
        return ""
    os.environ["TMPDIR"] = usable
    return asked


def sweep() -> list[Path]:
    """Remove what processes of this user that are no more have left; gives what was removed."""
    places = {Path(tempfile.gettempdir()), *map(Path, SHORT_PLACES)}
    found = [one for place in places if place.is_dir() for one in place.glob(f"{PREFIX}*") if left(one)]
    for one in found:
        shutil.rmtree(one, ignore_errors=True)
    return found


def for_sockets() -> str:
    """Where sockets may lie: what TMPDIR says, or a usual place where that is too long or no address of D-Bus."""
    usual = tempfile.gettempdir()
    places = (place for place in SHORT_PLACES if os.access(place, os.W_OK | os.X_OK))
    return usual if len(usual) <= SHORT and PLAIN.fullmatch(usual) else next(places, usual)


def _lock(draft: Path, folder: Path) -> None:
    """Hold a lock that ends with this process; it is on the folder, as no file in it is sure to stay."""
    if sys.platform != "win32":
        _locks[folder] = os.open(draft, os.O_RDONLY)
        with suppress(OSError):  # a file system without locks: the folder is then never taken for one that was left
            fcntl.flock(_locks[folder], fcntl.LOCK_EX | fcntl.LOCK_NB)


def left(folder: Path) -> bool:
    """Whether a folder is this user's, and nobody holds its lock."""
    if sys.platform == "win32":
        return False
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(descriptor).st_uid == os.getuid()
    except OSError:
        return False
    finally:
        os.close(descriptor)
