"""What an exploration has changed at a target's portal, kept in its folder: it goes on in other processes.

The users who are changed for good, and whether the portal's clock is not what it was.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from sekisho.language import say
from sekisho.machine import files
from sekisho.verdict import ConfigurationProblemError

FILE = "spent.json"
MOVED = "clock-moved"  # a file that is there while the clock is not what it was
USERS = TypeAdapter(list[str])


class Spent:
    """Who they are; each is written down before anything is done with them, so that no kill forgets one."""

    def __init__(self, folder: Path) -> None:
        """Read what stands in a run's folder. Raises ConfigurationProblemError for what is no list of users."""
        self._path, self._moved = folder / FILE, folder / MOVED
        try:
            found = USERS.validate_json(files.read(self._path)) if self._path.is_file() else []
        except (OSError, ValueError) as problem:
            raise ConfigurationProblemError(
                say(
                    f"{self._path}: 使った利用者の一覧として読めません。新しい --out で始めてください。",
                    f"{self._path}: cannot be read as a list of used users. Begin with a new --out.",
                )
            ) from problem
        self.users: dict[str, None] = dict.fromkeys(found)

    @classmethod
    def kept(cls, folder: Path) -> Spent | None:
        """Those of a run that keeps them; None for any other."""
        return cls(folder) if (folder / FILE).is_file() else None

    def keep(self) -> None:
        """Let the run keep them from now on."""
        self._write()

    @property
    def clock_moved(self) -> bool:
        """Whether the portal's clock was moved, and nobody has set it back; written down before it is moved."""
        return self._moved.exists()

    @clock_moved.setter
    def clock_moved(self, moved: bool) -> None:
        if moved:
            self._moved.touch()
        else:
            self._moved.unlink(missing_ok=True)

    def add(self, user_id: str) -> None:
        """Somebody is about to be changed."""
        self.users[user_id] = None
        self._write()

    def remove(self, user_id: str) -> None:
        """Somebody is as before."""
        self.users.pop(user_id, None)
        self._write()

    def _write(self) -> None:
        files.write(self._path, json.dumps(list(self.users), ensure_ascii=False))
