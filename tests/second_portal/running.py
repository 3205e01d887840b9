"""The portal as a process of its own, for as long as something is tried against it."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.second_portal.setup import Setup

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Running:
    """Where its target file is, and the secrets that the file names."""

    target: Path
    environment: dict[str, str]

    def ask(self, question: dict[str, str]) -> None:
        """Have the portal's own people do something."""
        command = tomllib.loads(self.target.read_text("utf-8"))["operator"]["command"]
        subprocess.run(command, input=json.dumps(question), check=True, stdout=subprocess.DEVNULL, text=True)


@contextmanager
def running(folder: Path, setup: Setup | None = None) -> Iterator[Running]:
    """Start the portal in a folder; it ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    told = (setup or Setup()).write(folder / "setup.json")
    command = [sys.executable, "-m", "tests.second_portal", str(folder), str(told)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as portal:
        assert portal.stdin
        assert portal.stdout
        line = portal.stdout.readline()
        assert line, "the second portal did not start"
        said = json.loads(line)
        try:
            yield Running(Path(said["target"]), said["environment"])
        finally:
            portal.stdin.close()
            portal.wait(timeout=10)
