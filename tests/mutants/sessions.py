"""Sessions of pytest in which mutants are tried: given an order, heard line by line, ended when they hang."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sekisho.manual import folders

from .making import ROOT

PLUGIN = "tests.mutants.trying"
SILENT_SECONDS = 400  # more than a mutant takes that every scenario waits for in vain


class SessionError(Exception):
    """A session that ended otherwise than it should; the text is the end of what it printed."""


def session(order: dict[str, Any], folder: Path, *options: str) -> Iterator[dict[str, Any]]:
    """Run one, with the manuals that were added; gives each outcome as it comes. Raises SessionError, TimeoutError."""
    folder.mkdir(parents=True, exist_ok=True)
    heard, told = os.pipe()
    file = folder / "order.json"
    manuals = list(map(str, folders.added()))
    order |= {"manuals": manuals, "folder": str(folder / "mocks"), "out": f"/dev/fd/{told}"}
    file.write_text(json.dumps(order), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "features", *manuals, "-q", "-p", "no:warnings", "-p", PLUGIN]
    command += ["--mutants", str(file), "--run-dir", str(folder / "run"), "--touched", str(folder / "touched")]
    command += [part for one in manuals for part in ("--manual-dir", one)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen([*command, *options], cwd=ROOT, stdout=log, stderr=log, pass_fds=[told]) as process,
    ):
        os.close(told)
        try:
            yield from map(json.loads, _lines(heard))
        except TimeoutError:
            _end(process)
            raise
        finally:
            os.close(heard)
    if process.returncode != 0:
        raise SessionError((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])


def _end(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C would, so that its browser ends too; then at once."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()


def _lines(heard: int) -> Iterator[str]:
    """Whole lines, until the other end is closed."""
    rest = b""
    while select.select([heard], [], [], SILENT_SECONDS)[0]:
        more = os.read(heard, 65536)
        if not more:
            return
        *lines, rest = (rest + more).split(b"\n")
        yield from (line.decode() for line in lines)
    raise TimeoutError(f"a session said nothing for {SILENT_SECONDS} s")
