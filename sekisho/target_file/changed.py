"""Users whom earlier runs of this user's have changed at a portal: they stay so until the portal's people reset them.

Nobody can see from here whether they have: such users are given all the same, and a deviation says whom it was about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sekisho.machine import files, state

FOLDER = "changed"


class Changed:
    """The changed users of one portal, each a file in the user's state folder: runs at the same time lose nobody.

    Where there can be no such folder, nobody is known: a remark less is no reason to stop.
    """

    def __init__(self, portal: str) -> None:
        """Read who they are, before anything is done with them. `portal` is the target's identity (`claims`)."""
        self._portal = portal
        self._before = frozenset(self._read())

    def before(self, user_id: str) -> bool:
        """Whether an earlier run has changed somebody."""
        return _name(user_id) in self._before

    def go_on(self, users: Iterable[str], before: Iterable[str]) -> None:
        """A scenario goes on that has these users: only what was `before` it was an earlier run's doing."""
        self._before = self._before - set(map(_name, users)) | set(map(_name, before))

    def add(self, user_id: str) -> None:
        """Somebody is about to be changed."""
        with suppress(OSError):
            files.write(self._folder() / _name(user_id), user_id, 0o600)

    def remove(self, user_id: str) -> None:
        """Somebody is as before this run."""
        if not self.before(user_id):
            with suppress(OSError):
                (self._folder() / _name(user_id)).unlink(missing_ok=True)

    def _read(self) -> list[str]:
        with suppress(OSError):
            return files.names(self._folder())
        return []

    def _folder(self) -> Path:
        return state.folder(FOLDER, self._portal)


def _name(user_id: str) -> str:
    """A file's name: what a portal calls its users may be none."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:32]
