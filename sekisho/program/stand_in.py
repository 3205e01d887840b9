"""A stand-in program's process: told its settings on standard input, it announces on standard output what it does.

Both are lines of JSON. The process ends when its standard input closes, and so with this one, however this one ends.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from sekisho.language import say
from sekisho.program import NoProgramError

ANNOUNCES_SECONDS = 30.0  # on a busy machine a program takes its time to start; one that ends is noticed at once
ENDS_SECONDS = 5.0
Announcement = dict[str, Any]


class StandIn:
    """One running process."""

    def __init__(self, command: Sequence[str], settings: dict[str, Any]) -> None:
        """Start it and tell it its settings, in which secrets may be."""
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stdin
        assert self._process.stdout
        self._announced: queue.SimpleQueue[Announcement | None] = queue.SimpleQueue()
        self._words: list[str] = []
        self._readers = [threading.Thread(target=read, daemon=True) for read in (self._listen, self._read_errors)]
        for reader in self._readers:
            reader.start()
        self.tell(settings)

    def tell(self, something: object) -> None:
        """Write one line to it. Raises NoProgramError when it has ended."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(something) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise NoProgramError(say("プログラムが終了している", "the program has ended")) from None

    def announced(self) -> list[Announcement]:
        """What it has announced since the last call."""
        found = []
        while not self._announced.empty():
            if one := self._announced.get():
                found.append(one)
            else:
                self._announced.put(None)  # its end: whoever waits next is to hear of it too
                break
        return found

    def wait(self) -> Announcement:
        """Its next announcement. Raises NoProgramError when it ends, or says nothing, with its own last words."""
        try:
            found = self._announced.get(timeout=ANNOUNCES_SECONDS)
        except queue.Empty:
            found = None
        if found is None:
            raise NoProgramError(
                say(
                    f"プログラムが何も始めない。{''.join(self._words)[-500:]}",
                    f"The program does not start anything. {''.join(self._words)[-500:]}",
                ).strip()
            )
        return found

    def kill(self) -> None:
        """Kill it (SIGKILL), from any thread."""
        self._process.kill()

    def stop(self) -> None:
        """End it; what it has announced can still be heard."""
        assert self._process.stdin
        with suppress(BrokenPipeError):  # it has ended by itself
            self._process.stdin.close()
        try:
            self._process.wait(ENDS_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for reader in self._readers:
            reader.join()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._announced.put(json.loads(line))
        self._announced.put(None)

    def _read_errors(self) -> None:
        errors: IO[str] | None = self._process.stderr
        assert errors
        self._words.extend(errors)
