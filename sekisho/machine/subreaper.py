"""Runs a program and leaves nothing of it behind: a process of its own, started by this file's path.

The standard library only, because it is started for each question. Whatever the program starts and lets go of (a daemon
in a session of its own, say) becomes a child of this process, and is ended with it: when the program has ended, or when
nobody holds the other end of the line any more. On the line it says how the program ended, or why it did not start.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from pathlib import Path

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl
NOT_STARTED, ENDED = "!", "="
ENDS_SECONDS = 5.0  # for what is ended to be gone


def main(line: int, command: list[str]) -> None:
    """Run the command to its end, and end what it has left."""
    os.set_inheritable(line, False)  # noqa: FBT003 - the standard library's own
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    threading.Thread(target=_end_with_parent, args=(line,), daemon=True).start()
    try:
        child = os.posix_spawnp(command[0], command, os.environ, setsigdef=[signal.SIGPIPE, signal.SIGXFSZ])
    except OSError as error:
        os.write(line, f"{NOT_STARTED}{error.strerror}".encode())
        return
    while (ended := os.wait())[0] != child:  # others are those that nobody else waits for
        pass
    end_all()
    os.write(line, f"{ENDED}{os.waitstatus_to_exitcode(ended[1])}".encode())


def _end_with_parent(line: int) -> None:
    with contextlib.suppress(OSError):
        os.read(line, 1)
    end_all()
    os._exit(1)


def end_all() -> None:
    """End every descendant until there is none: one may have started another in the meantime."""
    until = time.monotonic() + ENDS_SECONDS
    while (found := _descendants(os.getpid())) and time.monotonic() < until:
        for one in found:
            with contextlib.suppress(OSError):
                os.kill(one, signal.SIGKILL)


def _descendants(process: int) -> set[int]:
    """The living processes that a process, or one of these, has started."""
    parents = {int(one.name): _parent(one) for one in Path("/proc").glob("[0-9]*")}
    found, new = set[int](), {process}
    while new := {one for one, parent in parents.items() if parent in new} - found:
        found |= new
    return found


def _parent(process: Path) -> int:
    """Whose child a process is; 0 for one that has ended."""
    try:
        state, parent = (process / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state in {"Z", "X"} else int(parent)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
