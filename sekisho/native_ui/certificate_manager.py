"""The browser's certificate manager, opened and used as the manuals describe: look at certificates, delete one.

Relies on: its pages chrome://certificate-manager/clientcerts and /localcerts, and on each the first link, which leads
to what the operating system holds, as does its address; the question before a deletion is the only dialog, with the
buttons cancel and OK, the last two of the page. Its lists are the subject of `certificate_list`, the way here that of
`settings_menu`.
"""

from __future__ import annotations

from contextlib import closing
from typing import Protocol, Self

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from sekisho.language import Pair, say
from sekisho.native_ui import language
from sekisho.native_ui.certificate_list import DELETE, CertificateList
from sekisho.native_ui.settings_menu import walk_to_certificates
from sekisho.native_ui.surface import Lacking, Surface, SurfaceError
from sekisho.native_ui.tree import Desktop
from sekisho.native_ui.ways import By, first, note
from sekisho.verdict import NotApplicableError

ADDRESS = "chrome://certificate-manager"
IMPORTED = "Linux からインポートした証明書を表示する"
SHOWN_MILLISECONDS = 3000.0
NOT_SHOWN = Pair(
    "（ここでは道順が確かめる項目ではないため、証明書の管理をそのアドレスで開いた）",
    "(the way is not examined here, so the certificate manager was opened by its address)",
)
BY_ADDRESS = Pair(
    "（メニューを操作できないため、証明書の管理をそのアドレスで開いた）",
    "(the menu cannot be operated, so the certificate manager was opened by its address)",
)


class Machine(Protocol):
    """What is asked of a PC (`sekisho.browser.pc.Pc`)."""

    browser_name: str
    lacking: Lacking

    @property
    def bus_address(self) -> str:
        """D-Bus address of its accessibility bus; empty without one."""

    def window(self) -> BrowserContext:
        """A fresh window."""

    def close_own_windows(self) -> None:
        """Close what the browser opened for itself."""


class CertificateManager(CertificateList):
    """The list of the user's own certificates."""

    @classmethod
    def open(cls, pc: Machine, window: BrowserContext | None = None, *, walk: bool = True) -> Self:
        """Open the manager as the manual says, from the browser's menu, and show its list in `window`.

        Without `walk` its address leads there.
        Raises NotApplicableError where there is no store of the browser's own, `SurfaceError` where the way is blocked
        or the list does not come.
        """
        surface = Surface.CERTIFICATE_MANAGER
        page, route = _led_to(pc, window, walk=walk)
        _go(page, surface, f"{ADDRESS}/clientcerts", "platformclientcerts")
        return cls(page, surface, language.OWN_LIST, pc.bus_address, route=route)

    @staticmethod
    def open_roots(pc: Machine, window: BrowserContext | None = None, *, walk: bool = True) -> CertificateList:
        """Open the list of the roots that are trusted because this PC says so, as `open` does its own."""
        surface = Surface.TRUSTED_ROOTS
        page, route = _led_to(pc, window, walk=walk)
        _go(page, surface, f"{ADDRESS}/localcerts", "platformcerts")
        return CertificateList(page, surface, language.ROOTS_LIST, pc.bus_address, route=[*route, IMPORTED])

    def delete(self, sha256: str, *, confirm: bool) -> None:
        """Press 削除 on one certificate and answer the question; raises `SurfaceError` if it is not listed."""
        left = [row.sha256 for row in self.rows() if not (confirm and row.sha256 == sha256)]
        self._button(DELETE, sha256).click()
        question = self.page.get_by_role("dialog")
        expect(question).to_be_visible()
        self._answer(confirm=confirm).click()
        expect(question).to_have_count(0)
        self._wait_for_rows(left)

    def _answer(self, *, confirm: bool) -> Locator:
        buttons = self.page.get_by_role("button")
        named = self.page.get_by_role("button", name=language.OK if confirm else language.CANCEL)
        ways = {
            By.NAME: lambda: named if named.count() == 1 else None,
            By.POSITION: lambda: buttons.nth(-1 if confirm else -2),
        }
        found = first(self.surface, say("削除の確認", "question before deleting"), ways)
        assert found
        return found

    def _wait_for_rows(self, left: list[str]) -> None:
        """Until the list shows just these."""
        expect(self.page.get_by_role("textbox")).to_have_count(len(left))
        if [row.sha256 for row in self.rows()] != left:
            raise SurfaceError(
                self.surface,
                say(
                    f"削除の後の一覧が変わっています。残るはずの証明書: {left}",
                    f"The list is another one after deleting. Certificates that should remain: {left}",
                ),
            )


def _led_to(pc: Machine, window: BrowserContext | None, *, walk: bool) -> tuple[Page, list[str]]:
    """A page for the manager, and what was pressed to come to it.

    The browser opens its settings in a window of its own, out of reach of Playwright; once they have led to the
    manager, that window is closed and the manager opened in the scenario's, where pictures can be taken.
    """
    if not pc.bus_address:
        raise NotApplicableError(
            say(
                "--certs context では、証明書がブラウザー自身のストアに入らないため、証明書の管理に現れない",
                "with --certs context certificates do not go into the browser's own store, and do not appear in "
                "its certificate manager",
            )
        )
    if pc.browser_name.startswith("msedge"):
        raise NotApplicableError(
            say(
                "Linux の Edge の証明書の管理は、この版では操作できない",
                "the certificate manager of Edge on Linux cannot be operated by this version",
            )
        )
    page = (window or pc.window()).new_page()
    if Surface.SETTINGS_MENU in pc.lacking:
        return page, [str(BY_ADDRESS)]
    if not walk:
        return page, [str(NOT_SHOWN)]
    with closing(Desktop(pc.bus_address)) as desktop:
        route = walk_to_certificates(desktop)
    pc.close_own_windows()
    return page, route


def _go(page: Page, surface: Surface, address: str, list_name: str) -> None:
    """Open a page of the manager and press the link to the operating system's certificates, else go to its address."""
    page.goto(address)
    for by, link in {
        By.NAME: page.get_by_role("link", name=language.FROM_SYSTEM),
        By.POSITION: page.get_by_role("link").first,
    }.items():
        try:
            link.click(timeout=SHOWN_MILLISECONDS)
            page.wait_for_url(f"**/{list_name}", timeout=SHOWN_MILLISECONDS)
        except PlaywrightError:
            continue
        note(surface, say("一覧へのリンク", "link to the list"), by)
        return
    page.goto(f"{address}/{list_name}")
    note(surface, say("一覧へのリンク", "link to the list"), By.ADDRESS)
