"""The browser's certificate manager, used as the manuals describe: look at certificates, delete one."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Locator, Page, expect

from sekisho.accessible import Desktop, Node, Reference
from sekisho.pc import Pc
from sekisho.settings import LOOK_SECONDS, SettingsError, wait_for_window, walk_to_certificates
from sekisho.verdict import NotApplicableError

CLIENT_CERTIFICATES = "chrome://certificate-manager/clientcerts"
VIEWER = "証明書ビューア.*"
DATE = re.compile(r"(\d+)年(\d+)月(\d+)日\S*\s+(\d+):(\d+):(\d+)")
TOKYO = ZoneInfo("Asia/Tokyo")
VIEWER_SECONDS = 10.0
# Headings of the viewer's page, in its order.
ISSUED_TO, ISSUER, PERIOD = "発行先", "発行元", "有効期間"
COMMON_NAME, NOT_BEFORE, NOT_AFTER = "一般名（CN）", "発行日", "有効期限"


@dataclass(frozen=True)
class Row:
    """One line of the manager's list."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Entry:
    """What the certificate viewer shows of one certificate; times in Asia/Tokyo, as on the user's PC."""

    sha256: str
    issued_to: str
    issuer: str
    not_before: datetime
    not_after: datetime

    def __str__(self) -> str:
        """One line for a report."""
        days = f"{self.not_before:%Y-%m-%d %H:%M:%S} から {self.not_after:%Y-%m-%d %H:%M:%S}"
        return f"発行先 {self.issued_to}、発行元 {self.issuer}、有効期間 {days}、SHA-256 {self.sha256}"


class CertManager:
    """The list of the user's own certificates, open in a window."""

    def __init__(self, page: Page, bus_address: str, route: list[str]) -> None:
        """Hold an open page; `open` makes one."""
        self.page = page
        self.route = route
        """What was pressed to come here."""
        self._bus_address = bus_address

    @classmethod
    def open(cls, pc: Pc, window: BrowserContext | None = None) -> CertManager:
        """Open the manager as the manual says, from the browser's menu, and show its list in `window`.

        The browser opens its settings in a window of its own, out of reach of Playwright; once they have led to the
        manager, that window is closed and the manager opened in the scenario's, where pictures can be taken.
        Raises NotApplicableError where there is no store of the browser's own, `SettingsError` if the way is blocked.
        """
        if not pc.bus_address:
            raise NotApplicableError(
                "--certs context では、証明書がブラウザー自身のストアに入らないため、証明書の管理に現れない"
            )
        if pc.browser_name == "msedge":
            raise NotApplicableError("Linux の Edge の証明書の管理は、この版では操作できない")
        page = (window or pc.window()).new_page()
        with closing(Desktop(pc.bus_address)) as desktop:
            route = walk_to_certificates(desktop)
        pc.close_own_windows()
        page.goto(CLIENT_CERTIFICATES)
        page.get_by_role("link", name=re.compile("Linux")).click()
        page.wait_for_url("**/platformclientcerts")
        return cls(page, pc.bus_address, route)

    def rows(self) -> list[Row]:
        """Every certificate in the list, from top to bottom."""
        hashes = self.page.get_by_role("textbox").all()
        names = [self._name(button) for button in self._buttons("削除").all()]
        return [Row(name, box.input_value()) for name, box in zip(names, hashes, strict=True)]

    def details(self, sha256: str) -> Entry:
        """Open the viewer of one certificate, read it and close it; raises `SettingsError` if it is not listed."""
        self._buttons("詳細").nth(self._index(sha256)).click()
        with closing(Desktop(self._bus_address)) as desktop:
            window = wait_for_window(desktop, VIEWER)
            tree = _shown(desktop, window, sha256)
            closer = next(node for node in tree.all("push button") if node.name in {"閉じる", "Close"})
            desktop.act(closer)
            _wait_until_gone(desktop, window)
        return _entry(sha256, _texts(tree))

    def delete(self, sha256: str, *, confirm: bool) -> None:
        """Press 削除 on one certificate and answer the question; raises `SettingsError` if it is not listed."""
        buttons = self._buttons("削除")
        count = buttons.count()
        buttons.nth(self._index(sha256)).click()
        question = self.page.locator("certificate-confirmation-dialog")
        question.get_by_role("button", name="OK" if confirm else "キャンセル").click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        expect(buttons).to_have_count(count - 1 if confirm else count)

    def _buttons(self, verb: str) -> Locator:
        return self.page.locator("certificate-entry").get_by_role("button", name=verb)

    def _name(self, button: Locator) -> str:
        label = button.get_attribute("aria-label") or ""
        return label.removeprefix("証明書 ").removesuffix(" を削除")

    def _index(self, sha256: str) -> int:
        listed = [row.sha256 for row in self.rows()]
        if sha256 not in listed:
            raise SettingsError(f"証明書の管理の一覧に、SHA-256 {sha256} の証明書がありません。一覧: {listed}")
        return listed.index(sha256)


def _shown(desktop: Desktop, window: Reference, sha256: str) -> Node:
    """The viewer's tree, once its page shows the wanted certificate."""
    ends = time.monotonic() + VIEWER_SECONDS
    while time.monotonic() < ends:
        tree = desktop.read(window, pages=True)
        if sha256 in _texts(tree):
            return tree
        time.sleep(LOOK_SECONDS)
    raise SettingsError(f"証明書ビューアに、SHA-256 {sha256} の証明書が出ません。")


def _wait_until_gone(desktop: Desktop, window: Reference) -> None:
    ends = time.monotonic() + VIEWER_SECONDS
    while window in [reference for reference, _ in desktop.named_windows()]:
        if time.monotonic() > ends:
            raise SettingsError("証明書ビューアが閉じません。")
        time.sleep(LOOK_SECONDS)


def _texts(tree: Node) -> list[str]:
    return [node.name for node in tree.walk() if node.role in {"heading", "section"} and node.name]


def _entry(sha256: str, texts: list[str]) -> Entry:
    to, by, period = (texts.index(heading) for heading in (ISSUED_TO, ISSUER, PERIOD))
    return Entry(
        sha256=sha256,
        issued_to=_after(texts[to:by], COMMON_NAME),
        issuer=_after(texts[by:period], COMMON_NAME),
        not_before=_time(_after(texts[period:], NOT_BEFORE)),
        not_after=_time(_after(texts[period:], NOT_AFTER)),
    )


def _after(texts: list[str], label: str) -> str:
    return texts[texts.index(label) + 1]


def _time(text: str) -> datetime:
    found = DATE.match(text)
    if not found:
        raise SettingsError(f"証明書ビューアの日時「{text}」を読めません。")
    year, month, day, hour, minute, second = map(int, found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=TOKYO)
