"""Chromium's sandbox: whether this system lets a plain user's browser have one, and what to do where it does not.

A browser has it by a helper beside it that belongs to root (in the packages of Chrome and Edge, and in Debian's
chromium-sandbox), or else by making namespaces of its own. Ubuntu from 23.10 on forbids the latter to any program that
AppArmor has no profile for, and Playwright's build has neither helper nor profile.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from sekisho.language import say
from sekisho.layout import document
from sekisho.machine.remedies import install, playwright

HELPERS = ("chrome-sandbox", "msedge-sandbox")
DEBIANS = Path("/usr/lib/chromium")
RESTRICTION = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
PROFILES = Path("/etc/apparmor.d")
DOWNLOADS = "ms-playwright"


def wanted() -> bool:
    """Whether the browser is started with its sandbox: it refuses to run with it as root."""
    return not (sys.platform == "linux" and os.geteuid() == 0)


def problem(browser: Path) -> str | None:
    """Why this browser would not start for this user, with the remedy, as far as settings tell; None if it may."""
    if sys.platform != "linux" or not wanted() or _has_helper(browser):
        return None
    if _restricted():
        return None if _profiled(browser) else _by_apparmor()
    return None if _makes_namespaces() else _without_namespaces(browser)


def remedy(browser: Path) -> str:
    """What to do about a browser that itself said that there is no sandbox for it."""
    return _by_apparmor() if _restricted() and not _has_helper(browser) else _without_namespaces(browser)


def _has_helper(browser: Path) -> bool:
    places = [folder / name for folder in _folders(browser) for name in HELPERS]
    return any(place.exists() and place.stat().st_mode & stat.S_ISUID for place in places)


def _folders(browser: Path) -> list[Path]:
    """Where the browser's own files lie; Debian's command is a script that starts it from elsewhere."""
    return [browser.resolve().parent, *([DEBIANS] if _is_debians(browser) else [])]


def _is_debians(browser: Path) -> bool:
    return browser.name == "chromium" and DEBIANS.is_dir()


def _restricted() -> bool:
    try:
        return RESTRICTION.read_text("ascii").strip() == "1"
    except OSError:
        return False


def _profiled(browser: Path) -> bool:
    """Whether a profile of this system names the browser; one for Playwright's build has a pattern for a path."""
    named = DOWNLOADS if DOWNLOADS in browser.parts else str(browser.resolve())
    files = [path for path in PROFILES.glob("*") if path.is_file()] if PROFILES.is_dir() else []
    return any(named in path.read_text("utf-8", "replace") for path in files if os.access(path, os.R_OK))


def _makes_namespaces() -> bool:
    try:
        return (
            subprocess.run(["unshare", "--user", "true"], capture_output=True, timeout=10, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return True  # nothing is known against it


def _by_apparmor() -> str:
    return say(
        "Ubuntu の AppArmor が、このブラウザーのサンドボックスを許していません。"
        f"「{playwright('install', 'chrome')}」で Google Chrome を導入するか、"
        f"{document('setup.md')} の AppArmor プロファイルを置いてください",
        "Ubuntu's AppArmor does not let this browser have a sandbox. Install Google Chrome by "
        f'"{playwright("install", "chrome")}", or put the AppArmor profile of {document("setup.md")} in its place',
    )


def _without_namespaces(browser: Path) -> str:
    how = (
        say(f"「{install(['chromium-sandbox'])}」を実行してください", f'Run "{install(["chromium-sandbox"])}"')
        if _is_debians(browser)
        else say(
            "このユーザーにユーザー名前空間を許可するか、root で実行してください",
            "Let this user have user namespaces, or run as root",
        )
    )
    return say(f"ブラウザーのサンドボックスが使えません。{how}", f"The browser's sandbox cannot be used. {how}")
