"""What the browser tells sites of itself and of its PC: what the browser of the manual's users would.

Portals whose manual names one system turn others away, and are right. So a browser that runs elsewhere, or without a
screen, says what it would say there: in the header, in its client hints, and to scripts.
"""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext

WINDOWS, MAC = "Windows", "macOS"
SYSTEMS = {WINDOWS: "Windows NT 10.0; Win64; x64", MAC: "Macintosh; Intel Mac OS X 10_15_7"}
PLATFORMS = {WINDOWS: "Win32", MAC: "MacIntel"}
FIRST_BRACKETS = re.compile(r"\([^)]*\)")
MAJOR = re.compile(r"Chrome/(\d+)")
VERSIONS = {WINDOWS: "10.0.0", MAC: "10.15.7"}
NEVER, NEVER_IS = "Not:A-Brand", "8"  # which Chromium adds so that nobody relies on the list's first
SCRIPT = """(told => {
  const say = (whose, name, value) =>
    Object.defineProperty(whose.prototype, name, { get: () => value, configurable: true, enumerable: true });
  const hints = told.hints;
  if (told.platform) say(Navigator, 'platform', told.platform);
  if (told.vendor !== null) say(Navigator, 'vendor', told.vendor);
  if (!hints) delete Navigator.prototype.userAgentData;
  else if (window.NavigatorUAData) {
    const always = ({ brands, mobile, platform }) => ({ brands, mobile, platform });
    for (const [name, value] of Object.entries(always(hints))) say(NavigatorUAData, name, value);
    const own = NavigatorUAData.prototype, ask = own.getHighEntropyValues;
    own.toJSON = { toJSON() { return always(hints); } }.toJSON;
    own.getHighEntropyValues = { async getHighEntropyValues(names) {
      const got = await ask.call(this, names);
      return Object.fromEntries(Object.keys(got).map(name => [name, name in hints ? hints[name] : got[name]]));
    } }.getHighEntropyValues;
  }
})"""


def says_of_itself(browser: Browser) -> tuple[str, str]:
    """A running browser's product with its version, such as Chrome/156.0.8078.108, and its own user agent."""
    session = browser.new_browser_cdp_session()
    told = session.send("Browser.getVersion")
    session.detach()
    return str(told["product"]), str(told["userAgent"])


def user_agent_on(system: str, own: str) -> str:
    """What a browser that calls itself `own` would call itself with a screen, and on a system where one is named."""
    shown = own.replace("Headless", "")
    if system not in SYSTEMS or system_of(shown) == system:
        return shown
    return FIRST_BRACKETS.sub(f"({SYSTEMS[system]})", shown, count=1)


def system_of(user_agent: str) -> str:
    """The system that a browser says it is on; empty for any but Windows and macOS."""
    return next((name for name, words in SYSTEMS.items() if words.split(maxsplit=1)[0].rstrip(";") in user_agent), "")


def tell(window: BrowserContext, user_agent: str) -> dict[str, Any]:
    """Let what scripts read in a window agree with its user agent. To be called before a page is open.

    Gives the parameters of `Emulation.setUserAgentOverride` for each of its pages: with them agrees what the browser
    adds to requests by itself, behind a redirect, and where a portal asks for more.
    """
    hints = _hints(user_agent, window.browser.version if window.browser else "")
    told = {
        "platform": PLATFORMS.get(system_of(user_agent)),
        "vendor": _vendor(user_agent),
        "hints": hints and hints | {"uaFullVersion": hints["fullVersion"]},
    }
    window.add_init_script(f"{SCRIPT}({json.dumps(told)})")
    return {"userAgent": user_agent} | ({"userAgentMetadata": hints} if hints else {})


def _hints(user_agent: str, version: str) -> dict[str, Any] | None:
    """What Chromium's kind gives as hints, in the browser's own words; None for other browsers, which give none."""
    brands = _brands(user_agent)
    if brands is None:
        return None
    major, system = brands[-1]["version"], system_of(user_agent)
    full = version if version.startswith(f"{major}.") else f"{major}.0.0.0"
    return {
        "brands": brands,
        "fullVersionList": [
            one | {"version": f"{NEVER_IS}.0.0.0" if one["brand"] == NEVER else full} for one in brands
        ],
        "fullVersion": full,
        "platform": system or "Linux",
        "platformVersion": VERSIONS.get(system, ""),
        "architecture": "x86",
        "bitness": "64",
        "model": "",
        "mobile": False,
        "wow64": False,
    }


def _brands(user_agent: str) -> list[dict[str, str]] | None:
    """The names that Chromium's kind gives in its hints; None for other browsers."""
    major = MAJOR.search(user_agent)
    if major is None:
        return None
    own = "Microsoft Edge" if "Edg/" in user_agent else "Google Chrome"
    return [{"brand": NEVER, "version": NEVER_IS}, *({"brand": one, "version": major[1]} for one in ("Chromium", own))]


def _headers(user_agent: str) -> dict[str, str]:
    """Hints for every request: those of a new tab's first one are the browser's own, which nothing else replaces."""
    brands, system = _brands(user_agent), system_of(user_agent)
    if brands is None:  # Playwright sends those of Chromium, and can only be made to send empty ones
        return {"sec-ch-ua": "", "sec-ch-ua-mobile": "", "sec-ch-ua-platform": ""}
    named = {"sec-ch-ua": ", ".join(f'"{one["brand"]}";v="{one["version"]}"' for one in brands)}
    return named | ({"sec-ch-ua-platform": f'"{system}"'} if system else {})


def _vendor(user_agent: str) -> str | None:
    if MAJOR.search(user_agent):
        return None
    return "Apple Computer, Inc." if "Version/" in user_agent else ""


def as_told(own: str, system: str, asked: str | None) -> dict[str, Any]:
    """Playwright's options for a new window: what was asked for, or what differs from the browser's own words."""
    told = asked or user_agent_on(system, own)
    if not asked and told == own:
        return {}
    return {"user_agent": told, "extra_http_headers": _headers(told)}
