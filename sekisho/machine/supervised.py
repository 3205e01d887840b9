"""Programs that a target file names: started without a shell and without sekisho's secrets, and ended whole.

On Linux a process stands between (`subreaper.py`), to which all that the program leaves in the background falls.
Elsewhere what stays in the program's own group of processes is ended with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.machine import subreaper

ENDS_SECONDS = subreaper.ENDS_SECONDS + 1


@dataclass
class Kept:
    """A running program; its standard streams are those of `process`."""

    process: subprocess.Popen[bytes]
    _line: socket.socket | None = None

    @property
    def code(self) -> int:
        """How it ended, once `process` has; negative for a signal. Raises OSError where it was not started."""
        told = self._line.recv(1000).decode() if self._line else ""
        if told.startswith(subreaper.NOT_STARTED):
            raise OSError(0, told[1:])
        return int(told[1:]) if told else self.process.returncode

    def end(self) -> None:
        """End it, and what it has left in the background."""
        if self._line:
            self._line.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(ENDS_SECONDS)
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
                os.killpg(self.process.pid, signal.SIGKILL)
        elif self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def kept(command: Sequence[str], folder: Path, environment: Mapping[str, str], **pipes: Any) -> Iterator[Kept]:  # noqa: ANN401 - Popen's own
    """A program, started in a folder with these variables and ended with the block. Raises OSError.

    A program that lies in the folder may be named without a path.
    """
    running = _start(_resolved(command, folder), cwd=folder, env=environment, start_new_session=True, **pipes)
    try:
        yield running
    finally:
        running.end()


def _resolved(command: Sequence[str], folder: Path) -> list[str]:
    own = folder / command[0]
    return [str(own.absolute()) if own.is_file() else command[0], *command[1:]]


def _start(command: list[str], **how: Any) -> Kept:  # noqa: ANN401 - Popen's own
    if sys.platform != "linux":
        return Kept(subprocess.Popen(command, **how))
    ours, its = socket.socketpair()
    with its:
        keeping = [sys.executable, "-I", "-S", subreaper.__file__, str(its.fileno()), *command]
        return Kept(subprocess.Popen(keeping, pass_fds=[its.fileno()], **how), ours)
