"""What this machine has for a run, what is missing, and the command that would get it."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sekisho.browser import driver
from sekisho.browser.channels import installed
from sekisho.certstore import token
from sekisho.doctor.browsers import browsers
from sekisho.language import say
from sekisho.layout import INSTALLED
from sekisho.machine.finding import Finding
from sekisho.machine.remedies import install, uv
from sekisho.native_ui import SERVICES, AccessibilityBus
from sekisho.verdict import EnvironmentProblemError

PACKAGE_OF = {
    "certutil": "libnss3-tools",
    "pk12util": "libnss3-tools",
    "dbus-daemon": "dbus",
    "at-spi2-core": "at-spi2-core",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}

LOCALES = "locales/ja.pak"


@dataclass(frozen=True)
class Environment:
    """Everything found, in the order in which a reader wants to know it."""

    findings: tuple[Finding, ...]

    @property
    def missing(self) -> list[Finding]:
        """What is not here."""
        return [finding for finding in self.findings if not finding.ok]


def detect() -> Environment:
    """Look at this machine; nothing is changed."""
    found = [_system(), *browsers(), driver.finding(), *([] if INSTALLED else [_uv()])]
    if sys.platform == "linux":
        found += [*_store_tools(), *_bus(), _japanese_interface(), _japanese_fonts(), *_screen(), *_token()]
    return Environment(tuple(found))


def native_problem() -> str | None:
    """Why the browser's own store and dialog cannot be used here, with the remedy; None if they can."""
    if sys.platform != "linux":
        system = platform.system()
        return say(f"{system} では使えません（Linux だけで使えます）", f"not on {system} (on Linux only)")
    missing = [finding for finding in (*_store_tools(), *_bus_programs()) if not finding.ok]
    if not missing:
        return _bus_problem()
    names, remedy = [finding.name for finding in missing], install(packages(missing))
    return say(f"{'、'.join(names)} がありません。{remedy}", f"missing: {', '.join(names)}. {remedy}")


def packages(missing: Iterable[Finding]) -> list[str]:
    """The system's packages that mend what is missing."""
    return list(dict.fromkeys(package for finding in missing for package in finding.packages))


def _system() -> Finding:
    release, python = _os_release(), f"Python {platform.python_version()}"
    return Finding("OS", ok=True, detail=say(f"{release}（{python}）", f"{release} ({python})"))


def _os_release() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _uv() -> Finding:
    path = uv()
    fix = say(
        "「make setup」を実行するか、https://docs.astral.sh/uv/ から導入してください",
        "run make setup, or install it from https://docs.astral.sh/uv/",
    )
    return Finding("uv", ok=bool(path), detail=path or _absent(), fix=fix)


def _absent() -> str:
    return say("ありません", "missing")


def _store_tools() -> list[Finding]:
    return [_program("certutil"), _program("pk12util")]


def _bus() -> list[Finding]:
    programs = _bus_programs()
    problem = _bus_problem() if all(one.ok for one in programs) else None
    return [*programs, *([Finding("D-Bus", ok=False, detail=problem)] if problem else [])]


def _bus_problem() -> str | None:
    """Why no bus starts, though its programs are here; None if one does, which takes a fiftieth of a second."""
    try:
        AccessibilityBus.start().stop()
    except (EnvironmentProblemError, OSError) as problem:
        return str(problem)
    return None


def _bus_programs() -> list[Finding]:
    service = SERVICES / "org.a11y.atspi.Registry.service"
    found = service.exists()
    detail = str(service) if found else _absent()
    return [
        _program("dbus-daemon"),
        _packaged("at-spi2-core", detail, PACKAGE_OF["at-spi2-core"], ok=found),
    ]


def _screen() -> list[Finding]:
    """Where the browser's prompt for a PIN can be typed into; everything else works without."""
    absent = say(
        "ありません（PIN を入力する手順は対象外になります）",
        "missing (procedures in which a PIN is entered are not applicable)",
    )
    return [_program("Xvfb", absent), _program("xdotool", absent)]


def _token() -> list[Finding]:
    """What a certificate on a PKCS#11 token needs; everything else works without."""
    absent = say(
        "ありません（トークンの手順は対象外になります）", "missing (procedures with a token are not applicable)"
    )
    return [
        _packaged(name, path or absent, token.PACKAGES[name], ok=path is not None)
        for name, path in token.programs().items()
    ]


def _program(name: str, absent: str = "") -> Finding:
    path = shutil.which(name)
    return _packaged(name, path or absent or _absent(), PACKAGE_OF[name], ok=path is not None)


def _packaged(name: str, detail: str, package: str, *, ok: bool) -> Finding:
    """What one package of the system brings."""
    return Finding(name, ok=ok, detail=detail, fix=install([package]), packages=(package,))


def _japanese_interface() -> Finding:
    """Only Debian's Chromium comes without languages; the dialog is then in English, and is operated all the same."""
    folders = [choice.path.resolve().parent for choice in installed()] + [Path("/usr/lib/chromium")]
    found = next((str(folder / LOCALES) for folder in folders if (folder / LOCALES).exists()), "")
    detail = found or say(
        "ありません（ブラウザーの画面は英語になります）", "missing (the browser's own screens are in English)"
    )
    return _packaged(say("日本語の画面", "Japanese screens"), detail, "chromium-l10n", ok=bool(found))


def _japanese_fonts() -> Finding:
    found = _first_line(["fc-list", ":lang=ja", "family"])
    detail = found or say(
        "ありません（画面の写真の日本語が□になります）", "missing (Japanese letters in pictures are boxes)"
    )
    return _packaged(say("日本語フォント", "Japanese fonts"), detail, "fonts-noto-cjk", ok=bool(found))


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next(iter(done.stdout.splitlines()), "")
