"""Starting a program: settings from the first line of standard input, announcements as lines on standard output.

Both are JSON. Nothing secret is in the command line. The program ends with its last window, when it is told to by the
end of standard input, and so with the process that started it.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mock_apps.base.desktop import Desktop


@dataclass(frozen=True)
class Settings:
    """What a program is told when it starts.

    `programs` is this PC's folder of installed programs, `store` that of its certificate store. `agents` are the
    addresses of the authority's listeners for programs, by name, and `server_root` what their certificates chain to.
    `address` is what a page asked to be opened with, `file` what is to be set up.
    """

    action: Literal["start", "install"]
    programs: Path
    store: Path
    agents: Mapping[str, str] = field(default_factory=dict)
    server_root: Path = Path()
    address: str = ""
    file: Path = Path()

    @classmethod
    def read(cls, line: str) -> Settings:
        """From one line of JSON."""
        given = json.loads(line)
        paths = {name: Path(given[name]) for name in ("programs", "store", "server_root", "file") if name in given}
        return cls(**{**given, **paths})


def run(begin: Callable[[Desktop, Settings], None]) -> None:
    """Let a program begin, and wait until it is over."""
    settings = Settings.read(sys.stdin.readline())
    desktop = Desktop(_announce)
    threading.Thread(target=_await_end, args=(desktop,), daemon=True).start()
    with desktop.lock:
        begin(desktop, settings)
        desktop.settle()
    desktop.over.wait()


def _announce(what: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"what": what, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _await_end(desktop: Desktop) -> None:
    sys.stdin.read()
    desktop.over.set()
