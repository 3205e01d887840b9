"""`scripts/setup.sh` on machines that lack things: what it installs, and what it says where it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.machine import Machine

USUAL = Path("/usr/bin/python3")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


def usual_python() -> bool:
    """Whether the packages run on the Python of this system's own."""
    asked = [str(USUAL), "-c", "import ctypes, sqlite3, ssl, sys, zoneinfo; sys.exit(sys.version_info < (3, 11))"]
    return USUAL.exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with everything: a test takes away what it is about."""
    machine = Machine(tmp_path)
    machine.complete()
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        pytest.skip("at-spi2-core is not installed here")
    return machine


def test_a_complete_machine_is_left_alone(machine: Machine) -> None:
    """Where everything is there, only the Python packages are compared with the lock file, without a word."""
    machine.debian(age_of_lists=9)

    result = machine.set_up("tests")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert not machine.called("apt-get")
    assert machine.called("uv sync") == ["uv sync --locked --check --quiet"]


def test_missing_packages_are_installed_in_one_go(machine: Machine) -> None:
    """One call of apt-get gets everything that is missing, and lists of today are not asked for again."""
    machine.debian()
    machine.lacks("pk12util", "dbus-daemon")

    result = machine.set_up()

    assert result.returncode == 0, result.stderr
    assert machine.installs() == [["libnss3-tools", "dbus"]]
    assert not [call for call in machine.called("apt-get") if "update" in call]
    assert result.stderr == "setup: installing libnss3-tools dbus\n"


@pytest.mark.parametrize("lists", ["old", "none"])
def test_old_lists_are_refreshed_before_anything_is_installed(machine: Machine, lists: str) -> None:
    """A list of yesterday's offers a browser with known holes; an image of a bare machine has none at all."""
    machine.debian(age_of_lists=2)
    if lists == "none":
        (machine.lists / "deb.example.test_Packages").unlink()
    machine.lacks("google-chrome")

    result = machine.set_up()

    assert ["update" in call for call in machine.called("apt-get")] == [True, False]
    assert result.stderr.startswith("setup: refreshing the package lists\nsetup: installing chromium")


def test_lists_that_cannot_be_refreshed_are_used_as_they_are_and_that_is_said(machine: Machine) -> None:
    """With the line of apt's that says why."""
    machine.debian(
        age_of_lists=2, apt_get='case "$*" in *update*) echo "E: Failed to fetch http://x/InRelease"; exit 100;; esac'
    )
    machine.lacks("pk12util")

    result = machine.set_up()

    assert result.returncode == 0, result.stderr
    assert "could not refresh all package lists" in result.stderr
    assert "E: Failed to fetch http://x/InRelease\n" in result.stderr
    assert machine.installs() == [["libnss3-tools"]]


def test_a_bare_machine_gets_the_browser_with_its_sandbox_and_what_playwright_needs_at_once(machine: Machine) -> None:
    """Before Playwright's own program, which is linked with libatomic, is ever started."""
    machine.debian()
    machine.lacks("google-chrome", "uv", "ldconfig")
    machine.program("ldconfig")
    machine.program("python3", 'case "$*" in *ensurepip*) exit 1;; *"-m venv"*) exit 1;; esac')

    machine.set_up()

    assert machine.installs() == [["python3-venv", "libatomic1", "chromium", "chromium-sandbox", "chromium-l10n"]]


def test_a_library_that_playwrights_program_misses_is_installed(machine: Machine) -> None:
    """Where the program is there already, it is asked itself."""
    machine.debian()
    driver = machine.project / ".venv/lib/python3.11/site-packages/playwright/driver/node"
    machine.program("node", "echo 'node: libatomic.so.1: cannot open' >&2; exit 127", at=driver)
    machine.playwright()

    machine.set_up()

    assert machine.installs() == [["libatomic1"]]


def test_without_root_the_set_up_ends_at_once_with_one_line(machine: Machine) -> None:
    """Everything that is missing, in one command; nothing is downloaded before."""
    machine.debian(age_of_lists=2)
    machine.user(1000)
    machine.lacks("google-chrome", "pk12util")
    machine.program("ldconfig")

    result = machine.set_up()

    packages = "libatomic1 chromium chromium-sandbox chromium-l10n libnss3-tools"
    command = f'sudo sh -c "apt-get update; apt-get install -y --no-install-recommends {packages}"'
    assert result.returncode == 3
    assert result.stderr == f"setup: missing: {packages}; run: {command}\n"
    assert not machine.called("uv sync")
    assert not machine.called("apt-get")


def test_without_root_a_run_does_without_what_it_can_do_without(machine: Machine) -> None:
    """One line says what, and how to have it; the set-up goes on."""
    machine.debian()
    machine.user(1000)
    machine.lacks("pk12util", "dbus-daemon")

    result = machine.set_up()

    assert result.returncode == 0
    assert result.stderr.count("\n") == 1
    assert "going on without libnss3-tools dbus; to have all, run: sudo " in result.stderr
    assert machine.called("uv sync")


def test_sudo_that_asks_for_no_password_is_used(machine: Machine) -> None:
    """Without a terminal it may not ask for one."""
    machine.debian()
    machine.user(1000)
    machine.program("sudo", '[ "$1" != -n ] || shift; exec "$@"')
    machine.lacks("pk12util")

    assert machine.set_up().returncode == 0
    assert machine.installs() == [["libnss3-tools"]]


