"""This user's folders: of what must outlast a program (keys of waiting scenarios, who is in use), and of what may."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

MODE = 0o700


def folder(*names: str) -> Path:
    """A folder of sekisho's there, made where it is missing, for this user only. Raises OSError."""
    return private(_chosen("XDG_STATE_HOME", ".local/state").joinpath("sekisho", *names))


def cache(*names: str) -> Path:
    """A folder for what could be made again, which may be missing. Raises OSError for a user without a home."""
    return _chosen("XDG_CACHE_HOME", ".cache").joinpath("sekisho", *names)


def private(place: Path) -> Path:
    """A folder, made where it is missing, that is for this user only. Raises OSError."""
    place.mkdir(parents=True, exist_ok=True, mode=MODE)
    place.chmod(MODE)
    return place


def _chosen(variable: str, usual: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir()))
    chosen = Path(os.environ.get(variable, ""))
    return chosen if chosen.is_absolute() else _home() / usual


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as nowhere:  # a container may run as a user whom nobody has heard of
        raise OSError(errno.ENOENT, str(nowhere)) from nowhere
