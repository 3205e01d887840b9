"""A browser on another machine, driven through Playwright's server there: real Edge on Windows, for example.

Certificates are then kept by this process and presented by Playwright (--certs context): the other machine's own store
and dialog are out of reach.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

from sekisho.browser import driver
from sekisho.browser.places import NAMES, Kind, Name, kind_named
from sekisho.machine.http import on_this_machine
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

CONNECT_SECONDS = 30
LOOPBACK = "<loopback>"  # Playwright's word for the addresses that only this machine has
EDGE = "Edg/"  # in what Edge, and no other browser, calls itself
OUT_OF_REACH = "ブラウザーが別の機械にあるとき（--connect）は、通信の途中に障害を起こせない"
WRONG_VERSION = re.compile(r"server version: v([\d.]+)")


@dataclass(frozen=True)
class RemoteBrowser:
    """Where the server is, and which browser it is asked for. The path of the address may be a secret."""

    url: str
    name: Name
    expose: bool = False
    """Whether addresses that only this machine has, such as the mock's, are offered to the browser there."""

    @classmethod
    def parse(cls, url: str, name: str | None = None) -> RemoteBrowser:
        """The server at an address such as ws://host:3000/path. Raises ConfigurationProblemError for any other."""
        if name is not None and name not in NAMES:
            raise ConfigurationProblemError(f"--browser {name}: {'、'.join(NAMES)} のどれかを指定してください。")
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"ws", "wss"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ConfigurationProblemError(
                "--connect: Playwright のサーバーの住所を ws://ホスト:ポート/パス か wss://… で指定してください。"
            )
        return cls(url, next((known for known in NAMES if known == name), "chromium"))

    @property
    def kind(self) -> Kind:
        """Edge, Chrome or another: the one that was asked for, or `connect` refuses."""
        return kind_named(self.name)

    @property
    def shown(self) -> str:
        """The address as it may be written down: without what could be a secret."""
        parts = urlsplit(self.url)
        secret = parts.path.strip("/") or parts.query or parts.fragment
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{'/…' if secret else parts.path}"

    def exposing_to(self, sites: Iterable[str] | None) -> RemoteBrowser:
        """Offer this machine's own addresses only where the portal (None: the mock) has such an address."""
        return replace(
            self, expose=sites is None or any(on_this_machine(urlsplit(site).hostname or "") for site in sites)
        )

    def clean(self, text: str) -> str:
        """A text without the secret part of the address."""
        return text.replace(self.url, self.shown)

    def connect(self, playwright: Playwright, *, headed: bool = False) -> Browser:
        """Start or take the browser there. Raises EnvironmentProblemError with what to do where that is impossible."""
        wanted = json.dumps({"channel": self.name, "headless": not headed})
        try:
            browser = playwright.chromium.connect(
                self.url,
                headers={"x-playwright-browser": "chromium", "x-playwright-launch-options": wanted},
                expose_network=LOOPBACK if self.expose else None,
                timeout=CONNECT_SECONDS * 1000,
            )
        except PlaywrightError as problem:
            raise EnvironmentProblemError(f"--connect {self.shown}: {self._why(problem.message)}") from problem
        try:
            self._check(browser)
        except BaseException:
            browser.close()
            raise
        return browser

    def version(self) -> str:
        """What the browser there says of itself; connects for the question."""
        with driver.running() as playwright:
            browser = self.connect(playwright)
            found = browser.version
            browser.close()
        return found

    def _check(self, browser: Browser) -> None:
        """A server that was started with one browser gives this one, whatever it is asked for."""
        page = browser.new_page()
        is_edge = EDGE in page.evaluate("navigator.userAgent")
        page.close()
        if is_edge != (self.kind == "msedge"):
            there = "Microsoft Edge" if is_edge else "Edge ではないブラウザー"
            raise EnvironmentProblemError(
                f"--connect {self.shown}: そこで動くのは{there}で、求めた {self.name} と違います。"
                f"--browser {'msedge' if is_edge else 'chromium'} を指定するか、サーバーを改めてください。"
            )

    def _why(self, text: str) -> str:
        ours = ".".join(version("playwright").split(".")[:2])
        command = f"npx playwright@{ours} run-server --host 0.0.0.0 --port {urlsplit(self.url).port or 80} --path /…"
        if theirs := WRONG_VERSION.search(text):
            return f"Playwright の版が違います（そこ {theirs[1]}、ここ {ours}）。「{command}」で起動し直してください。"
        known = (
            ("ECONNREFUSED", f"接続を断られました。そこでサーバーが動いていますか: 「{command}」"),
            ("ENOTFOUND|EAI_AGAIN", "その名前の機械が見つかりません。"),
            (
                "EHOSTUNREACH|ENETUNREACH|ETIMEDOUT",
                "その機械に届きません。ファイアウォールを確かめてください。",
            ),
            (
                "EPROTO|SSL|certificate",
                "TLS で接続できません。ws:// と wss:// の違いとサーバー証明書を確かめてください。",
            ),
            (r"is not found at|Executable doesn't exist", self._missing()),
            (r"unexpected response|40[0-9] ", "サーバーに断られました。住所のパス（--path）を確かめてください。"),
            ("Timeout", f"{CONNECT_SECONDS} 秒たっても応答がありません。"),
        )
        sentence = next((said for words, said in known if re.search(words, text)), "接続できません。")
        return f"{sentence}\n{self.clean(text.splitlines()[0])}"

    def _missing(self) -> str:
        return f"その機械に {self.name} がありません。そこで「npx playwright install {self.name}」を実行してください。"
