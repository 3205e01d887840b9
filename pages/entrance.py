"""What the first page of a site must show to somebody who has no certificate yet, and whether it does."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from pages.dialect import Dialect, load
from pages.screen import Screen, Sight
from sekisho.manual import manuals

LOGIN: tuple[Sight, ...] = (("fields", "user_id"), ("fields", "login_password"), ("buttons", "login"))
# Sites that ask for a certificate, or that only a personal link opens, have no first page to look at.
ENTRANCES: Mapping[str, Mapping[str, tuple[Sight, ...]]] = {
    "danshin": {"enrol": LOGIN},
    "kihonet": {"enrol": LOGIN},
    "obn": {
        "enrol": (("fields", "request_id"), ("fields", "reference_id")),
        "root": (("buttons", "download_root"),),
    },
}
PATIENCE = 5.0  # seconds for the first of them; the others are there with it


@dataclass(frozen=True)
class Seen:
    """What a first page lacks, and what it said."""

    missing: tuple[Sight, ...]
    shown: str
    resembles: str
    """Another manual whose words it shows all; empty for none."""


def sites(manual: str) -> Mapping[str, tuple[Sight, ...]]:
    """The sites of a manual with a first page to look at, and what it must show."""
    return ENTRANCES.get(manual, {})


def look(page: Page, manual: str, site: str, dialect: Dialect) -> Seen:
    """Look at a first page that is open."""
    wanted = sites(manual)[site]
    missing = _missing(page, dialect, wanted, PATIENCE)
    text = Screen(lambda: page, dialect).text()[:200] if missing else ""
    return Seen(missing, text, _resembled(page, manual, site) if missing else "")


def _missing(page: Page, dialect: Dialect, wanted: tuple[Sight, ...], patience: float) -> tuple[Sight, ...]:
    screen, end = Screen(lambda: page, dialect, patience), time.monotonic() + patience
    missing = wanted
    while missing and time.monotonic() < end:
        missing = tuple(sight for sight in wanted if not screen.has(*sight))
        if missing:
            page.wait_for_timeout(50)
    return missing


def _resembled(page: Page, manual: str, site: str) -> str:
    for other in manuals():
        wanted = sites(other).get(site) if other != manual else None
        if wanted and not _missing(page, load(other), wanted, 0.1):
            return other
    return ""
