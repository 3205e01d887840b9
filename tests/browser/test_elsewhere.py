"""A certificate is shown to the target's servers only: the browser's dialog names who asks, also behind a redirect."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from pages.dialect import Dialect
from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.person.browsing import Browsing
from sekisho.pki.pkcs12 import Identity, facts
from sekisho.results import Dialog, Evidence
from tests.hostile.harvester import Host

from .conftest import Imports, World
from .servers import Server, serve


@pytest.fixture
def stranger(world: World) -> Iterator[Server]:
    """A server that asks for the same certificates, and is not the target's."""
    one = serve(world.server_ca, ssl.CERT_OPTIONAL, world.issuer.cert, *world.issuer.above)
    yield one
    one.shutdown()


@pytest.fixture
def host() -> Iterator[Host]:
    """The target's own, which sends its visitors on."""
    one = Host()
    yield one
    one.close()


def held(pc: Pc, world: World, import_into: Imports) -> Identity:
    """A certificate of the user's."""
    return import_into(pc, world.issuer.issue("emp00001"))


def test_no_certificate_is_shown_to_a_stranger(
    pc: Pc, world: World, stranger: Server, host: Host, import_into: Imports
) -> None:
    """Opened itself or behind a redirect: the dialog is cancelled, the record has it, and the stranger sees none."""
    own = facts(held(pc, world, import_into).der)
    pc.hosts = Hosts([world.optional.url, host.url()])
    port = stranger.server_address[1]
    for url in (stranger.url, host.url(f"/to?{stranger.url}")):
        window = pc.window()
        with pytest.raises(ElsewhereError, match=rf"証明書を示すところ（https://127\.0\.0\.1:{port}）") as found:
            pc.visit(url, choose=own, window=window)
        assert found.value.dialog
        assert not any(row.chosen for row in found.value.dialog.rows)
        assert "cn=none" in window.pages[0].inner_text("h1")
    assert "cn=emp00001" in pc.visit(world.optional.url, choose=own).page.inner_text("h1")


def test_playwright_shows_none_to_a_stranger_either(
    cpc: Pc, world: World, stranger: Server, import_into: Imports
) -> None:
    """The certificates of a window are for the target's places, whatever else is named."""
    own = facts(held(cpc, world, import_into).der)
    cpc.hosts = Hosts([world.optional.url])
    visit = cpc.visit(world.optional.url, choose=own, origins=[stranger.url])
    assert "cn=emp00001" in visit.page.inner_text("h1")
    visit.page.goto(stranger.url)
    assert "cn=none" in visit.page.inner_text("h1")


def test_playwright_shows_it_at_the_places_to_which_a_site_leads(
    cpc: Pc, world: World, host: Host, import_into: Imports
) -> None:
    """The door asks for no certificate, and what is behind it does."""
    own = facts(held(cpc, world, import_into).der)
    cpc.hosts = Hosts([host.url()], further=[world.optional.url])
    visit = cpc.visit(host.url(), choose=own)
    visit.page.goto(world.optional.url)
    assert "cn=emp00001" in visit.page.inner_text("h1")


def test_a_dialog_that_names_nobody_is_cancelled(
    pc: Pc, world: World, import_into: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not known to whom the certificate would be shown: our error, not the portal's."""
    from sekisho.native_ui import SurfaceError, answering  # noqa: PLC0415 - only here

    own = facts(held(pc, world, import_into).der)
    pc.hosts = Hosts([world.optional.url])
    monkeypatch.setattr(answering, "asked_by", lambda _: "証明書を選択してください")
    with pytest.raises(SurfaceError, match="どのサーバーに示すのかが無い"):
        pc.visit(world.optional.url, choose=own)


WORDS = {"buttons": {"login": ["Login"]}}


class Noted:
    """Of a recorder what is asked of it here."""

    def __init__(self) -> None:
        """Note nothing yet."""
        self.evidence: list[Evidence] = []

    def add(self, *evidence: Evidence) -> None:
        """Keep it."""
        self.evidence += evidence

    def host(self, address: str) -> None:
        """Heed no address."""

    def tells_a_secret(self, *_: object) -> bool:
        """There are none."""
        return False


def test_a_person_who_is_asked_on_the_way_chooses_the_same(
    pc: Pc, world: World, host: Host, import_into: Imports
) -> None:
    """The door asks for no certificate; what a press at it leads to does, and the dialog is in the record."""
    own, noted = facts(held(pc, world, import_into).der), Noted()
    pc.hosts = Hosts([host.url()], further=[world.optional.url])
    host.pages["/"] = f"<a href='{world.optional.url}'>Login</a>"
    browsing = Browsing(pc, noted)  # type: ignore[arg-type] # all that it asks of a recorder
    browsing.visit(host.url("/"), own)
    screen = Screen(lambda: browsing.page, Dialect("test", WORDS), 30, answering=browsing.answering)
    screen.press("login")
    assert screen.until(lambda: "cn=emp00001" in screen.text())
    (dialog,) = noted.evidence
    assert isinstance(dialog, Dialog)
    assert any(row.chosen for row in dialog.rows)


def test_who_is_asked_for_what_a_script_fetches_chooses_the_same(
    pc: Pc, world: World, host: Host, import_into: Imports
) -> None:
    """An application of one page comes from one place and its data from another, which asks for the certificate."""
    own, noted = facts(held(pc, world, import_into).der), Noted()
    pc.hosts = Hosts([host.url()], further=[world.optional.url])
    fetched = f"fetch('{world.optional.url}', {{mode: 'no-cors', credentials: 'include'}})"
    host.pages["/"] = f"<p id=p></p><script>{fetched}.then(() => {{ p.textContent = 'Login' }})</script>"
    browsing = Browsing(pc, noted)  # type: ignore[arg-type] # all that it asks of a recorder
    browsing.visit(host.url("/"), own)
    screen = Screen(lambda: browsing.page, Dialect("test", WORDS), 30, answering=browsing.answering)
    assert screen.until(lambda: "Login" in screen.text())
    (dialog,) = noted.evidence
    assert isinstance(dialog, Dialog)
    assert any(row.chosen for row in dialog.rows)
