"""The users of a target file whom a run has changed, kept in its folder: an exploration goes on in other processes."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from sekisho.language import say
from sekisho.machine import files
from sekisho.verdict import ConfigurationProblemError

FILE = "spent.json"
USERS = TypeAdapter(list[str])


class Spent:
    """Who they are; each is written down before anything is done with them, so that no kill forgets one."""

    def __init__(self, folder: Path) -> None:
        """Read what stands in a run's folder. Raises ConfigurationProblemError for what is no list of users."""
        self._path = folder / FILE
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
