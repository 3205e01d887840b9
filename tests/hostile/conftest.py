"""A user's PC in front of a portal that means harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from pages.dialect import load
from pages.screen import Screen
from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.evidence.masking import Masking
from sekisho.person.browsing import Browsing
from sekisho.results import Dialog, Evidence

from .server import Hostile


class Noted:
    """What a recorder would keep."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.evidence: list[Evidence] = []
        self.secrets: list[str] = []

    def add(self, evidence: Evidence) -> None:
        """Keep it."""
        self.evidence.append(evidence)

    def tells_a_secret(self, text: str, values: frozenset[str]) -> bool:
        """As the recorder."""
        masking = Masking()
        for one in self.secrets:
            masking.add(one)
        return masking.given_away(text, values)

    def host(self, origin: str) -> None:
        """Not kept."""

    @property
    def said(self) -> list[str]:
        """The messages of pages that were answered."""
        return [one.text for one in self.evidence if isinstance(one, Dialog)]


@pytest.fixture(scope="session")
def hostile() -> Iterator[Hostile]:
    """The portal."""
    portal = Hostile()
    yield portal
    portal.close()


@pytest.fixture(scope="session")
def shared_pc(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """One browser for all, which has to survive every portal."""
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path_factory.mktemp("home"), "native")
    yield pc
    pc.close()


@pytest.fixture
def pc(shared_pc: Pc) -> Iterator[Pc]:
    """The PC, as new, of somebody with little time."""
    if not shared_pc.running:  # a test that ended it has failed; what comes after is not about that
        shared_pc.start_again()
    guard = shared_pc.guard
    guard.longest_silence, guard.longest_answer, shared_pc.answer_seconds = 8, 2.0, 2.0
    yield shared_pc
    shared_pc.end_scenario()


@pytest.fixture
def noted() -> Noted:
    """The record."""
    return Noted()


@pytest.fixture
def browsing(pc: Pc, noted: Noted) -> Browsing:
    """What the person has open."""
    return Browsing(pc, noted)  # type: ignore[arg-type] # all that it asks of a recorder


@pytest.fixture
def screen(browsing: Browsing) -> Screen:
    """What the person sees, with little patience."""
    return Screen(lambda: browsing.page, load("danshin"), patience=2, said=lambda: browsing.said)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where downloads go."""
    return tmp_path
