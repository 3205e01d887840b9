"""`bin/sekisho`: the command of a checkout, on a machine without uv on its PATH."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from sekisho.cli.app import app
from tests.cli.machine import TOP, Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux and macOS")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with uv, which installs a sekisho that says how it was called and as which process, and ends with 3."""
    machine = Machine(tmp_path)
    sekisho = machine.program("installed", 'echo "$SEKISHO_COMMAND"; echo $$; exit 3')
    installed = machine.project / ".venv" / "bin"
    machine.program("uv", f'[ "$1" != sync ] || {{ mkdir -p {installed}; cp {sekisho} {installed}/sekisho; }}')
    return machine


def test_the_exit_code_and_the_arguments_are_sekishos_own(machine: Machine) -> None:
    """Nothing that is in place is set up again."""
    in_place(machine)

    result = machine.set_up("run", "--select", "a b*", program="bin/sekisho")

    assert (result.returncode, result.stderr) == (3, "")
    assert result.stdout.startswith(f"{machine.project}/bin/sekisho\n")
    assert machine.called("uv")[-1] == f"uv sync --project {machine.project} --locked --inexact --quiet"
    assert machine.called("installed") == ["installed run --select a b*"]


def test_the_process_that_was_started_is_sekisho_itself(machine: Machine) -> None:
    """Whoever kills it (SIGKILL) kills the run, and leaves nothing behind that goes on."""
    in_place(machine)

    with machine.start("doctor", program="bin/sekisho") as started:
        said, _ = started.communicate(timeout=30)

    assert int(said.splitlines()[-1]) == started.pid


def in_place(machine: Machine) -> None:
    """Have everything set up already."""
    machine.program("sekisho", at=machine.project / ".venv" / "bin" / "sekisho")
    (machine.project / ".tools" / "bin").mkdir(parents=True)
    (machine.project / ".tools" / "bin" / "uv").symlink_to(machine.bin / "uv")


def test_the_first_call_sets_up_what_lies_in_the_checkout(machine: Machine) -> None:
    """And then does what was asked for; the system is left alone."""
    result = machine.set_up("doctor", program="bin/sekisho")

    assert result.returncode == 3
    assert {call.split()[1] for call in machine.called("uv")} >= {"sync"}
    assert machine.called("installed") == ["installed doctor"]
    assert not machine.called("apt-get")


def test_a_set_up_that_fails_is_not_followed_by_a_run(machine: Machine) -> None:
    """Its exit code is the command's."""
    machine.lacks("uv")

    result = machine.set_up("doctor", program="bin/sekisho")

    assert result.returncode == 3
    assert result.stderr == "setup: no Python to install uv with; run: make setup, or see https://docs.astral.sh/uv/\n"


@pytest.mark.parametrize("page", [TOP / "README.md", TOP / "README.ja.md", *(TOP / "docs").glob("*.md")], ids=str)
def test_every_command_in_the_documents_exists(page: Path) -> None:
    """With its options; nothing but Windows needs a uv on the PATH."""
    text = page.read_text("utf-8")

    for line in re.findall(r"bin/sekisho +([a-z][^`#\n]*)", text):
        words = line.split()
        command: Any = typer.main.get_command(app)
        while hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line
    assert "uv run python" not in text


def test_it_works_from_any_folder_and_through_a_link(tmp_path: Path) -> None:
    """The real one, of this checkout: its folder is found, and wrong usage is code 2."""
    if not (TOP / ".tools" / "bin" / "uv").exists():
        pytest.skip("this checkout was not set up by its own script")
    (tmp_path / "sekisho").symlink_to(TOP / "bin" / "sekisho")

    version = subprocess.run(
        [tmp_path / "sekisho", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    wrong = subprocess.run([tmp_path / "sekisho", "rnu"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert version.stdout.startswith("sekisho ")
    assert wrong.returncode == 2
