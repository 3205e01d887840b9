"""Commands that a person is told to type: as they work on this system, and in this installation."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from sekisho.layout import INSTALLED

# What bin/sekisho was called by.
LAUNCHED_AS = "SEKISHO_COMMAND"
# Set by uv for what it runs.
UV_RUNS = "UV_RUN_RECURSION_DEPTH"
# Where `uv tool install` keeps what it was asked for, in the environment that it made.
TOOL = "uv-receipt.toml"

# Debian's package names, and Fedora's where they differ.
FEDORA = {
    "libnss3-tools": "nss-tools",
    "dbus": "dbus-daemon",
    "libatomic1": "libatomic",
    "chromium-l10n": "chromium",
    "chromium-sandbox": "chromium",
    "fonts-noto-cjk": "google-noto-sans-cjk-fonts",
    "softhsm2": "softhsm",
    "xvfb": "xorg-x11-server-Xvfb",
}


def command(*arguments: str) -> str:
    """A command of sekisho's, such as `bin/sekisho list` in a checkout and `sekisho list` where it was installed."""
    launcher = None if INSTALLED else os.environ.get(LAUNCHED_AS)
    if launcher:
        return shlex.join([launcher, *arguments])
    return shlex.join([*(("uv", "run", "sekisho") if UV_RUNS in os.environ else _own()), *arguments])


def _own() -> list[str]:
    """What starts this very sekisho: its name where the PATH leads to it, else its path."""
    own = Path(sys.executable).with_name("sekisho.exe" if sys.platform == "win32" else "sekisho")
    found = shutil.which("sekisho")
    elsewhere = INSTALLED and own.is_file() and not (found and own.samefile(found))
    return [str(own)] if elsewhere else ["sekisho"]


def playwright(*arguments: str) -> str:
    """A command of Playwright's, by the path of the program that belongs to this Python."""
    program = Path(sys.executable).with_name("playwright")
    if INSTALLED and not program.is_file():  # as after pip install --user
        return shlex.join([sys.executable, "-m", "playwright", *arguments])
    here = Path.cwd()
    return shlex.join([str(program.relative_to(here) if program.is_relative_to(here) else program), *arguments])


def install(packages: Iterable[str], *, again: bool = False) -> str:
    """The command that installs these packages of Debian, in this system's terms; `again` where they are broken."""
    wanted = list(dict.fromkeys(packages))
    if _by_dnf():
        verb = "reinstall" if again else "install"
        return as_root(f"dnf {verb} ") + " ".join(dict.fromkeys(FEDORA.get(package, package) for package in wanted))
    return as_root("apt-get install ") + ("--reinstall " if again else "") + " ".join(wanted)


def install_all(packages: Iterable[str]) -> str:
    """One line that installs these packages also where the system has never looked for any."""
    return install(packages) if _by_dnf() else f"{as_root('apt-get update')} && {install(packages)}"


def reinstall(package: str) -> str:
    """The command that puts a Python package of sekisho's own into order."""
    if not INSTALLED:
        return f"{uv() or 'uv'} sync --reinstall-package {package}"
    if (Path(sys.prefix) / TOOL).is_file():
        return f"uv tool upgrade sekisho --reinstall-package {package}"
    if metadata.distribution("sekisho").read_text("INSTALLER") == "uv":
        return shlex.join(["uv", "pip", "install", "--python", sys.executable, "--reinstall", package])
    return shlex.join([sys.executable, "-m", "pip", "install", "--force-reinstall", package])


def uv() -> str:
    """The uv on the PATH, or the one that started this process, or the project's own; empty without one."""
    return shutil.which("uv") or os.environ.get("UV") or next((str(place) for place in Path().glob(".tools/*/uv")), "")


def as_root(call: str) -> str:
    """A command that needs root's rights; on a bare machine root has no sudo."""
    without = sys.platform == "linux" and os.geteuid() == 0 and not shutil.which("sudo")
    return call if without else f"sudo {call}"


def _by_dnf() -> bool:
    return shutil.which("dnf") is not None and shutil.which("apt-get") is None
