"""What every test of the harness needs of the process that runs it, and how many bad inputs all of them tried."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from sekisho import language
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.launch import launch
from sekisho.cli import jobs
from sekisho.machine import garbage
from tests import sharing
from tests.hostile.tries import COUNT

TRIED = "bad inputs tried"

garbage.settle()

os.environ[language.VARIABLE] = "ja"  # what tests expect to read, wherever they run
for one in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(one, None)
os.environ["LANG"] = "C.UTF-8"  # names no language, so no command to repeat needs to


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_reaches_what_is_started() -> None:
    """A shell lets its background jobs ignore Ctrl-C, and whatever they start would ignore it too."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _notes_are_kept_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What runs note of users outlasts them."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session", autouse=True)
def _mocks_share_their_keys(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Also with those of the other workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "keys"
    folder.mkdir(exist_ok=True, mode=0o700)
    os.environ["SEKISHO_TEST_KEYS"] = str(folder)


@pytest.fixture(scope="session")
def plain_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for whoever only looks at pages, started as for a run: otherwise a window costs twice as much."""
    browser = launch(playwright, BrowserChoice.resolve(None), tmp_path_factory.mktemp("home"), None)
    yield browser
    browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a fifth of a test's time is waiting."""
    return jobs.cores() + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal tests out so that nothing is made twice and no worker waits."""
    sharing.shared(items)
    sharing.longest_first(items)


def pytest_collection_finish() -> None:
    """Let Python's search for garbage pass over what stays to the end: the tests themselves, by the thousand."""
    gc.freeze()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> object:
    """Note how many bad inputs a test tried: as many as it counted, and one where all of it is such an input."""
    COUNT.take()
    yield
    if tried := COUNT.take() or int("hostile" in item.path.parts):
        item.user_properties.append((TRIED, tried))  # travels from a worker with the report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many, of all workers together."""
    reports = [one for found in terminalreporter.stats.values() for one in found if getattr(one, "when", "") == "call"]
    tried = [count for one in reports for name, count in one.user_properties if name == TRIED]
    if tried:
        terminalreporter.write_line(f"{sum(tried):,} bad inputs were tried by {len(tried)} tests.")
