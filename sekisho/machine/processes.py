"""A process and everything that it has started, as long as any of it lives. Known on Linux only."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

STATE, PARENT, SESSION, STARTED = 0, 1, 3, 19  # fields of /proc/PID/stat after the name, by proc(5)
STOPPED = "T"
ENDED = ("Z", "X")


@dataclass(frozen=True)
class Member:
    """One process. Its number may be given to another one later, but not together with the time of its start."""

    number: int
    started: str

    @property
    def state(self) -> str:
        """A letter of proc(5), such as T for one that somebody has stopped; empty when it is no more."""
        found = _stat(self.number)
        return found[STATE] if found and found[STARTED] == self.started and found[STATE] not in ENDED else ""

    @property
    def command(self) -> str:
        """How it was started; empty when that is not known."""
        try:
            words = Path(f"/proc/{self.number}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return ""
        return " ".join(word.decode("utf-8", "replace") for word in words).strip()

    def kill(self) -> None:
        """End it at once, unless it has gone."""
        if self.state:
            with suppress(OSError):
                os.kill(self.number, signal.SIGKILL)


def family(first: int) -> list[Member]:
    """A process, its children and theirs, and whatever is in a session that one of them opened: the first comes first.

    Empty where the system does not tell.
    """
    stats = {number: stat for path in Path("/proc").glob("[0-9]*") if (stat := _stat(number := int(path.name)))}
    found = {first} & stats.keys()
    while more := {one for one in stats.keys() - found if _belongs(stats[one], found, stats)}:
        found |= more
    return [Member(one, stats[one][STARTED]) for one in sorted(found, key=lambda one: (one != first, one))]


def _belongs(stat: list[str], found: set[int], stats: dict[int, list[str]]) -> bool:
    """By its parent, or by a session that a member leads: a process whose parent has gone is nobody's child."""
    session = int(stat[SESSION])
    return int(stat[PARENT]) in found or (session in found and session in stats and session != _own_session())


def _own_session() -> int:
    return os.getsid(0)


def survivors(members: list[Member], seconds: float) -> list[Member]:
    """Which are still there after some seconds; returns at once when none is."""
    end = time.monotonic() + seconds
    while (left := [one for one in members if one.state]) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def _stat(number: int) -> list[str]:
    """The fields after the name, which may hold anything; empty for a process that has gone."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
