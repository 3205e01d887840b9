"""The program's set-up wizard, and its removal."""

from __future__ import annotations

from pathlib import Path

from mock_apps.base import Form, Setup, Store, Uninstall
from mock_apps.mpki_client import requirements


class MpkiSetup(Setup):
    """Cybertrust Managed PKI Client セットアップ ウィザード."""

    pages = ("setup_welcome.html", "setup_folder.html", "setup_confirm.html")
    titled = "{}"
    templates = Path(__file__).with_name("templates")

    def check(self) -> None:
        """Look whether the program can be on this PC. Raises RefusedError."""
        requirements.check(self.settings.machine, self.defects)

    def quit(self, form: Form) -> None:
        """Leave the wizard at its error."""
        if not self.defects.broken("client-setup-error-cannot-be-quit"):
            self.close(form)

    def install(self) -> None:
        """Put the program on the PC."""
        self.package.install(self.settings.programs)
        if not self.defects.broken("client-not-in-start-menu"):
            self.package.list(self.settings.programs)


class MpkiUninstall(Uninstall):
    """Takes the program away and leaves the certificates."""

    def remove(self) -> None:
        """Take the program off the PC."""
        if not self.defects.broken("client-uninstall-leaves-the-program"):
            super().remove()
        store = Store(self.settings.store)
        if store.held() and self.defects.broken("client-uninstall-deletes-certificates"):
            for one in store.held():
                store.delete(one)
