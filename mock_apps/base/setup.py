"""Setting a program up and taking it off again, in windows."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from mock_apps.base.desktop import Desktop
from mock_apps.base.package import Package
from mock_apps.base.run import Settings
from mock_apps.base.window import BUTTON, Form, RefusedError, Views, Window

TEMPLATES = Path(__file__).with_name("templates")


class Setup(Window):
    """The wizard: its pages one after the other, then done. A program's own wizard has other pages, or conditions."""

    pages: ClassVar[tuple[str, ...]] = ("setup.html",)
    titled: ClassVar[str] = "{} セットアップ"
    templates: ClassVar[Path] = TEMPLATES

    def __init__(self, desktop: Desktop, settings: Settings) -> None:
        """Open a set-up file."""
        super().__init__("セットアップ", Views(self.templates))
        self.defects, self.settings = desktop.defects, settings
        try:
            self.package = Package.read(settings.file)
            self.title = self.titled.format(self.package.title)
            self.check()
        except RefusedError as refusal:
            self.show("setup_failed.html", {"ok": self.close}, reason=str(refusal))
        else:
            self._turn_to(0)

    @classmethod
    def begin(cls, desktop: Desktop, settings: Settings) -> None:
        """Open the wizard."""
        desktop.open(cls(desktop, settings))

    def check(self) -> None:
        """Look whether the program can be on this PC. Raises RefusedError."""

    def install(self) -> None:
        """Put the program on the PC."""
        self.package.install(self.settings.programs)
        self.package.list(self.settings.programs)

    def quit(self, form: Form) -> None:
        """Leave the wizard at its error."""
        self.close(form)

    def finish(self, form: Form | None = None) -> None:
        """Install; where another program holds what must be written, say so and offer to try again."""
        ignoring = form is not None and form[BUTTON] == "ignore"
        if self.settings.held.exists() and not ignoring:
            self.show("setup_error.html", {"quit": self.quit, "retry": self.finish, "ignore": self.finish})
            return
        self.install()
        self.show("setup_done.html", {"finish": self.close})

    def _turn_to(self, number: int) -> None:
        if number == len(self.pages):
            self.finish()
            return
        buttons = {"next": lambda _: self._turn_to(number + 1), "cancel": self.close}
        back = {"back": lambda _: self._turn_to(number - 1)} if number else {}
        self.show(self.pages[number], {**buttons, **back}, package=self.package)


class Uninstall(Window):
    """Asks, and takes the program off the PC."""

    def __init__(self, desktop: Desktop, settings: Settings, package: Package) -> None:
        """Ask about a program."""
        super().__init__(package.title, Views(TEMPLATES))
        self.defects, self.settings, self.package = desktop.defects, settings, package
        self.show("uninstall.html", {"yes": self._remove, "no": self.close}, package=package)

    @classmethod
    def begin(cls, desktop: Desktop, settings: Settings, package: Package) -> None:
        """Open the question."""
        desktop.open(cls(desktop, settings, package))

    def remove(self) -> None:
        """Take the program off the PC."""
        self.package.uninstall(self.settings.programs)

    def _remove(self, form: Form) -> None:
        self.remove()
        self.close(form)
