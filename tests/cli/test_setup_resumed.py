"""`scripts/setup.sh` cut off in the middle, or unable to go on: one line, its exit code, and a second try goes on."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.machine import Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian with everything: a test takes away what it is about."""
    machine = Machine(tmp_path)
    machine.complete()
    machine.debian()
    return machine


def gets_uv(machine: Machine) -> None:
    """Let the machine's Python make a virtual environment whose pip gets uv."""
    pip = machine.project / "pip"
    machine.program("uv", at=machine.project / "fake-uv")
    machine.program("pip", f'cp {machine.project / "fake-uv"} "${{0%/*}}/uv"', at=pip)
    machine.program("python3", f'[ "$2" != venv ] || {{ mkdir -p "$3/bin" && cp {pip} "$3/bin/python"; }}')
    machine.lacks("uv")


def test_without_uv_it_is_installed_into_the_project(machine: Machine) -> None:
    """A virtual environment in .tools/ gets uv; nothing outside the project changes."""
    gets_uv(machine)

    result = machine.set_up()

    assert result.returncode == 0, result.stderr
    assert "setup: installing uv into .tools/" in result.stderr
    assert (machine.project / ".tools/bin/uv").resolve() == machine.project / ".tools/uv/bin/uv"


def test_a_uv_that_was_half_installed_is_installed_anew(machine: Machine) -> None:
    """What lies there and does not start is thrown away."""
    gets_uv(machine)
    rest = machine.project / ".tools" / "uv" / "bin" / "uv"
    rest.parent.mkdir(parents=True)
    rest.write_text("half", encoding="utf-8")
    (machine.project / ".tools" / "bin").mkdir()
    (machine.project / ".tools" / "bin" / "uv").symlink_to("../uv/bin/uv")

    assert machine.set_up().returncode == 0
    assert machine.called("uv sync")


def test_without_a_way_to_get_uv_the_reason_is_named(machine: Machine) -> None:
    """No network: the script stops with code 3 and pip's own words."""
    gets_uv(machine)
    (machine.project / "pip").write_text("#!/bin/sh\necho 'ERROR: Could not find a version of uv' >&2; exit 1\n")
    machine.program("python3", (machine.bin / "python3").read_text("utf-8").split("\n", 2)[2])

    result = machine.set_up()

    assert result.returncode == 3
    assert "uv could not be installed: ERROR: Could not find a version of uv; put that right" in result.stderr


def test_without_a_python_the_missing_package_is_named(machine: Machine) -> None:
    """To a plain user; and in the checkout alone, the command that looks after the system."""
    machine.lacks("uv")
    machine.user(1000)

    result = machine.set_up()
    inside = machine.set_up("python")

    assert (result.returncode, inside.returncode) == (3, 3)
    assert "missing: python3-venv; run: sudo " in result.stderr
    assert "no Python to install uv with; run: make setup" in inside.stderr


def test_an_environment_that_was_half_made_is_made_anew(machine: Machine) -> None:
    """It is a folder that uv refuses to touch, being no environment."""
    rest = machine.project / ".venv" / "lib" / "rest"
    rest.parent.mkdir(parents=True)
    rest.touch()

    result = machine.set_up()

    assert result.returncode == 0
    assert "making .venv anew" in result.stderr
    assert not rest.exists()


def test_an_environment_of_another_place_is_made_anew(machine: Machine) -> None:
    """As in a checkout that was copied: its programs would be the old place's."""
    machine.playwright()
    program = machine.project / ".venv" / "bin" / "playwright"
    program.write_text(f"#!{machine.project}/.venv/bin/python\nimport playwright\n", encoding="utf-8")
    assert machine.set_up().stderr == ""

    program.write_text("#!/home/hana/old/.venv/bin/python\nimport playwright\n", encoding="utf-8")
    assert "making .venv anew: it was made in another place" in machine.set_up().stderr
    assert not program.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("error: The lockfile needs to be updated", "error: The lockfile needs to be updated"),
        ("error: Failed to fetch\n cause: tcp connect error\n cause: refused", "error: Failed to fetch (refused)"),
        (
            "error: Failed\n  Caused by: No space left on device (os error 28)",
            "Caused by: No space left on device (os error 28)",
        ),
        ("WARNING: x [Errno 111] Connection refused\nERROR: No uv", "ERROR: No uv ([Errno 111] Connection refused)"),
    ],
)
def test_python_packages_that_cannot_be_had_stop_the_set_up(machine: Machine, words: str, said: str) -> None:
    """Without them nothing works: code 3 and the line that says why."""
    machine.program(
        "uv", f"[ $1 != --version ] || exit 0\ncat >&2 <<X\n  x a first line\n{words}\n  hint: none\nX\nexit 2"
    )

    result = machine.set_up()

    assert result.returncode == 3
    assert result.stderr.endswith(f"could not be installed: {said}; put that right and run the same command again\n")


