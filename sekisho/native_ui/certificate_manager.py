"""The browser's certificate manager, used as the manuals describe: look at certificates, delete one."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, Self

from playwright.sync_api import BrowserContext, Locator, Page, expect

from sekisho.native_ui.certificate_viewer import Entry, read_viewer
from sekisho.native_ui.settings_menu import walk_to_certificates
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop
from sekisho.verdict import NotApplicableError

MANAGER = "chrome://certificate-manager"
COPY_LABEL = " の証明書ハッシュをコピー"
IMPORTED = "Linux からインポートした証明書を表示する"
EMPTY = "証明書がありません"


class Machine(Protocol):
    """What is asked of a PC (`sekisho.pc.Pc`)."""

    browser_name: str

    @property
    def bus_address(self) -> str:
        """D-Bus address of its accessibility bus; empty without one."""

    def window(self) -> BrowserContext:
        """A fresh window."""

    def close_own_windows(self) -> None:
        """Close what the browser opened for itself."""


@dataclass(frozen=True)
class Row:
    """One line of the manager's list; `name` is a common name, or for a root without one all that it is called."""

    name: str
    sha256: str


class CertificateList:
    """One of the manager's lists, open in a window."""

    def __init__(self, page: Page, heading: str, bus_address: str, route: list[str]) -> None:
        """Hold an open page with the list under this heading; `CertificateManager.open` and `open_roots` make one."""
        self.page = page
        self.route = route
        """What was pressed to come here."""
        wanted = page.get_by_role("heading", name=heading, exact=True)
        self._list = page.locator("certificate-list").filter(has=wanted)
        self._entries = self._list.locator("certificate-entry")
        self._bus_address = bus_address
        expect(self._entries.or_(self._list.get_by_text(EMPTY)).first).to_be_visible()

    def rows(self) -> list[Row]:
        """Every certificate in the list, from top to bottom."""
        return [self._row(entry) for entry in self._entries.all()]

    def details(self, sha256: str) -> Entry:
        """Open the viewer of one certificate, read it and close it; raises `SurfaceError` if it is not listed."""
        self._button("詳細", sha256).click()
        return read_viewer(self._bus_address, sha256)

    def _row(self, entry: Locator) -> Row:
        label = entry.get_by_role("button", name=COPY_LABEL).get_attribute("aria-label") or ""
        return Row(label.removesuffix(COPY_LABEL), entry.get_by_role("textbox").input_value())

    def _button(self, verb: str, sha256: str) -> Locator:
        listed = [row.sha256 for row in self.rows()]
        if sha256 not in listed:
            raise SurfaceError(
                Surface.CERTIFICATE_MANAGER,
                f"証明書の管理の一覧に、SHA-256 {sha256} の証明書がありません。一覧: {listed}",
            )
        return self._entries.nth(listed.index(sha256)).get_by_role("button", name=verb)


class CertificateManager(CertificateList):
    """The list of the user's own certificates."""

    @classmethod
    def open(cls, pc: Machine, window: BrowserContext | None = None) -> Self:
        """Open the manager as the manual says, from the browser's menu, and show its list in `window`.

        Raises NotApplicableError where there is no store of the browser's own, `SurfaceError` if the way is blocked.
        """
        page, route = _walk(pc, window)
        page.goto(f"{MANAGER}/clientcerts")
        page.get_by_role("link", name=re.compile("Linux")).click()
        page.wait_for_url("**/platformclientcerts")
        return cls(page, "プラットフォームのクライアント証明書", pc.bus_address, route)

    @staticmethod
    def open_roots(pc: Machine, window: BrowserContext | None = None) -> CertificateList:
        """Open the list of the roots that are trusted because this PC says so, as `open` does its own."""
        page, route = _walk(pc, window)
        page.goto(f"{MANAGER}/localcerts")
        page.get_by_role("link", name=IMPORTED).click()
        page.wait_for_url("**/platformcerts")
        return CertificateList(page, "信頼できる証明書", pc.bus_address, [*route, IMPORTED])

    def delete(self, sha256: str, *, confirm: bool) -> None:
        """Press 削除 on one certificate and answer the question; raises `SurfaceError` if it is not listed."""
        count = self._entries.count()
        self._button("削除", sha256).click()
        question = self.page.locator("certificate-confirmation-dialog")
        question.get_by_role("button", name="OK" if confirm else "キャンセル").click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        expect(self._entries).to_have_count(count - 1 if confirm else count)


def _walk(pc: Machine, window: BrowserContext | None) -> tuple[Page, list[str]]:
    """A page for the manager, and what was pressed to come to it.

    The browser opens its settings in a window of its own, out of reach of Playwright; once they have led to the
    manager, that window is closed and the manager opened in the scenario's, where pictures can be taken.
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
    return page, route
