"""The same visits where Playwright presents the certificate."""

from __future__ import annotations

import pytest

from sekisho.browser.pc import Pc
from sekisho.browser.visit import NoAnswerError
from sekisho.pki.pkcs12 import facts

from .conftest import REFUSALS, Imports, World
from .servers import silent


def test_the_chosen_certificate_is_presented(cpc: Pc, world: World, import_into: Imports) -> None:
    """Whether the portal asks for it or requires it; there is no dialog to show."""
    who = facts(import_into(cpc, world.issuer.issue("emp00001")).certificate)
    for server in (world.optional, world.required):
        visit = cpc.visit(server.url, choose=who)
        assert (visit.page.inner_text("h1"), visit.dialog, visit.refused) == ("cn=emp00001", None, None)


def test_tabs_share_and_windows_differ(cpc: Pc, world: World, import_into: Imports) -> None:
    """A second tab shows its window's certificate, a second window its own."""
    who = [facts(import_into(cpc, world.issuer.issue(name)).certificate) for name in ("emp00001", "emp00002")]
    first, other = (cpc.visit(world.required.url, choose=one).page for one in who)
    tab = cpc.visit(world.required.url, window=first.context).page
    assert [page.inner_text("h1") for page in (first, tab, other)] == ["cn=emp00001", "cn=emp00001", "cn=emp00002"]


def test_cancel_goes_on_without_a_certificate(cpc: Pc, world: World, import_into: Imports) -> None:
    """The portal's page where it is optional, a refusal where it is required."""
    import_into(cpc, world.issuer.issue("emp00001"))
    assert cpc.visit(world.optional.url, choose="cancel").page.inner_text("h1") == "cn=none"
    assert cpc.visit(world.required.url).refused is not None


def test_a_certificate_of_another_ca_is_refused(cpc: Pc, world: World, import_into: Imports) -> None:
    """Playwright's own page about it is told as the refusal that a browser would show."""
    foreign = facts(import_into(cpc, world.foreign.issue("emp00001")).certificate)
    assert cpc.visit(world.required.url, choose=foreign).refused in REFUSALS


def test_a_portal_that_never_answers_ends_the_visit_in_time(cpc: Pc) -> None:
    """As with the native store."""
    cpc.answer_seconds = 1.0
    try:
        with silent() as listener, pytest.raises(NoAnswerError, match="1 秒"):
            cpc.visit(f"https://127.0.0.1:{listener.getsockname()[1]}/")
    finally:
        cpc.answer_seconds = 15.0


def test_nothing_of_a_scenario_is_left_for_the_next(cpc: Pc, world: World, import_into: Imports) -> None:
    """The store is empty and the windows are gone."""
    import_into(cpc, world.issuer.issue("emp00001"))
    page = cpc.visit(world.plain.url).page
    cpc.end_scenario()
    assert cpc.store.personal() == []
    assert page.is_closed()
