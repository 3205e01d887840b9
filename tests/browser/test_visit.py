"""Going to an address with the native store: the dialog, and every way of there being none."""

from __future__ import annotations

import ssl
import time

import pytest
import trustme

from sekisho.browser.pc import Pc
from sekisho.browser.visit import NoAnswerError
from sekisho.native_ui import ChoiceMissingError
from sekisho.pki.pkcs12 import facts

from .conftest import REFUSALS, Imports, World
from .servers import serve, silent


def test_the_chosen_certificate_is_presented(pc: Pc, world: World, import_into: Imports) -> None:
    """The dialog shows subject, issuer and serial number in Japanese columns; OK presents the selected row."""
    who = import_into(pc, world.issuer.issue("emp00001"))
    visit = pc.visit(world.optional.url, choose=facts(who.certificate))
    assert visit.page.inner_text("h1") == "cn=emp00001"
    assert visit.dialog is not None
    assert visit.dialog.title == "証明書の選択"
    assert "127.0.0.1" in visit.dialog.text
    assert visit.dialog.columns == ["件名", "発行元", "シリアル番号"]
    (row,) = visit.dialog.rows
    assert (row.subject, row.issuer, row.chosen) == ("emp00001", "Test Issuing CA", True)
    assert int(row.serial, 16) == who.certificate.serial_number
    assert visit.dialog.pressed == "OK"
    assert (visit.refused, visit.status) == (None, 200)


def test_one_of_three_of_the_same_name_is_picked_by_serial_number(pc: Pc, world: World, import_into: Imports) -> None:
    """An old and a renewed certificate have the same subject: the serial number tells them apart."""
    three = [import_into(pc, world.issuer.issue("emp00001")) for _ in range(3)]
    for who in three:
        visit = pc.visit(world.optional.url, choose=facts(who.certificate))
        assert visit.dialog is not None
        assert len(visit.dialog.rows) == 3
        assert [int(row.serial, 16) for row in visit.dialog.rows if row.chosen] == [who.certificate.serial_number]


def test_cancel_goes_on_without_a_certificate(pc: Pc, world: World, import_into: Imports) -> None:
    """Where the certificate is optional, the portal's page comes; where it is required, the browser refuses."""
    import_into(pc, world.issuer.issue("emp00001"))
    visit = pc.visit(world.optional.url, choose="cancel")
    assert visit.page.inner_text("h1") == "cn=none"
    assert visit.dialog is not None
    assert visit.dialog.pressed == "キャンセル"
    assert not any(row.chosen for row in visit.dialog.rows)
    assert pc.visit(world.required.url, choose="cancel").refused in REFUSALS


def test_a_dialog_nobody_asked_for_is_read_and_cancelled(pc: Pc, world: World, import_into: Imports) -> None:
    """Without a choice the dialog is evidence, not an obstacle."""
    import_into(pc, world.issuer.issue("emp00001"))
    visit = pc.visit(world.optional.url)
    assert visit.dialog is not None
    assert visit.page.inner_text("h1") == "cn=none"


def test_an_empty_store_shows_no_dialog(pc: Pc, world: World) -> None:
    """No candidate, no dialog: the page comes, or the browser refuses, at once."""
    started = time.monotonic()
    optional = pc.visit(world.optional.url)
    required = pc.visit(world.required.url)
    assert (optional.dialog, optional.refused) == (None, None)
    assert (required.dialog, required.refused) == (None, required.refused)
    assert required.refused in REFUSALS
    assert time.monotonic() - started < 3


def test_a_certificate_of_another_ca_is_not_offered(
    pc: Pc, world: World, import_into: Imports, naming_server: str
) -> None:
    """The dialog offers only certificates of the issuers a server names; a foreign one alone gives none."""
    foreign = import_into(pc, world.foreign.issue("emp00001"))
    assert pc.visit(naming_server, choose=facts(foreign.certificate)).dialog is None
    import_into(pc, world.issuer.issue("emp00002"))
    with pytest.raises(ChoiceMissingError, match="emp00002") as missing:
        pc.visit(naming_server, choose=facts(foreign.certificate))
    assert [row.subject for row in missing.value.dialog.rows] == ["emp00002"]
    assert missing.value.dialog.pressed == "キャンセル"


