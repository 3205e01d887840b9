"""A process that starts mocks quickly, each with one module changed or watched: `python nursery.py`.

Reads one JSON object a line and answers with one. `{"start": {"state": DIR, "log": FILE}}` forks a mock, in place of
the one before; the third-party packages are imported already, the mock's own are not. With `"manuals": [DIR]` it plays
the portals of these manuals of a family too. `{"prepare": …}`, told the same,
lets it get ready beside the one that runs, until `start` asks for it. With `"module"` and `"source"`, that module is
this source; the files stay as they are. With `"watch": FILE`, coverage.py notes which lines run:
`{"context": NAME}` says on whose account from now on, `{"save": true}` writes the file. `{"end": true}` ends the mock.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import select
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path
from threading import Thread
from types import CodeType, ModuleType
from typing import Any, TextIO

import aiohttp.web  # noqa: F401 - what takes long to import is imported once, before the first mock
import cryptography.hazmat.primitives.serialization.pkcs12
import cryptography.x509.ocsp  # noqa: F401
import jinja2  # noqa: F401
import spnego  # noqa: F401
import trustme  # noqa: F401
from coverage import Coverage

START_SECONDS = 60
Told = dict[str, Any]


class Changed(importlib.machinery.SourceFileLoader):
    """A module whose code is not that of its file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        """Load this source under the file's name."""
        super().__init__(name, path)
        self._changed = source

    def get_code(self, fullname: str) -> CodeType:
        """The changed code, never a cached one."""
        return compile(self._changed, self.get_filename(fullname), "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds one module changed."""

    def __init__(self, module: str, source: str) -> None:
        """This module, with this source."""
        self._module, self._source = module, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Where the module comes from."""
        found = importlib.machinery.PathFinder.find_spec(fullname, path, target) if fullname == self._module else None
        if found is None or found.origin is None:
            return None
        loader = Changed(fullname, found.origin, self._source)
        return importlib.util.spec_from_file_location(
            fullname, found.origin, loader=loader, submodule_search_locations=found.submodule_search_locations
        )


@dataclass
class Child:
    """A mock that runs, and the two pipes by which it is spoken to."""

    pid: int
    heard: TextIO
    speak: TextIO

    def answer(self) -> Told:
        """Its next line; what is wrong, if it says none."""
        ready, _, _ = select.select([self.heard], [], [], START_SECONDS)
        line = self.heard.readline() if ready else ""
        return json.loads(line) if line else {"dead": "ended" if ready else f"said nothing for {START_SECONDS} s"}

    def tell(self, told: Told) -> Told:
        """Say something, and hear the answer."""
        self.speak.write(json.dumps(told) + "\n")
        self.speak.flush()
        return self.answer()

    def end(self) -> None:
        """End it, whatever it is at."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.heard.close()
        self.speak.close()


def main() -> None:
    """Serve until standard input ends."""
    nursery = Nursery()
    for line in sys.stdin:
        _say(nursery.obey(json.loads(line)))
    nursery.end()


class Nursery:
    """The mock that runs, and the one that gets ready."""

    def __init__(self) -> None:
        """Neither yet."""
        self._child: Child | None = None
        self._next: tuple[Told, Child] | None = None

    def obey(self, told: Told) -> Told:
        """Do what one line says; gives the answer."""
        if "prepare" in told:
            self._forget()
            self._next = told["prepare"], born(told["prepare"])
            return {}
        if "start" in told:
            return self._start(told["start"])
        if "end" in told:
            self.end()
        return self._child.tell(told) if self._child else {}

    def _start(self, wanted: Told) -> Told:
        if self._child:
            self._child.end()
        if self._next and self._next[0] == wanted:
            self._child, self._next = self._next[1], None
        else:
            self._child = born(wanted)
        return self._child.answer()

    def _forget(self) -> None:
        if self._next:
            self._next[1].end()
        self._next = None

    def end(self) -> None:
        """End both."""
        self._forget()
        if self._child:
            self._child.end()
        self._child = None


def _say(told: Told) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def born(wanted: Told) -> Child:
    """A new mock."""
    (their_in, my_out), (my_in, their_out) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid:
        os.close(their_in)
        os.close(their_out)
        return Child(pid, os.fdopen(my_in), os.fdopen(my_out, "w"))
    _be(wanted, their_in, their_out)
    raise AssertionError  # never reached


def _be(wanted: Told, stdin: int, stdout: int) -> None:
    """Be a mock until the end, in the forked process."""
    code = 1
    try:
        log = os.open(wanted["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for number, target in ((stdin, 0), (stdout, 1), (log, 2)):
            os.dup2(number, target)
        os.closerange(3, 256)
        code = _run(wanted)
    except BaseException:  # noqa: BLE001 - the log says what it was
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _run(wanted: Told) -> int:
    if "module" in wanted:
        sys.meta_path.insert(0, Finder(wanted["module"], wanted["source"]))
    if "watch" in wanted:
        _watch(wanted["watch"])
    import mock_ca.__main__ as mock  # noqa: PLC0415, TID251 - only now, as wanted; this is the mock's own process
    from mock_ca.defects import Defects  # noqa: PLC0415, TID251

    if "module" in wanted:  # which may ask for defects that the mock does not have; none is ever on
        Defects.broken = lambda self, name: name in self.on  # type: ignore[method-assign]
    manuals = [part for folder in wanted.get("manuals", ()) for part in ("--manual", folder)]
    return mock.main(["--state", wanted["state"], *manuals])


def _watch(file: str) -> None:
    os.environ["COVERAGE_CORE"] = "ctrace"  # the one core that has contexts with every Python
    watching = Coverage(data_file=file, config_file=False, source_pkgs=["mock_ca"])
    watching.start()
    Thread(target=_obey, args=(watching,), daemon=True).start()


def _obey(watching: Coverage) -> None:
    for line in sys.stdin:
        told = json.loads(line)
        if "context" in told:
            watching.switch_context(told["context"])
        else:
            watching.stop()
            watching.save()
        _say({})


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
