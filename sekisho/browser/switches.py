"""The features that Playwright switches off in Chromium, found out from Playwright itself.

A second `--disable-features` on a command line replaces the first, so whoever switches off more must repeat what
Playwright does. It differs between versions of Playwright, and no call gives it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright

SWITCH = "--disable-features="
DRIVER = Path(playwright.__file__).parent / "driver" / "package" / "lib"
ENDS_SECONDS = 10
GIVEN = re.compile(rf"<launching> .*? {SWITCH}(\S+)")
# In Playwright's source: `"--disable-features=" + NAME.join(",")`, in other versions `+ NAME(assistantMode).join(",")`.
JOINED = re.compile(rf"""["'`]{SWITCH}["'`]\s*\+\s*(\w+)(?:\([^)]*\))?\.join""")
COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_known: list[tuple[str, ...]] = []  # asked for once in a process
WORD = re.compile(r"""["'](\w+)["']""")


def off_by_playwright(running: Playwright) -> tuple[str, ...]:
    """What this Playwright switches off, as it says or else as its source does; empty if neither can be read."""
    if not _known:
        _known.append(_from_a_start(running) or _from_the_source())
    return _known[0]


def disabling(running: Playwright, *more: str) -> list[str]:
    """The switch that switches off more than Playwright does; none where Playwright's own list cannot be read."""
    known = off_by_playwright(running)
    return [SWITCH + ",".join(dict.fromkeys([*known, *more]))] if known else []


def _from_a_start(running: Playwright) -> tuple[str, ...]:
    """Start a program that is no browser and ends at once: Playwright's complaint has the whole command line."""
    try:
        running.chromium.launch(executable_path=sys.executable, timeout=ENDS_SECONDS * 1000).close()
    except PlaywrightError as complaint:
        found = GIVEN.search(complaint.message)
        return tuple(found[1].split(",")) if found else ()
    return ()


def _from_the_source(folder: Path = DRIVER) -> tuple[str, ...]:
    """The list in the program text of Playwright's driver, whichever of its files holds it."""
    return next((found for file in sorted(folder.rglob("*.js")) for found in _lists(file)), ())


def _lists(file: Path) -> Iterator[tuple[str, ...]]:
    text = file.read_text(encoding="utf-8", errors="replace")
    for joined in JOINED.finditer(text):
        for array in re.finditer(rf"\b{joined[1]}\s*=[^\[;]*\[(.*?)\]", text, re.DOTALL):
            if found := tuple(WORD.findall(COMMENT.sub("", array[1]))):
                yield found
