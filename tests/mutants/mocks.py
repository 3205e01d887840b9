"""The mocks of one session, one at a time, started by the nursery."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .making import ROOT

NURSERY = Path(__file__).with_name("nursery.py")


class StillbornError(Exception):
    """A mock that did not start; the text is the end of its log."""


class Mocks:
    """Starts mocks in one folder. `ready` is what the one that runs printed."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        """Speak to this nursery."""
        self._process, self._folder, self._fresh = process, folder, 0
        self.ready: dict[str, Any] = {}

    def start(self, *, fresh: bool = False, **wanted: str) -> None:
        """A mock in place of the one before. Raises StillbornError.

        `fresh`: with keys and roots of its own, for what an authority does when it is set up; otherwise those of the
        first mock, which takes less time. What the subscribers of the one before left behind is forgotten.
        """
        log = self._folder / "log"
        log.unlink(missing_ok=True)
        answer = self._ask({"start": wanted | {"state": str(self._state(fresh=fresh)), "log": str(log)}})
        if "dead" in answer:
            raise StillbornError(f"{answer['dead']}\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
        self.ready.clear()
        self.ready.update(answer)

    def account(self, context: str) -> None:
        """On whose account the lines are from now on."""
        self._ask({"context": context})

    def save(self) -> None:
        """Write down which lines ran."""
        self._ask({"save": True})

    def _state(self, *, fresh: bool) -> Path:
        state, seed = self._folder / "state", self._folder / "seed"
        if fresh:
            self._fresh += 1
            return self._folder / f"fresh-{self._fresh}"
        if not seed.exists():
            self._ask({"start": {"state": str(seed), "log": str(self._folder / "log")}})
            self._ask({"end": True})
        shutil.rmtree(state, ignore_errors=True)
        shutil.copytree(seed, state)
        return state

    def _ask(self, told: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def mocks(folder: Path) -> Iterator[Mocks]:
    """A nursery, until the end."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(NURSERY)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Mocks(process, folder)
        finally:
            assert process.stdin
            process.stdin.close()
