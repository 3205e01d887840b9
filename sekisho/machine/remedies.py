"""Commands that a person is told to type: as they work on this system, and in this installation."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

# What bin/sekisho was called by.
LAUNCHED_AS = "SEKISHO_COMMAND"
# Set by uv for what it runs.
UV_RUNS = "UV_RUN_RECURSION_DEPTH"

# Debian's package names, and Fedora's where they differ.
FEDORA = {
    "libnss3-tools": "nss-tools",
    "dbus": "dbus-daemon",
    "libatomic1": "libatomic",
    "chromium-l10n": "chromium",
    "chromium-sandbox": "chromium",
    "fonts-noto-cjk": "google-noto-sans-cjk-fonts",
    "xvfb": "xorg-x11-server-Xvfb",
}


def command(*arguments: str) -> str:
    """A command of sekisho's, such as `bin/sekisho list` in a checkout and `sekisho list` where it was installed."""
    if launcher := os.environ.get(LAUNCHED_AS):
        return shlex.join([launcher, *arguments])
    return shlex.join([*(("uv", "run") if UV_RUNS in os.environ else ()), "sekisho", *arguments])


def playwright(*arguments: str) -> str:
    """A command of Playwright's, by the path of the program that belongs to this Python."""
    program = Path(sys.executable).with_name("playwright")
    here = Path.cwd()
    return shlex.join([str(program.relative_to(here) if program.is_relative_to(here) else program), *arguments])


def install(packages: Iterable[str], *, again: bool = False) -> str:
    """The command that installs these packages of Debian, in this system's terms; `again` where they are broken."""
    wanted = list(dict.fromkeys(packages))
    if _by_dnf():
        verb = "reinstall" if again else "install"
        return as_root(f"dnf {verb} ") + " ".join(dict.fromkeys(FEDORA.get(package, package) for package in wanted))
    return as_root("apt-get install ") + ("--reinstall " if again else "") + " ".join(wanted)


def uv() -> str:
    """The uv on the PATH, or the one that started this process, or the project's own; empty without one."""
    return shutil.which("uv") or os.environ.get("UV") or next((str(place) for place in Path().glob(".tools/*/uv")), "")


def as_root(call: str) -> str:
    """A command that needs root's rights; on a bare machine root has no sudo."""
    without = sys.platform == "linux" and os.geteuid() == 0 and not shutil.which("sudo")
    return call if without else f"sudo {call}"


def _by_dnf() -> bool:
    return shutil.which("dnf") is not None and shutil.which("apt-get") is None