def test_a_plain_user_needs_debians_sandbox_where_namespaces_are_forbidden(machine: Machine) -> None:
    """Chromium does not start without either."""
    machine.debian()
    machine.lacks("google-chrome")
    machine.program("chromium")
    machine.program("dpkg", '[ "$2" = chromium ] || [ "$2" = chromium-l10n ]')
    machine.user(1000)
    machine.program("unshare", "exit 1")

    result = machine.set_up()

    assert result.returncode == 3
    assert result.stderr.startswith("setup: missing: chromium-sandbox; run: sudo ")


def test_a_browser_that_does_not_start_is_unpacked_again(machine: Machine) -> None:
    """Such as one of which dpkg was interrupted: dpkg itself takes it for installed."""
    machine.debian()
    machine.lacks("google-chrome")
    machine.program("chromium", "exit 127")
    machine.program("dpkg", '[ "$1" = -s ]')

    machine.set_up()

    call = next(call for call in machine.called("apt-get") if " install " in call)
    assert "--reinstall" in call
    assert machine.installs() == [["chromium", "chromium-sandbox", "chromium-l10n", "chromium-common"]]


def test_what_only_the_tests_need_is_asked_for_by_them_only(machine: Machine) -> None:
    """A mail server and judges from outside are nothing to install for a run; the system's mail server stays off."""
    machine.debian()
    machine.program("systemctl")
    machine.lacks("curl", "openssl", "dovecot")
    there = Path("/usr/sbin/dovecot").exists()

    assert machine.set_up().stderr == ""
    machine.set_up("tests")

    assert machine.installs() == [["curl", "openssl", *([] if there else ["dovecot-imapd"])]]
    assert bool(machine.called("systemctl disable")) is not there


def test_a_package_that_is_nowhere_does_not_keep_the_others_away(machine: Machine) -> None:
    """Where all in one go fails, what is needed is installed, then what can be had."""
    machine.debian(
        apt_get='case "$*" in *fonts-noto-cjk*) echo "E: Unable to locate package fonts-noto-cjk"; exit 100;; esac'
    )
    machine.program(
        "apt-cache", "shift; for one; do [ $one = fonts-noto-cjk ] || { echo $one:; echo '  Candidate: 1'; }; done"
    )
    machine.program("fc-list")
    machine.lacks("pk12util")

    result = machine.set_up()

    assert result.returncode == 0
    assert "that failed: E: Unable to locate package fonts-noto-cjk\n" in result.stderr
    assert "going on without fonts-noto-cjk: this distribution has no such package\n" in result.stderr
    assert machine.installs()[-1] == ["libnss3-tools"]


def test_a_newer_version_of_the_browser_is_named_with_the_command(machine: Machine) -> None:
    """Setting up does not change what is there, but says it."""
    machine.debian(offers="156.0")
    machine.program("dpkg-query", '[ "$4" != google-chrome-stable ] || echo 150.0')
    machine.program("dpkg", '[ "$2 $3 $4" = "156.0 gt 150.0" ]')

    result = machine.set_up()

    assert result.returncode == 0
    assert result.stderr == (
        "setup: google-chrome-stable 150.0 is outdated; "
        "for 156.0 run: apt-get install --only-upgrade google-chrome-stable\n"
    )


def test_a_browser_that_was_just_installed_is_not_called_outdated(machine: Machine) -> None:
    """Its version is the one on offer."""
    machine.debian(offers="156.0")
    machine.lacks("google-chrome")
    machine.program("dpkg-query", '[ "$4" != chromium ] || echo 156.0')
    machine.program("dpkg", '[ "$1" = --compare-versions ] && [ "$2" != "$4" ]')

    assert "outdated" not in machine.set_up().stderr


def test_fedora_is_told_its_own_names(machine: Machine) -> None:
    """One command of dnf, with the packages as Fedora calls them."""
    machine.program("dnf")
    machine.lacks("pk12util", "dbus-daemon", "Xvfb", "dovecot")
    machine.program("ldconfig")
    there = Path("/usr/sbin/dovecot").exists()

    result = machine.set_up("tests")

    names = "libatomic nss-tools dbus-daemon xorg-x11-server-Xvfb" + ("" if there else " dovecot")
    assert result.returncode == 3
    assert result.stderr.endswith(f"run: dnf install {names}\n")


def test_elsewhere_the_packages_are_named_as_debian_calls_them(machine: Machine) -> None:
    """On another distribution the script names the packages instead of installing them."""
    machine.lacks("pk12util")

    result = machine.set_up()

    assert result.returncode == 0
    assert "what Debian calls: libnss3-tools\n" in result.stderr


@pytest.mark.skipif(not usual_python(), reason="the system has no Python that the packages run on")
@pytest.mark.parametrize(("chosen", "taken"), [("", str(USUAL)), (".python-version", "")])
def test_the_systems_own_python_is_taken_unless_a_person_chose_one(machine: Machine, chosen: str, taken: str) -> None:
    """It is built with optimisations; one of pyenv's, which comes first on the PATH, usually is not."""
    told = f'echo "with $UV_PYTHON" >> {machine.calls}'
    machine.program("uv", f'case "$*" in *--check*) exit 1 ;; sync*) {told} ;; esac')
    if chosen:
        (machine.project / chosen).write_text("3.14\n", encoding="utf-8")

    result = machine.set_up("python")

    assert result.returncode == 0, result.stderr
    assert machine.called("with ") == [f"with {taken}"]
