"""Where the browsers of each name lie on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["msedge", "chrome", "chromium"]
Name = Literal[
    "msedge", "chrome", "chromium",
    "msedge-beta", "chrome-beta", "chromium-beta",
    "msedge-dev", "chrome-dev", "chromium-dev",
]  # fmt: skip
# The manuals name Edge first, then Chrome; a browser of tomorrow is taken only where there is none of today.
NAMES: tuple[Name, ...] = get_args(Name)
KINDS: tuple[Kind, ...] = get_args(Kind)

COMMANDS: dict[Name, tuple[str, ...]] = {
    "msedge": ("microsoft-edge", "microsoft-edge-stable"),
    "msedge-beta": ("microsoft-edge-beta",),
    "msedge-dev": ("microsoft-edge-dev",),
    "chrome": ("google-chrome", "google-chrome-stable"),
    "chrome-beta": ("google-chrome-beta",),
    "chrome-dev": ("google-chrome-unstable",),
    "chromium": ("chromium", "chromium-browser"),
    "chromium-beta": ("chromium-beta", "chromium-browser-beta"),
    "chromium-dev": ("chromium-dev", "chromium-browser-dev", "chromium-browser-unstable"),
}
# On Windows and macOS the folder has the channel in its name, and the program in it (on Windows) has not.
FOLDERS: dict[Kind, str] = {"msedge": "Microsoft Edge", "chrome": "Google Chrome", "chromium": "Chromium"}
WINDOWS: dict[Kind, str] = {"msedge": "msedge.exe", "chrome": "chrome.exe", "chromium": "chrome.exe"}
# Below Playwright's download folder, by operating system.
DOWNLOADS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium-*/chrome-mac*/*.app/*/MacOS/*",
)
UNPACKED = "INSTALLATION_COMPLETE"  # what Playwright leaves in a folder in which nothing is missing
SNAPS = Path("/snap")
SCRIPT_BYTES = 4096


def kind_named(name: Name) -> Kind:
    """The kind that a name promises."""
    return next(kind for kind in KINDS if kind == name.partition("-")[0])


def program(name: Name) -> Path | None:
    """The installed browser of a name."""
    if sys.platform == "win32":
        roots = [os.environ.get(key, "") for key in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        places = [Path(root) / _on_windows(name) for root in roots if root]
    elif sys.platform == "darwin":
        places = [folder / _on_macos(name) for folder in (Path("/Applications"), Path.home() / "Applications")]
    else:
        places = [found for command in COMMANDS[name] if (found := on_path(command)) and not is_snap(found)]
    return next((place for place in places if place.exists()), None)


def on_path(command: str) -> Path | None:
    """The program behind a command."""
    found = shutil.which(command)
    return Path(found) if found else None


def snaps() -> list[Path]:
    """The commands of this machine that lead to a snap, which is no browser for us."""
    found = [on_path(command) for commands in COMMANDS.values() for command in commands]
    return [path for path in found if path and is_snap(path)]


def is_snap(path: Path) -> bool:
    """Whether a program is a snap or, like Ubuntu's chromium-browser, a script that leads to one.

    A snap is confined: it may use neither a HOME nor a D-Bus of a scenario's own.
    """
    real = path.resolve()
    if SNAPS in real.parents or real.name == "snap":
        return True
    try:
        with real.open("rb") as file:
            beginning = file.read(SCRIPT_BYTES)
    except OSError:
        return False
    return beginning.startswith(b"#!") and b"/snap/bin/" in beginning


def downloaded() -> list[Path]:
    """Chromium as Playwright downloads it, newest first."""
    found = [path for pattern in DOWNLOADS for path in _download_folder().glob(pattern) if os.access(path, os.X_OK)]
    whole = [path for path in found if (_build_folder(path) / UNPACKED).exists()]
    return sorted(whole, key=lambda path: int(_build_folder(path).name.rpartition("-")[2]), reverse=True)


def half_downloaded() -> list[Path]:
    """Folders of Playwright's builds that were not unpacked to the end: Playwright unpacks them anew when asked."""
    return [folder for folder in _download_folder().glob("chromium-*") if not (folder / UNPACKED).exists()]


def _build_folder(program: Path) -> Path:
    """The folder of a build, such as chromium-1255."""
    return _download_folder() / program.relative_to(_download_folder()).parts[0]


def _on_windows(name: Name) -> Path:
    """Such as chrome.exe in Google, Chrome Beta, Application."""
    kind = kind_named(name)
    return Path(*_titled(name).split(" ", 1), "Application", WINDOWS[kind])


def _on_macos(name: Name) -> Path:
    title = _titled(name)
    return Path(f"{title}.app", "Contents", "MacOS", title)


def _titled(name: Name) -> str:
    _, _, channel = name.partition("-")
    return f"{FOLDERS[kind_named(name)]} {channel.title()}".strip()


def _download_folder() -> Path:
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if chosen not in {"", "0"}:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "")) / "ms-playwright"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "ms-playwright"
