"""Processes that a test started, found by a mark in their environment, and waiting for what they do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path


def marked(mark: str) -> dict[int, str]:
    """Every living process that inherited a mark in its environment: number and command line."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_text("utf-8").replace("\0", " ")
        except OSError:
            continue
    return found


def until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Look every 50 ms; fail when it takes longer than this."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


@contextmanager
def under_way(folder: Path, jobs: str, mark: str) -> Iterator[subprocess.Popen[str]]:
    """A run of danshin in a session of its own, marked, once its first scenario is finished."""
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", "run", "--manual", "danshin"]
    with subprocess.Popen(
        [*command, "--jobs", jobs, "--out", str(folder)],
        env={**os.environ, "PYTHONUTF8": "1", "SEKISHO_TEST_MARK": mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as run:
        until(lambda: any(folder.glob("scenarios/*.json")) or run.poll() is not None, seconds=60)
        yield run


def listening(process: int) -> set[str]:
    """The addresses on which a process takes TCP connections; none when it has gone."""
    try:
        names = [str(one.readlink()) for one in Path(f"/proc/{process}/fd").iterdir()]
        tables = [Path(f"/proc/{process}/net/{name}").read_text("ascii") for name in ("tcp", "tcp6")]
    except OSError:
        return set()
    own = {name[8:-1] for name in names if name.startswith("socket:[")}
    lines = [line.split() for table in tables for line in table.splitlines()[1:]]
    return {_address(line[1].partition(":")[0]) for line in lines if line[3] == LISTENS and line[9] in own}


LISTENS = "0A"


def _address(written: str) -> str:
    """An address as the system writes it: words of four octets, each turned around."""
    words = bytes.fromhex(written)
    return str(ip_address(b"".join(words[place : place + 4][::-1] for place in range(0, len(words), 4))))
