"""What the first page of a site must show to somebody who has no certificate yet, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from pages.dialect import Dialect, load
from pages.screen import Screen
from sekisho.manual.folders import known, named
from sekisho.portal.view import Term
from sekisho.visible import shortened

PATIENCE = 30.0  # seconds, while the page has not come to rest


@dataclass(frozen=True)
class Seen:
    """What a first page lacks, and what it said."""

    missing: tuple[Term, ...]
    shown: str
    resembles: str
    """Another manual whose words it shows all; empty for none."""


def sites(manual: str) -> Mapping[str, tuple[Term, ...]]:
    """The sites of a manual with a first page to look at, and what it must show."""
    shown = {name: site.shows for name, site in named(manual).about.sites.items() if site.shows}
    return {name: tuple(_term(one) for one in terms) for name, terms in shown.items()}


def may_be_a_file(manual: str, site: str) -> bool:
    """Whether the site is there for a file alone, which may then come without a page to press anything on."""
    shows = sites(manual).get(site, ())
    return bool(shows) and all(section == "buttons" and name.startswith("download") for section, name in shows)


def _term(dotted: str) -> Term:
    section, _, name = dotted.partition(".")
    return section, name


def look(page: Page, manual: str, site: str, dialect: Dialect) -> Seen:
    """Look at a first page that is open, once it has come to rest."""
    screen, wanted = Screen(lambda: page, dialect, PATIENCE), sites(manual)[site]
    screen.until(lambda: not _missing(screen, wanted))
    missing = _missing(screen, wanted)
    return Seen(missing, shortened(screen.text()) if missing else "", _resembled(page, manual, site) if missing else "")


def _missing(screen: Screen, wanted: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in wanted if not screen.has(*term))


def _resembled(page: Page, manual: str, site: str) -> str:
    for other in known():
        wanted = sites(other).get(site) if other != manual else None
        if wanted and not _missing(Screen(lambda: page, load(other)), wanted):
            return other
    return ""
