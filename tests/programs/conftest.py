"""A PC with a store of its own, on which a stand-in program is set up and started."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from mock_apps import issuing_app, mpki_client
from mock_apps.base import Package
from pages.dialect import Dialect, load
from pages.program import Installation, StandInProgram
from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc


@pytest.fixture(scope="session")
def running_pc(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """The PC; shared, because a browser takes a while to start."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path_factory.mktemp("home"), "native")
    yield pc
    pc.close()


@pytest.fixture
def pc(running_pc: Pc) -> Iterator[Pc]:
    """The PC, as new."""
    yield running_pc
    running_pc.end_scenario()


@pytest.fixture
def package() -> str:
    """What stands in the set-up file of a program."""
    return json.dumps(asdict(issuing_app.PACKAGE))


Start = Callable[..., StandInProgram]

# Each announcement comes through a pipe that keeps it for a while.
LATE = 'IFS=; "$@" | while read -r line; do sleep 0.2; printf "%s\\n" "$line"; done'


@pytest.fixture
def stand_in(pc: Pc, tmp_path: Path) -> Iterator[Start]:
    """Any program on the PC, with the addresses of its agents; ended with the test."""
    made: list[StandInProgram] = []

    def program(
        manual: str, package: Package, agents: dict[str, str], server_root: str, *, late: bool = False
    ) -> StandInProgram:
        folder = tmp_path / "programs"
        store = str(getattr(pc.store, "folder"))  # noqa: B009 - a native store
        settings = {"programs": str(folder), "store": store, "agents": agents, "server_root": server_root}
        command = [*(("sh", "-c", LATE, "sh") if late else ()), sys.executable, "-m", f"mock_apps.{package.name}"]
        menu = package.listed_as(folder).parent
        installation = Installation(command, settings, package.installed_as(folder), json.dumps(asdict(package)), menu)
        made.append(StandInProgram(pc, _dialect(manual), installation, lambda _: None))
        return made[-1]

    yield program
    for one in made:
        one.stop()


@pytest.fixture
def start(stand_in: Start) -> Start:
    """The issuing program."""

    def program(agents: dict[str, str] | None = None, server_root: str = "") -> StandInProgram:
        return stand_in("gunma", issuing_app.PACKAGE, agents or {}, server_root)

    return program


@pytest.fixture
def client(stand_in: Start) -> Start:
    """MPKI クライアント."""

    def program(agents: dict[str, str] | None = None, server_root: str = "", *, late: bool = False) -> StandInProgram:
        return stand_in("obn", mpki_client.PACKAGE, agents or {}, server_root, late=late)

    return program


def _dialect(manual: str) -> Dialect:
    """A manual's words, and those of the wizard's pages that only these tests look at."""
    own = load(manual)
    pages = {"setup_done": ["セットアップが完了しました"], "setup_failed": ["インストールできません"]}
    return replace(own, sections={**own.sections, "screens": {**pages, **own.sections["screens"]}})
