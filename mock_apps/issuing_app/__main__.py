"""`python -m mock_apps.issuing_app`: the program, or its set-up wizard."""

from __future__ import annotations

from mock_apps.base import Desktop, Settings, Setup, Store, run
from mock_apps.issuing_app.main_window import MainWindow
from mock_apps.issuing_app.office import Office


def begin(desktop: Desktop, settings: Settings) -> None:
    """Open the first window."""
    if settings.action == "install":
        Setup.begin(desktop, settings)
    else:
        desktop.open(MainWindow(Office(settings, Store(settings.store))))


if __name__ == "__main__":
    run(begin)
