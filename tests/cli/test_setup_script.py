"""`scripts/setup.sh` on machines that lack things: each is one line with the command that would fix it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "setup.sh"
ALWAYS_THERE = ("bash", "cp", "dirname", "env", "id", "ln", "mkdir", "rm", "timeout", "uname")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


class Machine:
    """A project folder and a PATH that holds nothing but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        """Make the folder, with the script in it."""
        self.project = folder / "project"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        for made in (self.project / "scripts", self.bin):
            made.mkdir(parents=True)
        self.calls.touch()
        shutil.copy(SCRIPT, self.project / "scripts" / "setup.sh")
        for name in ALWAYS_THERE:
            (self.bin / name).symlink_to(str(shutil.which(name)))

    def program(self, name: str, does: str = "") -> None:
        """Put a program on the PATH that notes how it was called, and then does something."""
        path = self.bin / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.calls}\n{does}\n', encoding="utf-8")
        path.chmod(0o755)

    def set_up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        return subprocess.run(
            [self.project / "scripts" / "setup.sh", *arguments],
            env={"PATH": str(self.bin), "HOME": str(self.project), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    def called(self) -> list[str]:
        """How the programs were called."""
        return self.calls.read_text("utf-8").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with a shell and nothing else."""
    return Machine(tmp_path)


def complete(machine: Machine) -> None:
    """Put everything on the machine that the script looks for (at-spi2-core is looked for by its own path)."""
    for name in ("uv", "google-chrome", "pk12util", "dbus-daemon", "Xvfb", "xdotool"):
        machine.program(name)
    machine.program("dpkg", "exit 1")
    machine.program("fc-list", "echo 'Noto Sans CJK JP'")


def test_a_complete_machine_is_left_alone(machine: Machine) -> None:
    """Where everything is there, only the Python packages are compared with the lock file."""
    complete(machine)
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        pytest.skip("at-spi2-core is not installed here")

    result = machine.set_up()

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert not [call for call in machine.called() if call.startswith("apt-get")]
    assert [call for call in machine.called() if call.startswith("uv sync")] == ["uv sync --locked --quiet"]


def test_what_cannot_be_had_is_one_line_with_its_remedy_and_the_set_up_goes_on(machine: Machine) -> None:
    """Without rights or network each missing package is named with the command that would fix it."""
    complete(machine)
    machine.program("apt-get", "exit 100")
    (machine.bin / "pk12util").unlink()
    (machine.bin / "dbus-daemon").unlink()

    result = machine.set_up()

    assert result.returncode == 0
    assert "setup: missing; run: sudo apt-get install libnss3-tools\n" in result.stderr
    assert "setup: missing; run: sudo apt-get install dbus\n" in result.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="the script installs packages as root only")
def test_missing_packages_are_installed_in_one_go(machine: Machine) -> None:
    """One call of apt-get gets everything that is missing."""
    complete(machine)
    machine.program("apt-get")
    (machine.bin / "pk12util").unlink()
    (machine.bin / "dbus-daemon").unlink()

    result = machine.set_up()

    installs = [call for call in machine.called() if call.startswith("apt-get")]
    assert result.returncode == 0
    assert len(installs) == 1
    assert installs[0].endswith("install -y --no-install-recommends libnss3-tools dbus")


def test_what_only_the_tests_need_is_asked_for_by_them_only(machine: Machine) -> None:
    """A mail server is nothing to install for a run; where it cannot be had, that is one line."""
    complete(machine)
    machine.program("apt-get", "exit 100")
    found_outside = Path("/usr/sbin/dovecot").exists()

    assert "dovecot" not in machine.set_up().stderr
    result = machine.set_up("tests")

    assert result.returncode == 0
    assert ("setup: missing; run: sudo apt-get install dovecot-imapd\n" in result.stderr) is not found_outside


def test_a_browser_is_downloaded_before_the_distribution_is_asked(machine: Machine) -> None:
    """Without any browser Playwright's download is tried first, the package second."""
    complete(machine)
    (machine.bin / "google-chrome").unlink()
    machine.program("apt-get")
    playwright = machine.project / ".venv" / "bin" / "playwright"
    playwright.parent.mkdir(parents=True)
    playwright.write_text(f'#!/bin/sh\necho "playwright $*" >> {machine.calls}\nexit 1\n', encoding="utf-8")
    playwright.chmod(0o755)

    result = machine.set_up()

    calls = machine.called()
    assert result.returncode == 0
    assert "playwright install --no-shell chromium" in calls
    if os.geteuid() == 0:
        assert calls[-1].endswith("chromium chromium-l10n")


def test_without_uv_it_is_installed_into_the_project(machine: Machine) -> None:
    """A virtual environment in .tools/ gets uv; nothing outside the project changes."""
    complete(machine)
    (machine.bin / "uv").unlink()
    fake_uv = machine.project / "fake-uv"
    fake_uv.write_text("#!/bin/sh\n", encoding="utf-8")
    pip = machine.project / "pip"
    pip.write_text(f'#!/bin/sh\ncp {fake_uv} "${{0%/*}}/uv"\n', encoding="utf-8")
    for script in (fake_uv, pip):
        script.chmod(0o755)
    machine.program("python3.11", f'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp {pip} "$3/bin/python"; fi')

    result = machine.set_up()

    assert result.returncode == 0, result.stderr
    assert "setup: installing uv into .tools/" in result.stderr
    assert (machine.project / ".tools" / "bin" / "uv").resolve() == machine.project / ".tools" / "uv" / "bin" / "uv"


def test_without_uv_and_without_a_way_to_get_it_the_remedy_is_named(machine: Machine) -> None:
    """No venv, no pip, no apt: the script stops with code 3 and says what to install."""
    complete(machine)
    (machine.bin / "uv").unlink()
    machine.program("python3.11", 'case "$*" in *venv*|*pip*) exit 1;; esac')

    result = machine.set_up()

    assert result.returncode == 3
    assert "uv could not be installed; run: " in result.stderr
    assert "python3-venv" in result.stderr


def test_an_old_python_is_refused_with_the_remedy(machine: Machine) -> None:
    """Python below 3.11 and no uv: the script says what to install."""
    complete(machine)
    (machine.bin / "uv").unlink()
    machine.program("python3", "exit 1")

    result = machine.set_up()

    assert result.returncode == 3
    assert "no Python 3.11 or newer" in result.stderr


def test_without_apt_the_packages_are_named(machine: Machine) -> None:
    """On another distribution the script names the packages instead of installing them."""
    complete(machine)
    (machine.bin / "pk12util").unlink()

    result = machine.set_up()

    assert result.returncode == 0
    assert "libnss3-tools" in result.stderr
    assert "apt-get" not in result.stderr


def test_a_lock_file_that_cannot_be_followed_stops_the_set_up(machine: Machine) -> None:
    """Without the Python packages nothing works: code 3 and the command to look into it."""
    complete(machine)
    machine.program("uv", '[ "$1" = --version ]')

    result = machine.set_up()

    assert result.returncode == 3
    assert "sync --locked" in result.stderr


def test_a_library_that_playwright_lacks_is_installed(machine: Machine) -> None:
    """A Debian without a compiler has no libatomic, and no browser would start."""
    complete(machine)
    machine.program("apt-get")
    driver = machine.project / ".venv" / "lib" / "python3.11" / "site-packages" / "playwright" / "driver" / "node"
    driver.parent.mkdir(parents=True)
    driver.write_text("#!/bin/sh\necho 'node: libatomic.so.1: cannot open' >&2\nexit 127\n", encoding="utf-8")
    driver.chmod(0o755)

    machine.set_up()

    assert [call for call in machine.called() if call.startswith("apt-get") and "libatomic1" in call]
