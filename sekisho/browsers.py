"""The browsers on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

Name = Literal["msedge", "chrome", "chromium"]
# The manuals name Edge first, then Chrome.
NAMES: tuple[Name, ...] = get_args(Name)

COMMANDS: dict[Name, tuple[str, ...]] = {
    "msedge": ("microsoft-edge", "microsoft-edge-stable"),
    "chrome": ("google-chrome", "google-chrome-stable"),
    "chromium": ("chromium", "chromium-browser"),
}
WINDOWS: dict[Name, str] = {
    "msedge": r"Microsoft\Edge\Application\msedge.exe",
    "chrome": r"Google\Chrome\Application\chrome.exe",
    "chromium": r"Chromium\Application\chrome.exe",
}
MACOS: dict[Name, str] = {
    "msedge": "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "chrome": "Google Chrome.app/Contents/MacOS/Google Chrome",
    "chromium": "Chromium.app/Contents/MacOS/Chromium",
}
REMEDIES: dict[Name, str] = {
    "msedge": "https://www.microsoft.com/edge から導入するか、「uv run playwright install msedge」を実行してください",
    "chrome": "https://www.google.com/chrome から導入するか、「uv run playwright install chrome」を実行してください",
    "chromium": "「uv run playwright install chromium」か「sudo apt-get install chromium」を実行してください",
}
# Below Playwright's download folder, by operating system.
DOWNLOADS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium-*/chrome-mac*/*.app/*/MacOS/*",
)


@dataclass(frozen=True)
class BrowserChoice:
    """One browser: which kind it is and where its program lies."""

    name: Name
    path: Path

    @classmethod
    def resolve(cls, name: str | None = None) -> BrowserChoice:
        """The browser of this name, or without one the first found of Edge, Chrome and Chromium.

        Raises ConfigurationProblemError for an unknown name, EnvironmentProblemError where there is no such browser.
        """
        if name is not None and name not in NAMES:
            raise ConfigurationProblemError(
                f"--browser {name} は使えません。{'、'.join(NAMES)} のどれかを指定してください。"
            )
        wanted = [known for known in NAMES if name in (None, known)]
        for choice in installed():
            if choice.name in wanted:
                return choice
        missing = name or "Edge、Chrome、Chromium のどれも"
        raise EnvironmentProblemError(f"ブラウザー {missing} が見つかりません。{REMEDIES[wanted[-1]]}。")

    def version(self) -> str:
        """What the program says of itself; empty where it does not say (Windows), so without starting a window."""
        if sys.platform == "win32":
            return ""
        try:
            done = subprocess.run([self.path, "--version"], capture_output=True, text=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        found = re.search(r"\d+(\.\d+)+", done.stdout)
        return found[0] if found else ""


def installed() -> list[BrowserChoice]:
    """Every browser found: Edge, Chrome, Chromium, then Playwright's own download."""
    found = [BrowserChoice(name, path) for name in NAMES if (path := _program(name))]
    return found + [BrowserChoice("chromium", path) for path in downloaded()]


def downloaded() -> list[Path]:
    """Chromium as Playwright downloads it, newest first."""
    folder = _download_folder()
    found = [path for pattern in DOWNLOADS for path in folder.glob(pattern) if os.access(path, os.X_OK)]
    return sorted(found, key=lambda path: [int(number) for number in re.findall(r"\d+", path.parts[-3])], reverse=True)


def _program(name: Name) -> Path | None:
    if sys.platform == "win32":
        roots = [os.environ.get(key, "") for key in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        places = [Path(root) / WINDOWS[name] for root in roots if root]
    elif sys.platform == "darwin":
        places = [Path("/Applications") / MACOS[name], Path.home() / "Applications" / MACOS[name]]
    else:
        places = [Path(found) for command in COMMANDS[name] if (found := shutil.which(command))]
    return next((place for place in places if place.exists()), None)


def _download_folder() -> Path:
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if chosen not in {"", "0"}:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "")) / "ms-playwright"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "ms-playwright"
