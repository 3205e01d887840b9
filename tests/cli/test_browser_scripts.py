"""The scripts that bring further browsers, on machines whose registries offer this, that or nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.machine import Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux")

TOOLS = ("awk", "chmod", "flock", "mktemp", "sort", "tail", "tar")
PROGRAM = "tree/usr/lib/chromium/chromium"
DOWNLOADS = 'case "$*" in *download*) for one in "$@"; do case $one in *=*) : > "./$one.deb" ;; esac; done ;; esac'
UNPACKS = f'mkdir -p tree/usr/lib/chromium; printf "#!/bin/sh\\n" > {PROGRAM}; chmod +x {PROGRAM}'
NEW, OLD = "156.0.1-1", "150.0.2-1"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian whose sources offer two versions of Chromium, of which the newer is installed elsewhere."""
    machine = Machine(tmp_path)
    for name in TOOLS:
        (machine.bin / name).symlink_to(str(shutil.which(name)))
    machine.program(
        "apt-cache", f"echo 'chromium | {NEW} | http://a Packages'; echo 'chromium | {OLD} | http://b Packages'"
    )
    machine.program("apt-get", DOWNLOADS)
    machine.program("dpkg-query", "exit 1")
    machine.program("dpkg", UNPACKS)
    return machine


def place(machine: Machine, version: str) -> Path:
    """Where a version belongs."""
    return machine.project / ".tools" / "browsers" / f"chromium-{version}" / "usr" / "lib" / "chromium" / "chromium"


def test_every_version_that_the_sources_offer_is_unpacked_once(machine: Machine) -> None:
    """Looked up when it runs; the second call fetches nothing."""
    first, again = (machine.set_up("chromiums", program="scripts/browsers.sh") for _ in range(2))
    assert first.stdout.splitlines() == [str(place(machine, OLD)), str(place(machine, NEW))]
    assert (again.returncode, again.stdout) == (0, first.stdout)
    fetched = [call.split(" download ")[1] for call in machine.called("apt-get") if " download " in call]
    parts = [f"chromium={OLD} chromium-common={OLD}", f"chromium-l10n={OLD}"]
    assert fetched == [*parts, *(one.replace(OLD, NEW) for one in parts)]
    assert sorted(path.name for path in (machine.project / ".tools" / "browsers").iterdir()) == [
        f"chromium-{OLD}", f"chromium-{NEW}", "lock",
    ]  # fmt: skip


def test_a_version_that_cannot_be_fetched_keeps_no_other_away(machine: Machine) -> None:
    """One line says which; nothing of it is left, and the next call tries it again."""
    machine.program("apt-get", f'case "$*" in *chromium-common={OLD}*) exit 100 ;; esac\n{DOWNLOADS}')
    result = machine.set_up("chromiums", program="scripts/browsers.sh")
    assert (result.returncode, result.stdout.splitlines()) == (0, [str(place(machine, NEW))])
    assert f"browsers: Chromium {OLD} cannot be had from this system's sources\n" in result.stderr
    machine.program("apt-get", DOWNLOADS)
    assert str(place(machine, OLD)) in machine.set_up("chromiums", program="scripts/browsers.sh").stdout


@pytest.mark.parametrize(
    ("program", "does"),
    [
        ("apt-cache", ""),
        ("apt-cache", "echo 'chromium | 2:1snap1-0ubuntu2 | http://a Packages'"),
        ("dpkg", "printf 'dpkg-deb: unexpected end of file' >&2; exit 2"),
        ("dpkg", f"{UNPACKS}; printf '#!/bin/sh\\necho no libnss3 >&2; exit 127' > {PROGRAM}"),
    ],
    ids=["no version", "a snap's stub", "a broken package", "a library is missing"],
)
def test_where_none_can_be_had_one_line_says_so(machine: Machine, program: str, does: str) -> None:
    """Exit code 3, as everywhere for this machine's trouble."""
    if "snap" in does:
        machine.program("dpkg", "mkdir -p tree/usr/bin")
    machine.program(program, does)
    result = machine.set_up("chromiums", program="scripts/browsers.sh")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.splitlines()[-1].startswith("browsers: no version of Chromium could be had")


def test_without_npm_there_is_no_headless_shell(machine: Machine) -> None:
    """One line with the command."""
    result = machine.set_up("headless-shell", program="scripts/browsers.sh")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == "browsers: no npm; run: apt-get install npm\n"


def test_a_registry_that_refuses_leaves_the_headless_shell_that_is_there(machine: Machine) -> None:
    """Or says that there is none."""
    machine.program("node")
    machine.program("npm", "exit 1")
    result = machine.set_up("headless-shell", program="scripts/browsers.sh")
    assert (result.returncode, result.stdout) == (3, "")
    assert "npm cannot reach its registry" in result.stderr
    here = machine.program("chromium", at=machine.project / ".tools" / "browsers" / "headless-shell-1.0" / "chromium")
    assert machine.set_up("headless-shell", program="scripts/browsers.sh").stdout == f"{here}\n"


def test_a_bare_debian_needs_root_and_says_what_else(machine: Machine) -> None:
    """Before anything is fetched or mounted."""
    machine.user(1000)
    assert "only root" in machine.set_up("true", program="scripts/debian_root.sh").stderr
    machine.user(0)
    refused = machine.set_up("true", program="scripts/debian_root.sh")
    assert (refused.returncode, refused.stderr) == (
        3, "debian_root: no debootstrap; run: apt-get install debootstrap util-linux git\n",
    )  # fmt: skip
    assert "no command" in machine.set_up(program="scripts/debian_root.sh").stderr
    assert "--usr" in machine.set_up("--usr", "true", program="scripts/debian_root.sh").stderr