def test_a_certificate_deleted_from_the_store_is_no_longer_offered(pc: Pc, world: World, import_into: Imports) -> None:
    """A running browser sees what happens in its store."""
    old, new = (import_into(pc, world.issuer.issue("emp00001")) for _ in range(2))
    pc.store.delete(old.sha256)
    visit = pc.visit(world.optional.url, choose=facts(new.certificate))
    assert visit.dialog is not None
    assert [int(row.serial, 16) for row in visit.dialog.rows] == [new.certificate.serial_number]


def test_a_window_keeps_its_choice_and_a_fresh_one_asks_again(pc: Pc, world: World, import_into: Imports) -> None:
    """As a browser does until it is closed."""
    who = facts(import_into(pc, world.issuer.issue("emp00001")).certificate)
    first = pc.visit(world.optional.url, choose=who)
    again = pc.visit(world.optional.url, choose=who, window=first.page.context)
    fresh = pc.visit(world.optional.url, choose="cancel")
    assert first.dialog is not None
    assert (again.dialog, again.page.inner_text("h1")) == (None, "cn=emp00001")
    assert fresh.dialog is not None


def test_every_tab_of_a_window_shows_the_same_certificate_without_asking(
    pc: Pc, world: World, import_into: Imports
) -> None:
    """Whether opened by an address or as an empty tab; the tabs before stay as they are."""
    first, _ = (facts(import_into(pc, world.issuer.issue(name)).certificate) for name in ("emp00001", "emp00002"))
    tabs = [pc.visit(world.required.url, choose=first).page]
    second = pc.visit(world.required.url, window=tabs[0].context)
    assert second.dialog is None
    tabs += [second.page, tabs[0].context.new_page()]
    with pc.answering() as dialogs:
        tabs[2].goto(world.required.url)
        tabs[0].reload()
    assert dialogs == []
    assert [tab.inner_text("h1") for tab in tabs] == ["cn=emp00001"] * 3


def test_two_windows_can_show_two_certificates(pc: Pc, world: World, import_into: Imports) -> None:
    """Side by side: neither disturbs the other."""
    who = [facts(import_into(pc, world.issuer.issue(name)).certificate) for name in ("emp00001", "emp00002")]
    pages = [pc.visit(world.required.url, choose=one).page for one in who]
    for page in pages:
        page.reload()
    assert [page.inner_text("h1") for page in pages] == ["cn=emp00001", "cn=emp00002"]


def test_nothing_of_a_scenario_is_left_for_the_next(pc: Pc, world: World, import_into: Imports) -> None:
    """Windows are closed and the store is empty, for the running browser too; the server roots stay trusted."""
    for _ in range(3):
        import_into(pc, world.issuer.issue("emp00001"))
        assert pc.visit(world.optional.url).dialog is not None
        pc.end_scenario()
        assert pc.store.personal() == []
        visit = pc.visit(world.optional.url)
        assert (visit.dialog, visit.status) == (None, 200)


def test_a_portal_that_never_answers_ends_the_visit_in_time(pc: Pc) -> None:
    """The error names the address and how long was waited."""
    with silent() as listener:
        pc.answer_seconds = 1.0
        try:
            with pytest.raises(NoAnswerError, match=r"127\.0\.0\.1:\d+/.* 1 秒"):
                pc.visit(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        finally:
            pc.answer_seconds = 15.0


def test_an_address_where_nobody_listens_is_named_by_the_browsers_own_error(pc: Pc) -> None:
    """The net error is the browser's, not ours."""
    with silent() as listener:
        port = listener.getsockname()[1]
    assert pc.visit(f"https://127.0.0.1:{port}/").refused == "ERR_CONNECTION_REFUSED"


def test_a_server_whose_root_is_not_trusted_is_refused(pc: Pc) -> None:
    """Trust is given by the store, not by switching the check off."""
    other = serve(trustme.CA(), ssl.CERT_NONE)
    assert pc.visit(other.url).refused == "ERR_CERT_AUTHORITY_INVALID"
    other.shutdown()
