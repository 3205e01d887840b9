"""Keeping other programs' output off the screen: pytest's, its workers' and the browsers'."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TextIO

from sekisho.cli.streams import Sink, text


@contextmanager
def quiet() -> Iterator[tuple[TextIO, Callable[[], str]]]:
    """Send standard output and error, of this process and its children, to a file that is never kept.

    Gives the real standard output, and a function that reads what was caught so far.
    """
    sink = Sink(os.dup(1))
    with _memory() as caught, text(sink, sys.stdout.encoding) as screen:
        kept = [(number, os.dup(number)) for number in (1, 2)]
        _flush()
        for number, _ in kept:
            os.dup2(caught.fileno(), number)
        try:
            yield screen, lambda: _text(caught.fileno())
        finally:
            _flush()
            for number, original in kept:
                os.dup2(original, number)
                os.close(original)
    os.close(sink.fileno())


def _memory() -> BinaryIO:
    """A file in memory where the system has that: a full disk must not keep a run from its verdicts."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("sekisho"), "w+b")
    return tempfile.TemporaryFile()


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def _text(descriptor: int) -> str:
    _flush()
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        text = file.read().decode("utf-8", errors="replace")
        file.seek(0, os.SEEK_END)
    return text
