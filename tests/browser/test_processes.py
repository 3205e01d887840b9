"""What is left when a process ends, however it ends; and two processes at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.processes import marked

REPOSITORY = Path(__file__).resolve().parents[2]
MARK = "SEKISHO_TEST_MARK"


ONE_DISPLAY = "from sekisho.native_ui import Display; Display.start(); print('ready', flush=True); input()"


def one_pc(mark: str, visits: int = 1) -> AbstractContextManager[subprocess.Popen[str]]:
    """A process with a PC."""
    return one_process(mark, "-m", "tests.browser.one_pc", str(visits))


@contextmanager
def one_process(mark: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process, whose children all carry a mark in their environment."""
    running = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, MARK: mark},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def until_ready(running: subprocess.Popen[str]) -> list[str]:
    """Everything the process says before it is ready."""
    assert running.stdout
    lines: list[str] = []
    for line in running.stdout:
        if line == "ready\n":
            return lines
        lines.append(line.strip())
    raise AssertionError(lines)


def left_over(mark: str, seconds: float = 8) -> dict[int, str]:
    """What is still alive after some seconds at most."""
    ends = time.monotonic() + seconds
    while (left := marked(f"{MARK}={mark}")) and time.monotonic() < ends:
        time.sleep(0.05)
    return left


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=["kill", "ctrl-c", "term"])
def test_nothing_outlives_the_process(ending: signal.Signals) -> None:
    """No browser, no bus, no registry; Ctrl-C reaches the whole group, as from a terminal."""
    mark = uuid.uuid4().hex
    with one_pc(mark) as running:
        until_ready(running)
        alive = " ".join(marked(f"{MARK}={mark}").values())
        assert all(name in alive for name in ("chrom", "dbus-daemon", "at-spi2-registryd"))
        if ending == signal.SIGINT:
            os.killpg(running.pid, ending)
        else:
            running.send_signal(ending)
        running.wait(10)
        assert left_over(mark) == {}


def test_no_screen_outlives_the_process() -> None:
    """Neither the server nor its folder."""
    mark = uuid.uuid4().hex
    with one_process(mark, "-c", ONE_DISPLAY) as running:
        until_ready(running)
        (command,) = {one for one in marked(f"{MARK}={mark}").values() if one.startswith("Xvfb")}
        folder = Path(command.split("-auth ")[1].split("/auth")[0])
        assert folder.is_dir()
        running.kill()
        running.wait(10)
        assert left_over(mark) == {}
        assert not folder.exists()


def test_the_folder_of_the_bus_goes_with_the_process() -> None:
    """Sockets do not gather in the temporary folder."""
    mark = uuid.uuid4().hex
    with one_pc(mark) as running:
        until_ready(running)
        (command,) = {one for one in marked(f"{MARK}={mark}").values() if one.startswith("dbus-daemon")}
        folder = Path(command.split("--config-file=")[1].split("/bus.conf")[0])
        assert folder.is_dir()
        running.kill()
        running.wait(10)
        assert left_over(mark) == {}
        assert not folder.exists()


def test_two_workers_do_not_disturb_each_other() -> None:
    """Each has its own bus and store: each dialog shows one certificate, the right one, every time."""
    marks = [uuid.uuid4().hex, uuid.uuid4().hex]
    with one_pc(marks[0], 3) as first, one_pc(marks[1], 3) as second:
        expected = [f"cn=emp{number} of 1" for number in range(3)]
        assert until_ready(first) == expected
        assert until_ready(second) == expected
