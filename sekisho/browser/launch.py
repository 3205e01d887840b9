"""Which browser is used, and how it is started: quiet, in Japanese, away from the user's own profile."""

from __future__ import annotations

import os
import re
import sys
import time
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

from sekisho.browser import driver, sandbox
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.remote import RemoteBrowser
from sekisho.browser.switches import disabling
from sekisho.language import say
from sekisho.machine import tempfolders
from sekisho.native_ui import AccessibilityBus, Display, scrubbed_environment
from sekisho.network.hosts import MAKERS
from sekisho.verdict import EnvironmentProblemError

__all__ = ["BrowserChoice", "launch"]

LAUNCH_SECONDS = 30
ENDING_SECONDS = 10  # more, after which a driver is no longer waited for that still reads what a browser has printed
# How much of what a browser said before it ended is worth repeating, in characters.
LAST_WORDS = 800
LAST_LINES = 3
SAID = re.compile(r"\[err\](.+)")
EXITED = re.compile(r"process did exit: exitCode=(\w+)")

# The address bar's list of suggestions costs two more pages for every window: half of a window's CPU time. A spare
# renderer, started ahead for a next site, is never the one that a fresh window needs.
NOT_NEEDED = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess")
QUIET = (
    "--lang=ja",
    # as large as Playwright makes every window for `pc.WINDOW`, with the tool bar: laid out and drawn once, not twice
    "--window-size=1024,787",
    # the browser's own windows and dialogs move at once: what they would draw on the way costs a tenth of all CPU time
    "--animation-duration-scale=0",
    # nothing may leave this machine but what the scenario asks for
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--dns-prefetch-disable",
    # what the switches above leave: the maker's own hosts, asked for updates and accounts
    "--host-resolver-rules=" + ",".join(f"MAP *.{host} ~NOTFOUND" for host in MAKERS),
)
# Reading the certificate dialog needs the browser's windows on the accessibility bus. Chromium ignores presses for half
# a second after a dialog appears, as a protection against a person's stray clicks: there are none here.
OPERABLE = ("--force-renderer-accessibility", "--disable-input-event-activation-protection")


class SilentBrowserError(EnvironmentProblemError):
    """A browser that neither ends nor answers."""


def launch(
    playwright: Playwright,
    choice: BrowserChoice | RemoteBrowser,
    home: Path,
    bus: AccessibilityBus | None,
    *,
    headed: bool = False,
    display: Display | None = None,
) -> Browser:
    """Start a browser whose HOME is `home`, on the accessibility bus if there is one, headed if it has a display.

    Raises EnvironmentProblemError with the browser's own last words if it does not start. A browser elsewhere is
    started there, by its server.
    """
    if isinstance(choice, RemoteBrowser):
        return choice.connect(playwright, headed=headed)
    began = time.monotonic()
    try:
        with driver.bounded(playwright, LAUNCH_SECONDS + ENDING_SECONDS):
            return playwright.chromium.launch(
                executable_path=choice.path,
                headless=not (headed or display),
                args=[*QUIET, *disabling(playwright, *NOT_NEEDED), *(OPERABLE if bus else ())],
                env={**_environment(home, bus), **(display.environment() if display else {})},
                chromium_sandbox=sandbox.wanted(),
                timeout=LAUNCH_SECONDS * 1000,
            )
    except PlaywrightError as problem:
        silent = time.monotonic() - began >= LAUNCH_SECONDS
        kind = SilentBrowserError if silent else EnvironmentProblemError
        raise kind(_why(choice, problem.message, silent=silent)) from problem


def _environment(home: Path, bus: AccessibilityBus | None) -> dict[str, str]:
    if sys.platform != "linux":
        return dict(os.environ)
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "TMPDIR": str(_for_sockets()),
        "LANGUAGE": "ja",
        # which every system has: with ja_JP.UTF-8 where there is none, no file could have a Japanese name
        "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Tokyo",
        # a headed browser needs the user's permission for the X display, which lies in the user's own HOME
        "XAUTHORITY": os.environ.get("XAUTHORITY", str(Path.home() / ".Xauthority")),
    }
    return scrubbed_environment() | own | (bus.environment() if bus else {})


@cache
def _for_sockets() -> Path:
    """Where the browsers of this process put their sockets; killed, they leave them behind."""
    return tempfolders.make("b", short=True)


def _why(choice: BrowserChoice, text: str, *, silent: bool) -> str:
    """One line: which browser, what to do, and its own last words."""
    if re.search("XServer|X server|\\$DISPLAY|Missing X", text):
        remedy = say(
            "画面がありません。--headed を外すか、xvfb-run の中で実行してください",
            "There is no display. Leave out --headed, or run it within xvfb-run",
        )
    elif "No usable sandbox" in text:
        remedy = sandbox.remedy(choice.path)
    elif silent:
        remedy = say(
            f"{LAUNCH_SECONDS} 秒たっても操作できる状態になりません。Chromium 系のブラウザーかを確かめてください",
            f"It cannot be driven after {LAUNCH_SECONDS} s. See whether it is a browser of Chromium's family",
        )
    else:
        remedy = say(
            "ファイルがそろっていないか、壊れています。入れ直すか、--browser で別のブラウザーを指定してください",
            "Its files are incomplete or damaged. Install it anew, or name another browser by --browser",
        )
    return say(
        f"{choice.name}（{choice.path}）を起動できません。{remedy}。{_last_words(text)}",
        f"{choice.name} ({choice.path}) cannot be started. {remedy}. {_last_words(text)}",
    ).strip()


def _last_words(text: str) -> str:
    """What the browser said before it ended, and how it ended."""
    said = dict.fromkeys(found[1].strip() for found in SAID.finditer(text))
    ended = EXITED.search(text)
    words = [
        *([say(f"終了コード {ended[1]}", f"exit code {ended[1]}")] if ended and ended[1] != "null" else []),
        *list(said)[-LAST_LINES:],
    ]
    return say(f"（{' / '.join(words)[-LAST_WORDS:]}）", f"({' / '.join(words)[-LAST_WORDS:]})") if words else ""
