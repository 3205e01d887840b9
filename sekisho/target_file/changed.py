"""Users whom earlier runs of this user's have changed at a portal: they stay so until the portal's people reset them.

Nobody can see from here whether they have: such users are given all the same, and a deviation says whom it was about.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sekisho.machine import files, state

FOLDER = "changed"
USERS = TypeAdapter(list[str])


class Changed:
    """The changed users of one portal, in a file of the user's state folder; where there is none, nobody is known."""

    def __init__(self, portal: str) -> None:
        """Read who they are, before anything is done with them. `portal` is the target's identity (`claims`)."""
        self._portal = portal
        self._before = frozenset(self._read())

    def before(self, user_id: str) -> bool:
        """Whether an earlier run has changed somebody."""
        return user_id in self._before

    def add(self, user_id: str) -> None:
        """Somebody is about to be changed."""
        self._write({*self._read(), user_id})

    def remove(self, user_id: str) -> None:
        """Somebody is as before this run."""
        if user_id not in self._before:
            self._write({*self._read()} - {user_id})

    def _read(self) -> list[str]:
        try:
            return USERS.validate_json(files.read(self._file()))
        except (OSError, ValidationError):
            return []

    def _write(self, users: set[str]) -> None:
        try:
            files.write(self._file(), USERS.dump_json(sorted(users)).decode(), 0o600)
        except OSError:  # a remark less is no reason to stop
            return

    def _file(self) -> Path:
        return state.folder(FOLDER) / f"{self._portal}.json"
