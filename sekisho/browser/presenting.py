"""What the browser tells sites of itself and of its PC: what the browser of the manual's users would.

Portals whose manual names one system turn others away, and are right. So a browser that runs elsewhere, or without a
screen, says what it would say there: in the header, in its client hints, and to scripts.
"""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import BrowserContext

WINDOWS, MAC = "Windows", "macOS"
SYSTEMS = {WINDOWS: "Windows NT 10.0; Win64; x64", MAC: "Macintosh; Intel Mac OS X 10_15_7"}
PLATFORMS = {WINDOWS: "Win32", MAC: "MacIntel"}
FIRST_BRACKETS = re.compile(r"\([^)]*\)")
MAJOR = re.compile(r"Chrome/(\d+)")
NEVER = "Not:A-Brand"  # which Chromium adds so that nobody relies on the list's first
SCRIPT = """(told => {
  const say = (whose, name, value) =>
    Object.defineProperty(whose.prototype, name, { get: () => value, configurable: true, enumerable: true });
  if (told.platform) say(Navigator, 'platform', told.platform);
  if (told.vendor !== null) say(Navigator, 'vendor', told.vendor);
  if (!told.brands) delete Navigator.prototype.userAgentData;
  else if (window.NavigatorUAData) say(NavigatorUAData, 'brands', told.brands);
})"""


def user_agent_on(system: str, own: str) -> str:
    """What a browser that calls itself `own` would call itself with a screen, and on a system where one is named."""
    shown = own.replace("Headless", "")
    if system not in SYSTEMS or system_of(shown) == system:
        return shown
    return FIRST_BRACKETS.sub(f"({SYSTEMS[system]})", shown, count=1)


def system_of(user_agent: str) -> str:
    """The system that a browser says it is on; empty for any but Windows and macOS."""
    return next((name for name, words in SYSTEMS.items() if words.split(maxsplit=1)[0].rstrip(";") in user_agent), "")


def tell(window: BrowserContext, user_agent: str) -> None:
    """Let what scripts read in a window agree with its user agent. To be called before a page is open."""
    system, brands = system_of(user_agent), _brands(user_agent)
    told = {"platform": PLATFORMS.get(system), "vendor": _vendor(user_agent), "brands": brands}
    window.add_init_script(f"{SCRIPT}({json.dumps(told)})")


def _brands(user_agent: str) -> list[dict[str, str]] | None:
    """The names that Chromium's kind gives in its hints; None for other browsers, which give no hints."""
    major = MAJOR.search(user_agent)
    if major is None:
        return None
    own = "Microsoft Edge" if "Edg/" in user_agent else "Google Chrome"
    return [{"brand": NEVER, "version": "8"}, *({"brand": one, "version": major[1]} for one in ("Chromium", own))]


def _hints(brands: list[dict[str, str]] | None) -> dict[str, str]:
    if brands is None:  # Playwright sends those of Chromium, and can only be made to send empty ones
        return {"sec-ch-ua": "", "sec-ch-ua-mobile": "", "sec-ch-ua-platform": ""}
    return {"sec-ch-ua": ", ".join(f'"{one["brand"]}";v="{one["version"]}"' for one in brands)}


def _vendor(user_agent: str) -> str | None:
    if MAJOR.search(user_agent):
        return None
    return "Apple Computer, Inc." if "Version/" in user_agent else ""


def as_told(own: str, system: str, asked: str | None) -> dict[str, Any]:
    """Playwright's options for a new window: what was asked for, or what differs from the browser's own words."""
    told = asked or user_agent_on(system, own)
    if not asked and told == own:
        return {}
    return {"user_agent": told, "extra_http_headers": _hints(_brands(told))}
