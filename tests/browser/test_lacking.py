"""Scenarios in a browser of which something is known not to work: another way, and said so, or not applicable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Playwright

from fixtures.run import SESSION, Session
from fixtures.selection import check_applicable
from sekisho.browser.certificate_lists import StoredOwn
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.manual.citations import scenarios
from sekisho.native_ui import CertificateManager, Surface
from sekisho.person.browsing import Browsing
from sekisho.person.certificate_lists import CertificateLists
from sekisho.results import Certificate, Note
from sekisho.verdict import NotApplicableError

from .authority import Signer
from .conftest import Imports, World


class Notes:
    """What a scenario records."""

    shows_rows = True

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: list[str] = []

    def add(self, evidence: object) -> None:
        """Keep the lines of notes."""
        self.lines += evidence.lines if isinstance(evidence, Note) else []

    def host(self, address: str) -> None:
        """Heed no address."""


@pytest.fixture
def notes() -> Notes:
    """The record of a scenario."""
    return Notes()


@pytest.fixture
def mine(pc: Pc, world: World, import_into: Imports) -> Certificate:
    """A certificate of the user's."""
    user: Signer = world.issuer.issue("emp00001")
    import_into(pc, user)
    (certificate,) = pc.store.personal()
    return certificate


def lists(pc: Pc, notes: Notes, *lacking: Surface) -> CertificateLists:
    """A person at a PC whose browser lacks something."""
    pc.lacking = dict.fromkeys(lacking, "ボタンが無い")
    person = Browsing(pc, notes)  # type: ignore[arg-type]
    return CertificateLists(person.windows, person.sight, notes)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _whole_again(pc: Pc) -> Iterator[None]:
    """The PC is shared."""
    yield
    pc.lacking = {}


def test_without_its_manager_the_store_is_read(pc: Pc, notes: Notes, mine: Certificate) -> None:
    """Rows, details and deletion; the report says how, and no page is shown in its place."""
    manager = lists(pc, notes, Surface.CERTIFICATE_MANAGER, Surface.SETTINGS_MENU).own()
    assert isinstance(manager, StoredOwn)
    assert [row.sha256 for row in manager.rows()] == [mine.sha256]
    assert manager.details(mine.sha256).issued_to == "emp00001"
    manager.delete(mine.sha256, confirm=False)
    assert len(manager.rows()) == 1
    manager.delete(mine.sha256, confirm=True)
    assert (manager.rows(), pc.store.personal()) == ([], [])
    assert notes.lines == ["「証明書の管理」を操作できない（ボタンが無い）ので、証明書ストアそのものを読んだ"]


def test_without_its_menu_the_manager_is_opened_by_its_address(pc: Pc, notes: Notes, mine: Certificate) -> None:
    """And without its viewer the details come from the store, which agree with what the viewer would show."""
    without = lists(pc, notes, Surface.SETTINGS_MENU, Surface.CERTIFICATE_VIEWER).own()
    assert [row.sha256 for row in without.rows()] == [mine.sha256]
    from_store = without.details(mine.sha256)
    assert any("そのアドレスで開いた" in line for line in notes.lines)
    assert any("「証明書ビューア」を操作できない" in line for line in notes.lines)
    viewed = lists(pc, notes, Surface.SETTINGS_MENU).own().details(mine.sha256)
    assert from_store == viewed


def test_the_way_through_the_menu_is_walked_where_rows_of_the_manual_describe_it(pc: Pc, notes: Notes) -> None:
    """Elsewhere the manager's address leads there, as the report says."""
    listed = lists(pc, notes)
    listed.own()
    assert notes.lines == ["⋮", "設定", "プライバシーとセキュリティ", "セキュリティ", "証明書の管理"]
    notes.shows_rows = False
    listed.own()
    assert notes.lines[5:] == ["（ここでは道順が確かめる項目ではないため、証明書の管理をそのアドレスで開いた）"]
    listed.roots()
    assert notes.lines[6:] == [notes.lines[5], "Linux からインポートした証明書を表示する"]


def test_without_its_list_of_roots_the_store_is_read(pc: Pc, notes: Notes) -> None:
    """As for the user's own."""
    listed = lists(pc, notes, Surface.TRUSTED_ROOTS).roots()
    assert [row.sha256 for row in listed.rows()] == [root.sha256 for root in pc.store.trusted_roots()]


def test_what_has_no_other_way_is_not_applicable(pc: Pc, world: World) -> None:
    """At the moment that it is asked for."""
    pc.lacking = dict.fromkeys((Surface.PIN_PROMPT, Surface.PROTOCOL_DIALOG, Surface.WARNING_PAGE), "ボタンが無い")
    page = pc.visit(world.plain.url).page
    with pytest.raises(NotApplicableError, match="「プログラムを開く確認画面」を操作できない（ボタンが無い）"):
        pc.dismiss_program_question()
    with pytest.raises(NotApplicableError, match="「接続の警告画面」"):
        pc.warning_words(page)
    with pytest.raises(NotApplicableError, match="「PIN の入力画面」"):
        pc.visit(world.optional.url, pin="1234")


@pytest.mark.parametrize("name", ["msedge", "msedge-beta", "msedge-dev"])
def test_no_channel_of_edge_has_its_manager_operated(name: str) -> None:
    """On Linux; the canary finds the same, and the store is read in its place."""
    edge: Any = SimpleNamespace(bus_address="unix:path=/none", browser_name=name, lacking={})
    with pytest.raises(NotApplicableError, match="Edge の証明書の管理"):
        CertificateManager.open(edge)


def test_presses_are_heeded_without_the_switch_that_lifts_the_half_second(
    playwright: Playwright,
    world: World,
    tmp_path: Path,
    import_into: Imports,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A version that does not know it ignores presses that come too early; a later one counts."""
    monkeypatch.setattr("sekisho.browser.launch.OPERABLE", ("--force-renderer-accessibility",))
    pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path / "home")
    try:
        pc.store.preinstall_root(world.server_root)
        import_into(pc, world.issuer.issue("emp00001"))
        (certificate,) = pc.store.personal()
        visit = pc.visit(world.optional.url, choose=certificate)
        assert visit.dialog is not None
        assert "cn=emp00001" in visit.page.inner_text("body")
    finally:
        pc.close()


@pytest.mark.parametrize(
    ("kind", "applicable"), [("msedge", {"msedge"}), ("chrome", {"chrome"}), ("chromium", {"chrome"})]
)
def test_scenarios_of_a_browser_go_by_the_browser_that_runs(kind: str, applicable: set[str]) -> None:
    """Not by what was asked for, which may be nothing."""
    config: Any = SimpleNamespace(stash={SESSION: Session("folder", "native", "", kind)})
    for tag in ("msedge", "chrome"):
        (one, *_) = [one for one in scenarios() if tag in one.tags]
        if tag in applicable:
            check_applicable(one, config)
        else:
            with pytest.raises(NotApplicableError):
                check_applicable(one, config)


def test_the_reason_for_context_mode_is_the_scenarios_own() -> None:
    """Whoever reads that one is not applicable reads why."""
    config: Any = SimpleNamespace(stash={SESSION: Session("folder", "context", "選択画面が出ない", "chromium")})
    (one, *_) = [one for one in scenarios() if "native" in one.tags]
    with pytest.raises(NotApplicableError, match=r"--certs native.*。選択画面が出ない"):
        check_applicable(one, config)
