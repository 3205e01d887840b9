"""Where the browsers of each name lie on this machine."""

from __future__ import annotations

import os
import re
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
        places = [Path(found) for command in COMMANDS[name] if (found := shutil.which(command))]
    return next((place for place in places if place.exists()), None)


def downloaded() -> list[Path]:
    """Chromium as Playwright downloads it, newest first."""
    folder = _download_folder()
    found = [path for pattern in DOWNLOADS for path in folder.glob(pattern) if os.access(path, os.X_OK)]
    return sorted(found, key=lambda path: [int(number) for number in re.findall(r"\d+", path.parts[-3])], reverse=True)


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
