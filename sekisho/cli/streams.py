"""Standard input and output that may be closed, full, or of an encoding without Japanese: no verdict hangs on them."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Sink(io.RawIOBase):
    """A descriptor that takes everything: what it cannot write is dropped, and the first reason is kept."""

    def __init__(self, descriptor: int) -> None:
        """Write to an open descriptor, which stays its owner's to close."""
        super().__init__()
        self.problem: OSError | None = None
        self._descriptor = descriptor

    def writable(self) -> bool:
        """It is."""
        return True

    def fileno(self) -> int:
        """The descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of it, or drop it."""
        size = memoryview(data).nbytes
        try:
            if self.problem is None:
                return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0
        except OSError as problem:
            self.problem = problem
        return size


def text(sink: Sink, encoding: str) -> TextIO:
    """A stream to write text to; what the encoding lacks is written as an escape."""
    return io.TextIOWrapper(
        io.BufferedWriter(sink), encoding=encoding, errors="backslashreplace", line_buffering=sink.isatty()
    )


class Outputs:
    """Standard output and error of this process, made to bear whatever they lead to."""

    def __init__(self) -> None:
        """Take over both. Closed descriptors lead nowhere from now on: otherwise the next file would become one."""
        for number in range(3):
            try:
                os.fstat(number)
            except OSError:
                os.open(os.devnull, os.O_RDWR)
        sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())
        self._out, self._err = Sink(1), Sink(2)
        sys.stdout = text(self._out, _encoding(sys.stdout))
        sys.stderr = text(self._err, _encoding(sys.stderr))

    def conclude(self) -> OSError | None:
        """Write what is still held back; why standard output has not taken everything."""
        sys.stdout.flush()
        sys.stderr.flush()
        return self._out.problem


def told(problem: OSError) -> bool:
    """Whether it is worth a line: whoever closed a pipe, as `head` does, knows."""
    return problem.errno != errno.EPIPE


def _encoding(stream: TextIO | None) -> str:
    return (stream.encoding if stream else None) or "utf-8"
