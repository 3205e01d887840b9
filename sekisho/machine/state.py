"""The folder of what must outlast a program of this user's: keys of waiting scenarios, and who is in use."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

MODE = 0o700


def folder(*names: str) -> Path:
    """A folder of sekisho's there, made where it is missing, for this user only. Raises OSError."""
    place = _top().joinpath("sekisho", *names)
    place.mkdir(parents=True, exist_ok=True, mode=MODE)
    place.chmod(MODE)
    return place


def _top() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir()))
    chosen = Path(os.environ.get("XDG_STATE_HOME", ""))
    return chosen if chosen.is_absolute() else _home() / ".local" / "state"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as nowhere:  # a container may run as a user whom nobody has heard of
        raise OSError(errno.ENOENT, str(nowhere)) from nowhere
