"""Lets a browser show, before the first scenario, which of its private surfaces can be read and operated here."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from playwright.sync_api import Playwright

from sekisho.browser.channels import BrowserChoice
from sekisho.browser.driver import running
from sekisho.browser.launch import SilentBrowserError
from sekisho.browser.pc import Pc
from sekisho.browser.switches import off_by_playwright
from sekisho.canary import trials
from sekisho.canary.portal import Portal, portal
from sekisho.canary.report import Report, Sighting
from sekisho.canary.versions import at_spi
from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.native_ui import Display, Surface
from sekisho.verdict import EnvironmentProblemError

Mode = Literal["native", "context"]
EDGE = "Edg/"  # in what Edge, and no other browser, calls itself


def examine(choice: BrowserChoice, mode: Mode, *, missing: str = "", headed: bool = False) -> Report:
    """Try everything that a run in this mode may use; `missing` is what the machine lacks for the browser's own store.

    In a thread of its own: Playwright runs once in each, and may be running in the caller's. Raises
    EnvironmentProblemError if the browser does not start.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="canary") as thread:
        return thread.submit(_examine, choice, mode, missing=missing, headed=headed).result()


def _examine(choice: BrowserChoice, mode: Mode, *, missing: str, headed: bool) -> Report:
    began = time.monotonic()
    with tempfolders.lent("canary") as folder, portal(folder) as ours:
        place = _Place(choice, folder, ours, headed=headed)
        has_store = mode == "native" and not missing
        with _meanwhile(place if has_store else None) as typed, running() as playwright:
            seen = _first_browser(place, playwright, has_store=has_store)
            unread = not off_by_playwright(playwright)
        no_store = missing or seen.no_store
        sightings = (*seen.sightings, *(() if no_store else typed))
    return Report(
        browser=f"{choice.name} {choice.version() or seen.product.partition('/')[2]}",
        build=choice.build.text or say(f"{seen.product}（{seen.agent}）", f"{seen.product} ({seen.agent})"),
        edge=EDGE in seen.agent,
        at_spi=at_spi(),
        no_store=no_store,
        switches_unread=unread,
        sightings=sightings,
        seen=datetime.now(UTC),
        seconds=round(time.monotonic() - began, 2),
    )


@dataclass(frozen=True)
class _Place:
    """What every trial needs."""

    choice: BrowserChoice
    folder: Path
    portal: Portal
    headed: bool


@dataclass(frozen=True)
class _Seen:
    """What the first browser said and showed."""

    product: str
    agent: str
    no_store: str
    sightings: tuple[Sighting, ...]


def _first_browser(place: _Place, playwright: Playwright, *, has_store: bool) -> _Seen:
    pc, no_store = _started(place, playwright, has_store=has_store)
    with closing(pc):
        product, agent = pc.says_of_itself()
        found = [] if pc.mode == "context" else list(trials.with_store(pc, place.portal))
        return _Seen(product, agent, no_store, (*found, trials.warning(pc, place.portal)))


def _started(place: _Place, playwright: Playwright, *, has_store: bool) -> tuple[Pc, str]:
    """The browser with its own store, or else without and why: what then does not start is the browser."""
    no_store = ""
    if has_store:
        try:
            return Pc.start(playwright, place.choice, place.folder / "native", headed=place.headed), ""
        except SilentBrowserError:  # without its own store it would not say more, and as late
            raise
        except EnvironmentProblemError as problem:
            no_store = str(problem)
    home = place.folder / "context"
    return Pc.start(playwright, place.choice, home, "context", headed=place.headed), no_store


@contextmanager
def _meanwhile(place: _Place | None) -> Iterator[list[Sighting]]:
    """Try the prompt for a PIN in a thread: it needs a browser of its own, on a screen. It is known in the end."""
    found: list[Sighting] = []
    if place is None:
        yield found
        return
    thread = threading.Thread(target=lambda: found.append(_pin(place)), name="canary")
    thread.start()
    try:
        yield found
    finally:
        thread.join()


def _pin(place: _Place) -> Sighting:
    try:
        display = Display.start()
        try:
            return _pin_on(display, place)
        finally:
            display.stop()
    except Exception as problem:  # noqa: BLE001 - whatever keeps a surface from working is the finding
        return Sighting(surface=Surface.PIN_PROMPT, problem=trials.reason(problem))


def _pin_on(display: Display, place: _Place) -> Sighting:
    pin, home = f"Pin-{secrets.token_hex(4)}", place.folder / "pinned"
    with (
        running() as playwright,
        closing(Pc.start(playwright, place.choice, home, display=display, pin=pin)) as pc,
    ):
        pc.store.preinstall_root(place.portal.root)
        pc.store.add_own(place.portal.pinned_user, exportable=True)
        return trials.pin(pc, place.portal, pin)