def test_an_installation_that_was_cut_off_is_finished_first(machine: Machine) -> None:
    """As dpkg asks for, after a power cut or a killed set-up."""
    said = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."
    done = machine.project / "configured"
    machine.program("apt-get", f'case "$*" in *install*) [ -e {done} ] || {{ echo "{said}"; exit 100; }};; esac')
    machine.program("dpkg", f'[ "$1" = --configure ] && touch {done}')
    machine.lacks("pk12util")

    result = machine.set_up()

    assert result.returncode == 0
    assert machine.called("dpkg --configure -a")
    assert "going on without" not in result.stderr


def test_lists_that_were_refreshed_in_part_are_refreshed_again(machine: Machine) -> None:
    """Though they changed just now: what is missing in them may be what has the newer browser."""
    machine.debian(age_of_lists=2, apt_get=f'case "$*" in *update*) touch {machine.lists}; exit 100;; esac')
    machine.lacks("pk12util")

    machine.set_up()
    machine.set_up()

    assert ["update" in call for call in machine.called("apt-get")] == [True, False] * 2


def test_a_full_disk_is_named(machine: Machine) -> None:
    """Nothing that is needed can be installed: code 3, why, and what was to be installed."""
    machine.debian(apt_get='echo "E: You don\'t have enough free space in /var/cache/apt/archives/."; exit 100')
    machine.program("ldconfig")

    result = machine.set_up()

    assert result.returncode == 3
    assert "enough free space in /var/cache/apt/archives/" in result.stderr
    assert "setup: missing: libatomic1; run: sh -c " in result.stderr


def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(machine: Machine) -> None:
    """As after a set-up by root; the place of a file stands in the way here, because root may write everywhere."""
    (machine.project / ".tools").touch()

    result = machine.set_up()

    assert result.returncode == 3
    assert f"cannot write in {machine.project}/.tools" in result.stderr
    assert f"chown -R hana {machine.project}\n" in result.stderr


def test_ctrl_c_ends_it_with_one_line(machine: Machine) -> None:
    """Exit code 130; what it had started ends, which closes its end of the pipe."""
    pipe = machine.project / "pipe"
    os.mkfifo(pipe)
    machine.program("apt-get", f"exec > {pipe}; echo begun; exec sleep 60")
    machine.lacks("pk12util")

    process = machine.start()
    with pipe.open(encoding="utf-8") as held:
        assert held.readline() == "begun\n"
        os.killpg(process.pid, signal.SIGINT)
        assert held.read() == ""
    _, said = process.communicate(timeout=10)

    assert process.returncode == 130
    assert said.endswith("setup: interrupted; run the same command again: it goes on where it stopped\n")


def test_a_long_step_says_that_it_is_still_at_it(machine: Machine) -> None:
    """Half a minute passes at once here."""
    ticked = machine.project / "ticked"
    os.mkfifo(ticked)
    machine.program("sleep", f"echo ticked > {ticked}")
    machine.program("apt-get", f"cat {ticked}; cat {ticked}; cat {ticked}")
    machine.lacks("pk12util")

    result = machine.set_up()

    assert "setup: installing libnss3-tools\nsetup: … still at it, 30 s\nsetup: … still at it, 60 s\n" in result.stderr


def test_what_lies_in_the_checkout_can_be_set_up_alone(machine: Machine) -> None:
    """The system is neither asked nor changed."""
    machine.lacks("pk12util", "google-chrome")

    result = machine.set_up("python")

    assert (result.returncode, result.stderr) == (0, "")
    assert not machine.called("apt-get")
    assert machine.called("uv sync")
