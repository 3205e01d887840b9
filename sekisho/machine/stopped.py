"""Ends the programs of a run that somebody has stopped (SIGSTOP), and not let go on: they would hold it for ever.

A program that is merely slow is never in that state, and one that was stopped together with us (Ctrl-Z) goes on when we
do. What its end means is said by whoever needed it.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sekisho.machine.processes import STOPPED, Member, family

LOOK_SECONDS = 5.0
LOOKS = 4  # in a row at which a program is stopped, before it is ended


@contextmanager
def ended(every: float = LOOK_SECONDS) -> Iterator[list[str]]:
    """Watch everything that this process starts; gives the command lines of what had to be ended, as they come."""
    told: list[str] = []
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(over, told, every), name="stopped", daemon=True)
    thread.start()
    try:
        yield told
    finally:
        over.set()
        thread.join()


def _watch(over: threading.Event, told: list[str], every: float) -> None:
    seen: Counter[Member] = Counter()
    while not over.wait(every):
        stopped = [one for one in family(os.getpid())[1:] if one.state == STOPPED]
        seen = Counter({one: seen[one] + 1 for one in stopped})
        for one in (one for one in stopped if seen[one] >= LOOKS):
            told.append(one.command)
            one.kill()
