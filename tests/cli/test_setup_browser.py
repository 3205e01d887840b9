"""`scripts/setup.sh` without a browser in sight, as on Ubuntu: never a snap; Playwright's build, in the right order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.machine import Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")

# What Ubuntu's package chromium-browser puts into /usr/bin.
STUB = """if ! [ -x /snap/bin/chromium ]; then
    echo "Command '$0' requires the chromium snap to be installed." >&2; exit 1
fi
exec /snap/bin/chromium "$@"
"""


@pytest.fixture
def ubuntu(tmp_path: Path) -> Machine:
    """A machine with everything but a browser, whose distribution has no Chromium."""
    machine = Machine(tmp_path)
    machine.complete()
    machine.lacks("google-chrome")
    machine.debian(offers="(none)")
    return machine


def order(machine: Machine) -> list[str]:
    """What was installed by apt or Playwright, in its order."""
    return [call for call in machine.called() if " install" in call and call.startswith(("apt-get", "playwright"))]


@pytest.mark.parametrize("offers", ["(none)", "2:1snap1-0ubuntu2"])
def test_ubuntu_gets_playwrights_build_with_its_libraries_never_the_snap(ubuntu: Machine, offers: str) -> None:
    """The library of Playwright's own program first, then what the browser needs, then the browser."""
    ubuntu.debian(offers=offers)
    ubuntu.program("ldconfig")
    ubuntu.playwright()

    result = ubuntu.set_up()

    assert result.returncode == 0, result.stderr
    assert ubuntu.installs() == [["libatomic1"]]
    assert [call.partition(" ")[2] for call in order(ubuntu)][1:] == [
        "install-deps chromium",
        "install --no-shell chromium",
    ]


def test_the_door_to_a_snap_is_no_browser(ubuntu: Machine) -> None:
    """Neither Ubuntu's script nor the link in /snap/bin; nothing of it is started."""
    ubuntu.program("chromium-browser", STUB)
    snap = ubuntu.program("snap", at=ubuntu.bin / "bin" / "snap")
    (ubuntu.bin / "chromium").symlink_to(snap)
    ubuntu.playwright()

    assert ubuntu.set_up().returncode == 0
    assert "playwright install --no-shell chromium" in ubuntu.called()
    assert not ubuntu.called("snap")
    assert not ubuntu.called("chromium-browser")


def test_google_chrome_or_edge_is_taken_where_it_is(ubuntu: Machine) -> None:
    """Beside a snap nothing is downloaded then."""
    ubuntu.program("chromium-browser", STUB)
    ubuntu.program("microsoft-edge")
    ubuntu.playwright()

    assert ubuntu.set_up().stderr == ""
    assert not order(ubuntu)


@pytest.mark.parametrize("chrome", [True, False])
@pytest.mark.parametrize("user", [0, 1000])
def test_a_sandbox_that_apparmor_forbids_is_named(ubuntu: Machine, user: int, *, chrome: bool) -> None:
    """For a plain user with Playwright's build alone: Google's package has a profile, and root has no sandbox."""
    ubuntu.user(user)
    ubuntu.program("sysctl", '[ "$2" = kernel.apparmor_restrict_unprivileged_userns ] && echo 1')
    ubuntu.playwright()
    if chrome:
        ubuntu.program("google-chrome")

    result = ubuntu.set_up()

    assert result.returncode == 0
    assert ("AppArmor forbids the sandbox" in result.stderr) is (user == 1000 and not chrome)


def test_a_download_that_was_cut_off_is_no_browser(ubuntu: Machine) -> None:
    """Playwright marks what it has unpacked to the end; the rest it unpacks anew."""
    browser = ubuntu.playwright()
    ubuntu.program("chrome", at=browser)

    assert ubuntu.set_up().returncode == 0
    assert "playwright install --no-shell chromium" in ubuntu.called()
    assert ubuntu.set_up().stderr == ""


def test_a_download_that_fails_is_one_line_with_the_remedy(ubuntu: Machine) -> None:
    """Exit code 3: without a browser nothing runs."""
    ubuntu.playwright(downloads=False)

    result = ubuntu.set_up()

    remedy = f"run: {ubuntu.project}/.venv/bin/playwright install --with-deps chromium (or install Google Chrome)"
    assert result.returncode == 3
    assert result.stderr.endswith(f"no browser: Error: ENOTFOUND; {remedy}\n")


def test_a_download_that_lacks_libraries_is_told_so(ubuntu: Machine) -> None:
    """As without root: the browser is there and does not start."""
    ubuntu.user(1000)
    browser = ubuntu.playwright()
    broken = f"printf '#!/bin/sh\\necho libnss3.so: cannot open; exit 127\\n' > {browser}"
    (ubuntu.project / ".venv/bin/playwright").open("a").write(f'[ "$1" != install ] || {broken}\n')

    result = ubuntu.set_up()

    assert result.returncode == 3
    assert "does not start: libnss3.so: cannot open" in result.stderr
    assert result.stderr.endswith(f"run: {ubuntu.project}/.venv/bin/playwright install-deps chromium\n")


def test_debians_browser_that_cannot_be_had_is_made_up_for_by_playwrights(ubuntu: Machine) -> None:
    """A distribution whose server does not answer does not end the set-up."""
    ubuntu.debian(offers="156.0", apt_get="echo 'E: Unable to fetch some archives'; exit 100")
    ubuntu.playwright()

    result = ubuntu.set_up()

    assert result.returncode == 0, result.stderr
    assert "E: Unable to fetch some archives" in result.stderr
    assert "playwright install --no-shell chromium" in ubuntu.called()
