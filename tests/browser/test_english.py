"""A browser whose interface is in English, as without the package of languages: everything is operated all the same."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import Playwright

from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.native_ui import By, CertificateManager, Surface, take_question_away, taken, warning_page
from sekisho.pki.pkcs12 import facts

from .conftest import Imports, World
from .servers import serve

WAY = ["⋮", "設定", "プライバシーとセキュリティ", "セキュリティ", "証明書の管理"]


@pytest.fixture(scope="module")
def english(playwright: Playwright, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """A PC with such a browser."""
    folder = tmp_path_factory.mktemp("english")
    program, script = BrowserChoice.resolve("chromium"), folder / "chromium"
    script.write_text(f'#!/bin/sh\nexport LANGUAGE=en LANG=en_US.UTF-8\nexec {program.path} "$@" --lang=en-US\n')
    script.chmod(0o755)
    pc = Pc.start(playwright, BrowserChoice("chromium", script), folder / "home")
    pc.store.preinstall_root(world.server_root)
    yield pc
    pc.close()


@pytest.fixture
def epc(english: Pc) -> Iterator[Pc]:
    """The PC, as new."""
    yield english
    english.end_scenario()


def test_the_dialog_is_answered(epc: Pc, world: World, import_into: Imports) -> None:
    """Chosen and cancelled, by the buttons' names; what it shows is kept as it stands."""
    who = facts(import_into(epc, world.issuer.issue("emp00001")).certificate)
    visit = epc.visit(world.optional.url, choose=who)
    assert visit.page.inner_text("h1") == "cn=emp00001"
    assert visit.dialog is not None
    assert visit.dialog.title == "Select a certificate"
    assert visit.dialog.columns == ["Subject", "Issuer", "Serial"]
    cancelled = epc.visit(world.optional.url, choose="cancel").dialog
    assert cancelled is not None
    assert cancelled.pressed == "Cancel"
    assert taken(Surface.CERTIFICATE_DIALOG)["取消のボタン"] is By.NAME


def test_certificates_are_managed(epc: Pc, world: World, import_into: Imports) -> None:
    """The way is walked by name, the viewer's names and dates are read, and one certificate is deleted."""
    old, new = (facts(import_into(epc, world.issuer.issue(name)).certificate) for name in ("emp00001", "emp00002"))
    manager = CertificateManager.open(epc)
    assert manager.route == WAY
    assert {(row.name, row.sha256) for row in manager.rows()} == {("emp00001", old.sha256), ("emp00002", new.sha256)}
    entry = manager.details(old.sha256)
    assert (entry.issued_to, entry.issuer) == ("emp00001", "Test Issuing CA")
    assert (entry.not_before, entry.not_after) == (old.not_before, old.not_after)
    manager.delete(old.sha256, confirm=False)
    manager.delete(old.sha256, confirm=True)
    assert [row.sha256 for row in manager.rows()] == [new.sha256]
    manager.delete(new.sha256, confirm=True)
    assert manager.rows() == []


def test_trusted_roots_are_listed(epc: Pc, world: World) -> None:
    """Just those of the store."""
    listed = [row.sha256 for row in CertificateManager.open_roots(epc).rows()]
    assert listed == [root.sha256 for root in epc.store.trusted_roots()]


def test_a_program_is_asked_for_and_refused(epc: Pc, world: World) -> None:
    """The question's words are English."""
    page = epc.visit(world.plain.url).page
    page.evaluate("document.body.innerHTML = '<a href=\"certissue:start?x\">start</a>'")
    page.get_by_text("start").click()
    question = take_question_away(epc.bus_address)
    assert question.title.startswith("Open ")
    assert question.pressed == "Cancel"


def test_a_warning_is_read_and_passed(epc: Pc, tmp_path: Path) -> None:
    """By the names of its controls."""
    server = serve(trustme.CA(), ssl.CERT_NONE)
    page = epc.visit(server.url).page
    assert "NET::ERR_CERT_AUTHORITY_INVALID" in warning_page.words(page)
    warning_page.proceed(page)
    assert page.inner_text("h1") == "cn=none"
    assert taken(Surface.WARNING_PAGE)["先へ進むリンク"] is By.NAME
    server.shutdown()
