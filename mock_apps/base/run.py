"""Starting a program: settings from the first line of standard input, announcements as lines on standard output.

Both are JSON. Nothing secret is in the command line. The program ends with its last window, when it is told to by the
end of standard input, and so with the process that started it. To a program that stays without a window (resident),
each further line of standard input is another sign-in of the PC's user.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mock_apps.base.defects import Defects
from mock_apps.base.desktop import Desktop

PATHS = ("programs", "store", "server_root", "file", "held")


@dataclass(frozen=True)
class Settings:
    """What a program is told when it starts.

    `programs` is this PC's folder of installed programs, `store` that of its certificate store. `agents` are the
    addresses of the authority's listeners for programs, by name, and `server_root` what their certificates chain to.
    `address` is what a page asked to be opened with, `file` what is to be set up. `machine` describes the PC, `proxy`
    is the address of the proxy in its settings, and while the file `held` exists, another program holds what the set-up
    must write. `defects` are on.
    """

    action: Literal["start", "install", "uninstall", "sign-in"]
    programs: Path
    store: Path
    agents: Mapping[str, str] = field(default_factory=dict)
    server_root: Path = Path()
    address: str = ""
    file: Path = Path()
    machine: Mapping[str, Any] = field(default_factory=dict)
    proxy: str = ""
    held: Path = Path("/nowhere")
    defects: Sequence[str] = ()

    @classmethod
    def read(cls, line: str) -> Settings:
        """From one line of JSON."""
        given = json.loads(line)
        paths = {name: Path(given[name]) for name in PATHS if name in given}
        return cls(**{**given, **paths})


def run(begin: Callable[[Desktop, Settings], None]) -> None:
    """Let a program begin, and wait until it is over."""
    settings = Settings.read(sys.stdin.readline())
    desktop = Desktop(_announce, Defects(settings.defects, _announce))
    threading.Thread(target=_await_end, args=(desktop,), daemon=True).start()
    with desktop.lock:
        begin(desktop, settings)
        desktop.settle()
    desktop.over.wait()


def _announce(what: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"what": what, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _await_end(desktop: Desktop) -> None:
    for _ in sys.stdin:
        with desktop.lock:
            if desktop.resident:
                desktop.resident()
    desktop.over.set()
