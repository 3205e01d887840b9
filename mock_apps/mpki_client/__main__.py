"""`python -m mock_apps.mpki_client`: the program, its set-up wizard, its removal, or what stays in the task tray."""

from __future__ import annotations

from mock_apps.base import Desktop, Settings, run
from mock_apps.mpki_client import PACKAGE
from mock_apps.mpki_client.main_window import MainWindow
from mock_apps.mpki_client.office import Office
from mock_apps.mpki_client.setup import MpkiSetup, MpkiUninstall
from mock_apps.mpki_client.tray import Tray


def begin(desktop: Desktop, settings: Settings) -> None:
    """Open the first window, or none."""
    match settings.action:
        case "install":
            MpkiSetup.begin(desktop, settings)
        case "uninstall":
            MpkiUninstall.begin(desktop, settings, PACKAGE.of_pc(settings.programs))
        case "sign-in":
            Tray(desktop, Office(settings, desktop.defects)).stay()
        case "start":
            desktop.open(MainWindow(desktop, Office(settings, desktop.defects), settings.machine))


if __name__ == "__main__":
    run(begin)
