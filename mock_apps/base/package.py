"""What a set-up file is about, and what it puts on the PC."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mock_apps.base.window import RefusedError

START_MENU = "Start Menu"


@dataclass(frozen=True)
class Package:
    """What a set-up file is about. `scheme` is that of the addresses with which pages start the program."""

    name: str
    title: str
    version: str
    folder: str
    scheme: str = ""

    @classmethod
    def read(cls, file: Path) -> Package:
        """From a set-up file. Raises RefusedError."""
        try:
            return cls(**json.loads(file.read_bytes()))
        except (OSError, ValueError, TypeError) as problem:
            raise RefusedError("このインストール パッケージを開くことができません。") from problem

    def of_pc(self, programs: Path) -> Package:
        """The version of it that is on the PC. Raises RefusedError."""
        return self.read(self.installed_as(programs))

    def installed_as(self, programs: Path) -> Path:
        """The file that says that it is installed, and in which version."""
        return programs / f"{self.name}.json"

    def listed_as(self, programs: Path) -> Path:
        """Its entry in the start menu."""
        return programs / START_MENU / self.title

    def install(self, programs: Path) -> None:
        """Put it on the PC, in place of any other version."""
        programs.mkdir(parents=True, exist_ok=True)
        self.installed_as(programs).write_text(json.dumps(asdict(self)), encoding="utf-8")

    def list(self, programs: Path) -> None:
        """Put it into the start menu."""
        self.listed_as(programs).parent.mkdir(parents=True, exist_ok=True)
        self.listed_as(programs).touch()

    def uninstall(self, programs: Path) -> None:
        """Take it off the PC, and out of the start menu."""
        for file in (self.installed_as(programs), self.listed_as(programs)):
            file.unlink(missing_ok=True)
