"""The mocks of one session, one at a time, started by the nursery."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .making import ROOT

NURSERY = Path(__file__).with_name("nursery.py")


class StillbornError(Exception):
    """A mock that did not start; the text is the end of its log."""


class Mocks:
    """Starts mocks in one folder. `ready` is what the one that runs printed."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, manuals: Sequence[str]) -> None:
        """Speak to this nursery."""
        self._process, self._folder, self._number = process, folder, 0
        self._always = {"manuals": list(manuals)}
        self._next: dict[str, Any] = {}
        self.ready: dict[str, Any] = {}

    def start(self, *, fresh: bool = False, **wanted: str) -> None:
        """A mock in place of the one before. Raises StillbornError.

        `fresh`: with keys and roots of its own, for what an authority does when it is set up; otherwise those of the
        first mock, which takes less time. What the subscribers of the one before left behind is forgotten.
        """
        ready = (
            self._next if self._next and self._next["asked"] == [fresh, wanted] else self._order(wanted, fresh=fresh)
        )
        answer = self._ask({"start": ready})
        if "dead" in answer:
            log = Path(ready["log"]).read_text(encoding="utf-8", errors="replace")
            raise StillbornError(f"{answer['dead']}\n{log[-2000:]}")
        self.ready.clear()
        self.ready.update(answer)

    def prepare(self, *, fresh: bool = False, **wanted: str) -> None:
        """Let the mock that `start` will be asked for next get ready meanwhile."""
        self._next = self._order(wanted, fresh=fresh)
        self._ask({"prepare": self._next})

    def account(self, context: str) -> None:
        """On whose account the lines are from now on."""
        self._ask({"context": context})

    def save(self) -> None:
        """Write down which lines ran."""
        self._ask({"save": True})

    def _order(self, wanted: dict[str, str], *, fresh: bool) -> dict[str, Any]:
        """What the nursery is told: a folder of its own for each mock, of which the last two are kept."""
        if not fresh:
            self._seed()
        self._number += 1
        state = self._folder / f"state-{self._number}"
        if not fresh:
            shutil.copytree(self._folder / "seed", state)
        shutil.rmtree(self._folder / f"state-{self._number - 2}", ignore_errors=True)
        return wanted | self._always | {"asked": [fresh, wanted], "state": str(state), "log": f"{state}.log"}

    def _seed(self) -> None:
        """The keys and roots that all but fresh mocks have."""
        seed = self._folder / "seed"
        if not seed.exists():
            self._ask({"start": self._always | {"state": str(seed), "log": f"{seed}.log"}})
            self._ask({"end": True})

    def _ask(self, told: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def mocks(folder: Path, manuals: Sequence[str] = ()) -> Iterator[Mocks]:
    """A nursery, until the end. `manuals`: folders of manuals of a family, whose portals are played too."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(NURSERY)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Mocks(process, folder, manuals)
        finally:
            assert process.stdin
            process.stdin.close()
