"""Playwright's own program, the driver, through which every browser is spoken to: started anew when it has ended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright, sync_playwright

from sekisho import environment, tempfolders
from sekisho.verdict import EnvironmentProblemError


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
            with _in_own_folder():
                return self._manager.start()
        except (PlaywrightError, OSError) as problem:
            why = environment.driver_problem() or f"Playwright が動きません: {problem}"
            raise EnvironmentProblemError(why) from problem


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
def _in_own_folder() -> Iterator[None]:
    """Have what is started keep profiles and downloads in a folder that the next start removes, should it be killed."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(tempfolders.make("driver"))
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
