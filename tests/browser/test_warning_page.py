"""The browser's warning of a server it does not trust, and the way past it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from pages.dialect import load
from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.native_ui import SurfaceError, warning_page
from sekisho.pki.pkcs12 import facts
from steps.roots import go_past_warning

from .conftest import Imports, World
from .servers import DOWNLOAD, Server, serve


@pytest.fixture
def strange() -> Iterator[Server]:
    """A server of an authority nobody knows."""
    server = serve(trustme.CA(), ssl.CERT_NONE)
    yield server
    server.shutdown()


@pytest.fixture(params=["native", "context"])
def any_pc(request: pytest.FixtureRequest) -> Iterator[Pc]:
    """A PC of either mode that trusts no such server."""
    pc: Pc = request.getfixturevalue("native_pc" if request.param == "native" else "bare_context_pc")
    yield pc
    pc.end_scenario()


def test_the_warning_is_read_and_passed(any_pc: Pc, strange: Server, tmp_path: Path) -> None:
    """What it says names host and reason; a picture can be taken; behind it is the page, and downloads work."""
    page = any_pc.visit(f"{strange.url}p/cert").page
    said = warning_page.words(page)
    assert "プライバシーが保護されません" in said
    assert "127.0.0.1" in said
    assert "NET::ERR_CERT_AUTHORITY_INVALID" in said
    assert page.screenshot(type="jpeg")
    warning_page.proceed(page)
    assert page.inner_text("h1") == "cn=none"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.path().read_bytes() == DOWNLOAD


def test_a_window_warns_once_of_a_server_and_a_fresh_one_again(any_pc: Pc, strange: Server) -> None:
    """As a browser does until it is closed."""
    page = any_pc.visit(strange.url).page
    warning_page.proceed(page)
    assert any_pc.visit(strange.url, window=page.context).status == 200
    assert any_pc.visit(strange.url).refused == "ERR_CERT_AUTHORITY_INVALID"


def test_a_download_is_behind_the_warning_too(any_pc: Pc, strange: Server) -> None:
    """No page comes then; the file does."""
    page = any_pc.visit(f"{strange.url}download").page
    with page.expect_download() as download:
        warning_page.proceed(page)
    assert download.value.path().read_bytes() == DOWNLOAD


def test_a_file_that_comes_behind_the_warning_without_a_page_is_kept(
    any_pc: Pc, strange: Server, tmp_path: Path
) -> None:
    """As a site for a root certificate may hand it out: there is nothing to press for it."""
    for path, came in (("download", DOWNLOAD), ("p/cert", None)):
        page = any_pc.visit(f"{strange.url}{path}").page
        file = go_past_warning(Screen(lambda page=page: page, load("obn"), 5), tmp_path)  # type: ignore[misc]
        assert (file.data if file else None) == came


def test_a_certificate_is_asked_for_behind_the_warning(pc: Pc, world: World, import_into: Imports) -> None:
    """The dialog is answered as on any visit, and the chosen certificate reaches the server."""
    server = serve(trustme.CA(), ssl.CERT_REQUIRED, world.issuer.cert, *world.issuer.above)
    who = facts(import_into(pc, world.issuer.issue("0110000001")).certificate)
    visit = pc.visit(server.url, choose=who)
    assert visit.refused == "ERR_CERT_AUTHORITY_INVALID"
    with pc.answering(who) as dialogs:
        warning_page.proceed(visit.page)
    assert visit.page.inner_text("h1") == "cn=0110000001"
    assert sum(dialog is not None for dialog in (visit.dialog, *dialogs)) == 1
    server.shutdown()


def test_a_page_without_warning_is_told_so(pc: Pc, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to read and nothing to pass."""
    monkeypatch.setattr(warning_page, "APPEARS_SECONDS", 0.2)
    page = pc.visit(world.plain.url).page
    for act in (warning_page.words, warning_page.proceed):
        with pytest.raises(SurfaceError, match="警告画面が出ていない"):
            act(page)
