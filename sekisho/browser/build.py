"""What a browser's program says of itself when it is asked for its version: a file name does not say its kind."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sekisho.browser.places import Kind
from sekisho.language import say

ANSWER_SECONDS = 10
MOST = 65536  # bytes of an answer; an honest one has a line
NUMBER = re.compile(r"\d+(?:\.\d+)+")
# Every browser made from Chromium's sources counts its versions in four parts, and hardly any other program does.
CHROMIUM_NUMBER = re.compile(r"\b\d+\.\d+\.\d+\.\d+\b")
# How the programs of each kind begin; whatever else is made from Chromium is of its kind.
KINDS: tuple[tuple[str, Kind], ...] = (
    ("Microsoft Edge", "msedge"),
    ("Google Chrome for Testing", "chromium"),
    ("Google Chrome", "chrome"),
)


@dataclass(frozen=True)
class Build:
    """The answer, such as 'Chromium 156.0.8078.108 built on Debian GNU/Linux 12', and what stood in its way."""

    text: str = ""
    problem: str = ""
    """Why there is no answer: the system's words, or the program's own."""
    runs: bool = True
    """Whether the system can run it as a program at all."""

    @property
    def version(self) -> str:
        """The number alone; empty where there is none."""
        found = NUMBER.search(self.text)
        return found[0] if found else ""

    @property
    def kind(self) -> Kind | None:
        """Which kind of browser it calls itself; None without an answer."""
        if not self.text:
            return None
        return next((kind for words, kind in KINDS if self.text.startswith(words)), "chromium")

    @property
    def foreign(self) -> bool:
        """Whether the answer is that of a program which is not made from Chromium."""
        return bool(self.text) and not CHROMIUM_NUMBER.search(self.text)


@cache
def build_of(program: Path) -> Build:
    """Ask a program; on Windows nothing is asked, because a window would open."""
    if sys.platform == "win32":
        return Build()
    try:
        code, out, err = _asked(program)
    except OSError as problem:
        return Build(problem=problem.strerror or str(problem), runs=False)
    except subprocess.TimeoutExpired:
        return Build(
            problem=say(
                f"--version に {ANSWER_SECONDS} 秒たっても答えません",
                f"no answer to --version after {ANSWER_SECONDS} s",
            )
        )
    said = next((line.strip() for line in out.splitlines() if line.strip()), "")
    if code:
        return Build(
            problem=_last(err)
            or say(f"--version が終了コード {code} で終わります", f"--version ends with exit code {code}")
        )
    return Build(said[:200])


def _asked(program: Path) -> tuple[int, str, str]:
    """Its exit code and what it says. It is ended with what it started: a browser's command often is a script.

    One that goes on talking is not listened to for ever; it is ended, and what it said so far counts.
    """
    with subprocess.Popen(
        [program, "--version"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            out, err = _heard(process)
            return process.wait(ANSWER_SECONDS) if len(out) < MOST and len(err) < MOST else 0, out, err
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _heard(process: subprocess.Popen[bytes]) -> list[str]:
    """Its output and its errors, until it has said all, or too much. Raises subprocess.TimeoutExpired."""
    assert process.stdout
    assert process.stderr
    said = {process.stdout: b"", process.stderr: b""}
    ends = time.monotonic() + ANSWER_SECONDS
    with selectors.DefaultSelector() as pipes:
        for pipe in said:
            pipes.register(pipe, selectors.EVENT_READ)
        while pipes.get_map() and max(map(len, said.values())) < MOST:
            ready = pipes.select(max(ends - time.monotonic(), 0))
            if not ready:
                raise subprocess.TimeoutExpired(process.args, ANSWER_SECONDS)
            for key, _ in ready:
                if not (more := os.read(key.fd, MOST)):
                    pipes.unregister(key.fileobj)
                said[key.fileobj] += more  # type: ignore[index] # one of the two
    return [text.decode("utf-8", "replace") for text in said.values()]


def _last(text: str) -> str:
    return next((line.strip()[-300:] for line in reversed(text.splitlines()) if line.strip()), "")
