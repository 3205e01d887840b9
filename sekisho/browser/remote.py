"""A browser on another machine, driven through Playwright's server there: real Edge on Windows, for example.

Certificates are then kept by this process and presented by Playwright (--certs context): the other machine's own store
and dialog are out of reach.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

from sekisho.browser import driver
from sekisho.browser.places import NAMES, Kind, Name, kind_named
from sekisho.browser.presenting import says_of_itself
from sekisho.language import Pair, say
from sekisho.machine.http import on_this_machine
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

CONNECT_SECONDS = 30
LOOPBACK = "<loopback>"  # Playwright's word for the addresses that only this machine has
EDGE = "Edg/"  # in what Edge, and no other browser, calls itself
OUT_OF_REACH = Pair(
    "ブラウザーが別の機械にあるとき（--connect）は、通信の途中に障害を起こせない",
    "no faults can be caused on the line of a browser on another machine (--connect)",
)
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
            raise ConfigurationProblemError(
                say(
                    f"--browser {name}: {'、'.join(NAMES)} のどれかを指定してください。",
                    f"--browser {name}: must be one of {', '.join(NAMES)}.",
                )
            )
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"ws", "wss"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ConfigurationProblemError(
                say(
                    "--connect: Playwright のサーバーの住所を ws://ホスト:ポート/パス か wss://… で指定してください。",
                    "--connect: must be the address of a Playwright server, as ws://host:port/path or wss://…",
                )
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
        """The version that the browser there says it is; connects for the question."""
        return self._said[0]

    @property
    def user_agent(self) -> str:
        """What the browser there calls itself; connects for the question."""
        return self._said[1]

    @cached_property
    def _said(self) -> tuple[str, str]:
        with driver.running() as playwright:
            browser = self.connect(playwright)
            found = browser.version, says_of_itself(browser)[1]
            browser.close()
        return found

    def _check(self, browser: Browser) -> None:
        """A server that was started with one browser gives this one, whatever it is asked for."""
        page = browser.new_page()
        is_edge = EDGE in page.evaluate("navigator.userAgent")
        page.close()
        if is_edge != (self.kind == "msedge"):
            there = "Microsoft Edge" if is_edge else say("Edge ではないブラウザー", "a browser that is not Edge")
            raise EnvironmentProblemError(
                say(
                    f"--connect {self.shown}: そこで動くのは{there}で、求めた {self.name} と違います。"
                    f"--browser {'msedge' if is_edge else 'chromium'} を指定するか、サーバーを改めてください。",
                    f"--connect {self.shown}: what runs there is {there}, and not {self.name}, which was asked "
                    f"for. Give --browser {'msedge' if is_edge else 'chromium'}, or change the server.",
                )
            )

    def _why(self, text: str) -> str:
        ours = ".".join(version("playwright").split(".")[:2])
        command = f"npx playwright@{ours} run-server --host 0.0.0.0 --port {urlsplit(self.url).port or 80} --path /…"
        if theirs := WRONG_VERSION.search(text):
            return say(
                f"Playwright の版が違います（そこ {theirs[1]}、ここ {ours}）。「{command}」で起動し直してください。",
                f'The versions of Playwright differ ({theirs[1]} there, {ours} here). Start it anew with "{command}".',
            )
        known = (
            (
                "ECONNREFUSED",
                say(
                    f"接続を断られました。そこでサーバーが動いていますか: 「{command}」",
                    f'The connection was refused. See whether the server runs there: "{command}"',
                ),
            ),
            ("ENOTFOUND|EAI_AGAIN", say("その名前の機械が見つかりません。", "There is no machine of that name.")),
            (
                "EHOSTUNREACH|ENETUNREACH|ETIMEDOUT",
                say(
                    "その機械に届きません。ファイアウォールを確かめてください。",
                    "That machine cannot be reached. Check the firewall.",
                ),
            ),
            (
                "EPROTO|SSL|certificate",
                say(
                    "TLS で接続できません。ws:// と wss:// の違いとサーバー証明書を確かめてください。",
                    "There is no TLS connection. Check whether it should be ws:// or wss://, and the server's "
                    "certificate.",
                ),
            ),
            (r"is not found at|Executable doesn't exist", self._missing()),
            (
                r"unexpected response|40[0-9] ",
                say(
                    "サーバーに断られました。住所のパス（--path）を確かめてください。",
                    "The server refused. Check the path in the address (--path).",
                ),
            ),
            (
                "Timeout",
                say(f"{CONNECT_SECONDS} 秒たっても応答がありません。", f"No answer after {CONNECT_SECONDS} s."),
            ),
        )
        sentence = next(
            (said for words, said in known if re.search(words, text)), say("接続できません。", "Cannot connect.")
        )
        return f"{sentence}\n{self.clean(text.splitlines()[0])}"

    def _missing(self) -> str:
        return say(
            f"その機械に {self.name} がありません。そこで「npx playwright install {self.name}」を実行してください。",
            f'That machine has no {self.name}. Run "npx playwright install {self.name}" there.',
        )
