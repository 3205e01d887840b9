"""Setting a program up, starting it, and what is left of it."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from pages.program import StandInProgram
from sekisho.program import NoProgramError
from sekisho.program.stand_in import ANNOUNCES_SECONDS
from sekisho.verdict import BlockedError

Start = Callable[..., StandInProgram]


@pytest.mark.parametrize("begins", ["4d5a9000", "d0cf11e0a1b11ae1", "504b0304"])
def test_a_real_program_is_not_held_against_its_portal(start: Start, tmp_path: Path, begins: str) -> None:
    """Nobody can run it here; what is no set-up at all is another matter."""
    (tmp_path / "setup.msi").write_bytes(bytes.fromhex(begins) + bytes(100))
    with pytest.raises(BlockedError, match=r"setup\.msi は本物のプログラム"):
        start().install(tmp_path / "setup.msi")


def test_the_wizard_puts_the_program_on_the_pc(start: Start, package: str, tmp_path: Path) -> None:
    """Its first page names the folder; before the last it is not installed, then it is, and can be started."""
    file = tmp_path / "setup.msi"
    file.write_text(package, encoding="utf-8")
    program = start()
    wizard = program.install(file)
    assert wizard.title == "証明書発行アプリケーション セットアップ"
    assert wizard.values("setup_folder") == ["C:¥Program Files (x86)¥証明書発行¥"]
    assert not program.installed
    wizard.press("setup_next")
    wizard.wait_for(("screens", "setup_done"))
    assert program.installed
    wizard.press("setup_finish")
    wizard.wait_until_closed()
    assert program.start().title == "証明書発行アプリケーション"


@pytest.mark.parametrize("contents", [b"", b"<html>", b'{"name": "x"}', b"[1]"], ids=["empty", "html", "part", "list"])
def test_a_file_that_is_no_package_is_refused(start: Start, tmp_path: Path, contents: bytes) -> None:
    """The wizard says so, and nothing is installed."""
    file = tmp_path / "setup.msi"
    file.write_bytes(contents)
    program = start()
    window = program.install(file)
    window.wait_for(("screens", "setup_failed"))
    window.press("setup_ok")
    window.wait_until_closed()
    assert not program.installed


def test_a_program_that_is_not_installed_does_not_start(start: Start) -> None:
    """The text says why."""
    with pytest.raises(NoProgramError, match="インストールされていない"):
        start().start()


def test_a_process_that_ends_at_once_says_its_last_words(start: Start) -> None:
    """A program whose settings are wrong is an error that names them, not a wait without an end."""
    program = start()
    program.ensure_installed()
    program._installation.settings["no_such"] = "setting"
    with pytest.raises(NoProgramError, match="no_such"):
        program.start()


def test_nobody_else_can_look_into_its_windows(start: Start) -> None:
    """Without the cookie nothing is shown, and the address that gives it works once."""
    program = start()
    program.ensure_installed()
    address = program.start().page.url
    for path in (address, address.replace("/window/", "/open/"), address.replace("/window/0", "/")):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(path, timeout=5)
        assert refused.value.code == 403


def test_a_program_ends_with_whoever_started_it() -> None:
    """When its standard input closes, as after kill -9 of its parent, though its window is still open."""
    command = [sys.executable, "-m", "mock_apps.issuing_app"]
    settings = '{"action": "install", "programs": "/nowhere", "store": "/nowhere", "file": "/nowhere"}\n'
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin
        assert program.stdout
        program.stdin.write(settings)
        program.stdin.flush()
        assert '"what": "window"' in program.stdout.readline()
        assert program.poll() is None
        program.stdin.close()
        assert program.wait(5) == 0


def test_a_program_that_is_killed_is_known_to_have_ended_and_starts_again(start: Start) -> None:
    """At once; its windows go when it is started once more."""
    program = start()
    program.ensure_installed()
    window = program.start()
    program.kill()
    began = time.monotonic()
    with pytest.raises(NoProgramError):
        window.press("issue")
    assert time.monotonic() - began < ANNOUNCES_SECONDS
    assert program.start().has("buttons", "issue")
