"""Setting a program up: the file that a portal gives, the wizard, and what is then on the PC."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mock_apps.base.desktop import Desktop
from mock_apps.base.run import Settings
from mock_apps.base.window import Form, RefusedError, Views, Window


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

    def installed_as(self, programs: Path) -> Path:
        """The file that says that it is installed."""
        return programs / f"{self.name}.json"

    def install(self, programs: Path) -> None:
        """Put it on the PC, in place of any other version."""
        programs.mkdir(parents=True, exist_ok=True)
        self.installed_as(programs).write_text(json.dumps(asdict(self)), encoding="utf-8")


class Setup(Window):
    """The wizard: where to, then done."""

    def __init__(self, settings: Settings) -> None:
        """Open a set-up file."""
        super().__init__("セットアップ", Views(Path(__file__).with_name("templates")))
        self._programs = settings.programs
        try:
            self._package = Package.read(settings.file)
        except RefusedError as refusal:
            self.show("setup_failed.html", {"ok": self.close}, reason=str(refusal))
            return
        self.title = f"{self._package.title} セットアップ"
        self.show("setup.html", {"next": self._install, "cancel": self.close}, folder=self._package.folder)

    @classmethod
    def begin(cls, desktop: Desktop, settings: Settings) -> None:
        """Open the wizard."""
        desktop.open(cls(settings))

    def _install(self, form: Form) -> None:  # noqa: ARG002 - the folder is the one shown
        self._package.install(self._programs)
        self.show("setup_done.html", {"finish": self.close})
