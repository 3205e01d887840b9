"""Playwright's own program, the driver, through which every browser is spoken to: started anew when it has ended."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from weakref import WeakKeyDictionary

import playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright, sync_playwright

from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.machine.finding import Finding
from sekisho.machine.processes import Member, family
from sekisho.machine.remedies import install, reinstall
from sekisho.machine.state import cache, private
from sekisho.verdict import EnvironmentProblemError

FOLDER = Path(playwright.__file__).parent / "driver"
COMMAND = "run-driver"  # a word of its command line
_processes: WeakKeyDictionary[Playwright, Member] = WeakKeyDictionary()
_starting = threading.Lock()  # who is new among this process's programs is asked one start at a time


class Driver:
    """One driver at a time, for the thread that made this; `stop` ends it."""

    def __init__(self, prepare: Callable[[Playwright], None] = lambda _: None) -> None:
        """Nothing is started before it is asked for. `prepare` is done to each new one."""
        self._prepare = prepare
        self._manager = sync_playwright()
        self._running: Playwright | None = None

    @property
    def playwright(self) -> Playwright:
        """The running one, or a new one. Raises EnvironmentProblemError where none starts."""
        if self._running and not answers(self._running):
            self.stop()
        if self._running is None:
            self._running = self._started()
            self._prepare(self._running)
        return self._running

    def stop(self) -> None:
        """End it; one that has ended already is taken as it is."""
        if self._running:
            self._running = None
            with suppress(PlaywrightError):
                self._manager.__exit__()

    def _started(self) -> Playwright:
        self._manager = sync_playwright()
        try:
            with _starting, _surrounded():
                before = set(_ours())
                started = self._manager.start()
                for new in set(_ours()) - before:
                    _processes[started] = new
                return started
        except (PlaywrightError, OSError) as error:
            why = problem() or say(f"Playwright が動きません: {error}", f"Playwright does not run: {error}")
            raise EnvironmentProblemError(why) from error


def finding() -> Finding:
    """Whether the driver runs on this machine; on a bare Debian it lacks a library."""
    program = FOLDER / ("node.exe" if sys.platform == "win32" else "node")
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding("Playwright", ok=False, detail=str(error), fix=reinstall("playwright"))
    if done.returncode == 0:
        return Finding("Playwright", ok=True, detail=metadata.version("playwright"))
    packages = ("libatomic1",)
    return Finding("Playwright", ok=False, detail=done.stderr.strip()[-300:], fix=install(packages), packages=packages)


def problem() -> str | None:
    """Why the driver does not run on this machine, with the remedy; None if it does."""
    found = finding()
    return (
        None
        if found.ok
        else say(
            f"Playwright が動きません: {found.detail}。{found.fix}",
            f"Playwright does not run: {found.detail}. {found.fix}",
        )
    )


@contextmanager
def running() -> Iterator[Playwright]:
    """A driver for a while. Raises EnvironmentProblemError where none starts."""
    driver = Driver()
    try:
        yield driver.playwright
    finally:
        driver.stop()


def answers(playwright: Playwright) -> bool:
    """Whether a driver is still there. It is asked for something that needs no browser."""
    try:
        playwright.request.new_context().dispose()
    except PlaywrightError:
        return False
    return True


@contextmanager
def bounded(playwright: Playwright, seconds: float) -> Iterator[None]:
    """End a driver with all that it has started, should what is asked of it here take longer than so many seconds.

    Its own limits end a browser; what that browser has printed until then may still keep the driver busy for minutes.
    """
    timer = threading.Timer(seconds, _end, (playwright,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _ours() -> list[Member]:
    return [one for one in family(os.getpid())[1:] if COMMAND in one.command]


def _end(playwright: Playwright) -> None:
    if driver := _processes.get(playwright):
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it would print every call that now has no answer
        for one in family(driver.number):
            one.kill()


@contextmanager
def _surrounded() -> Iterator[None]:
    """What the driver finds in its environment.

    Profiles and downloads go to a folder that the next start removes, should it be killed; and what V8 makes of its
    JavaScript is kept for the next start, which then takes half as long.
    """
    wanted = {"TMPDIR": str(tempfolders.make("driver"))}
    with suppress(OSError):
        wanted["NODE_COMPILE_CACHE"] = str(private(cache("node")))
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
