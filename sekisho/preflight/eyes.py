"""A portal's sites as the browser sees them: it fetches what a server left out, and takes what OpenSSL refuses."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import Error as BrowserError

from sekisho.browser.channels import BrowserChoice
from sekisho.browser.launch import launch
from sekisho.browser.pc import Pc
from sekisho.certstore import CertStore, ContextStore, NativeStore
from sekisho.verdict import DeviationError, EnvironmentProblemError

NET_ERROR = re.compile(r"ERR_[A-Z0-9_]+")
FILE = "Download is starting"
"""What Playwright says where a file comes and no page."""
SENT_AWAY = {"ERR_SOCKET_NOT_CONNECTED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE"}
SETTLES_SECONDS = 2.0  # for all pages together
LOCAL = ("LocalNetwork", "PrivateNetwork")
"""How the browser calls it, by its protocol, that a page may not ask the user's own machine or network."""


@dataclass
class Visit:
    """What the browser made of one address."""

    page: Page
    refused: str = ""
    """Its own error (ERR_…) or a sentence; empty where it shows the site."""
    status: int | None = None
    cipher: str = ""
    """How the connection is encrypted, such as `TLS 1.2, RSA, AES_128_CBC, HMAC-SHA1`."""
    file: bool = False
    """Whether it answers at once with a file, and no page comes."""
    local: list[str] = field(default_factory=list)
    """Addresses of the user's own machine or network that the page asked for, and for which permission is needed."""

    @property
    def opens(self) -> bool:
        """Whether a person sees the site, or what it says to somebody without a certificate."""
        return not self.refused or "CLIENT_AUTH" in self.refused

    @property
    def sent_away(self) -> bool:
        """Whether it looks as where a server wants a certificate: with TLS 1.3 it says so after the handshake."""
        return self.refused in SENT_AWAY


class Eyes:
    """One window of a browser, as a scenario has it: what one site does to the next is seen."""

    def __init__(self, pc: Pc, name: str, *, judges: bool) -> None:
        """Look with a PC; it `judges` unless it was told to believe every server."""
        self.pc, self.name, self.judges = pc, name, judges
        self._window = self._fresh()
        self._seen: dict[str, Visit] = {}

    def look(self, url: str) -> Visit:
        """Open an address."""
        if self.pc.guard.offence:  # of the site before: its windows are gone
            self.pc.end_scenario()
            self._window = self._fresh()
        page = self._window.new_page()
        visit = self._seen[url] = Visit(page)
        _listen(page, visit)
        try:
            with self.pc.guard.judging():
                answer = page.goto(url, wait_until="domcontentloaded", timeout=self.pc.answer_seconds * 1000)
        except (BrowserError, DeviationError, EnvironmentProblemError) as problem:
            visit.file = FILE in str(problem)
            visit.refused = "" if visit.file else _named(str(problem))
        else:
            visit.status = answer.status if answer else None
        return visit

    def _fresh(self) -> BrowserContext:
        window = self.pc.window()
        window.clear_permissions()  # what a page needs leave for is to be seen
        return window

    def local(self) -> dict[str, list[str]]:
        """What the pages of each address that was looked at asked the user's own machine or network for."""
        end = time.monotonic() + SETTLES_SECONDS
        for visit in self._seen.values():
            with suppress(BrowserError):  # it goes on asking; what it has asked for so far is known
                visit.page.wait_for_load_state("networkidle", timeout=max(1, (end - time.monotonic()) * 1000))
        return {url: visit.local for url, visit in self._seen.items()}


def _named(problem: str) -> str:
    found = NET_ERROR.search(problem)
    return found[0] if found else problem.splitlines()[0]


@contextmanager
def opened(
    playwright: Playwright, choice: BrowserChoice, home: Path, root: Path | None, system: str = ""
) -> Iterator[Eyes]:
    """A browser that trusts a portal's root, if one is given. Raises EnvironmentProblemError.

    Only with its own store can it be told which root to trust, and judges servers by it; that is on Linux. `system` is
    that of the portal's users.
    """
    own = sys.platform == "linux" and isinstance(choice, BrowserChoice) and shutil.which("certutil") is not None
    store: CertStore = NativeStore(home) if own else ContextStore()
    if root:
        store.preinstall_root(root)
    pc = Pc(launch(playwright, choice, home, None), store, None, choice.name)
    pc.system = system
    try:
        yield Eyes(pc, choice.name, judges=own or root is None)
    finally:
        pc.close()


def _listen(page: Page, visit: Visit) -> None:
    """Hear over the browser's protocol what Playwright does not tell."""
    session, asked = page.context.new_cdp_session(page), dict[str, str]()

    def answered(event: dict[str, Any]) -> None:
        security = event["response"].get("securityDetails")
        if event.get("type") == "Document" and security:
            parts = (security[one] for one in ("protocol", "keyExchange", "cipher", "mac") if security.get(one))
            visit.cipher = ", ".join(parts)

    def failed(event: dict[str, Any]) -> None:
        why = event.get("corsErrorStatus", {}).get("corsError", "")
        if why.startswith(LOCAL) and event["requestId"] in asked:
            visit.local.append(asked[event["requestId"]])

    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFailed", failed)
    session.send("Network.enable")
