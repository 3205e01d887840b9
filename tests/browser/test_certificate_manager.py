"""The browser's own certificate manager: the way there, what it shows, what it deletes."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from sekisho.browser.pc import Pc
from sekisho.native_ui import CertificateManager, SurfaceError
from sekisho.pki.pkcs12 import facts
from sekisho.verdict import NotApplicableError

from .conftest import Imports, World


def test_the_manuals_way_leads_to_the_list(pc: Pc, world: World, import_into: Imports) -> None:
    """From the ⋮ menu over the settings to the certificate, with what its viewer shows."""
    who = facts(import_into(pc, world.issuer.issue("emp00001")).certificate)
    manager = CertificateManager.open(pc)
    assert manager.route == ["⋮", "設定", "プライバシーとセキュリティ", "セキュリティ", "証明書の管理"]
    assert [(row.name, row.sha256) for row in manager.rows()] == [("emp00001", who.sha256)]
    entry = manager.details(who.sha256)
    assert (entry.issued_to, entry.issuer) == ("emp00001", "Test Issuing CA")
    assert (entry.not_before, entry.not_after) == (who.not_before, who.not_after)


def test_a_page_with_the_viewers_title_is_not_taken_for_it(pc: Pc, world: World, import_into: Imports) -> None:
    """A browser's window bears the title of what it shows; 閉じる is pressed in the viewer alone."""
    who = facts(import_into(pc, world.issuer.issue("emp00001")).certificate)
    portal = pc.window().new_page()
    portal.set_content("<title>証明書ビューア: emp00001</title>")
    manager = CertificateManager.open(pc, walk=False)
    assert manager.details(who.sha256).issued_to == "emp00001"
    assert not portal.is_closed()
    assert len(manager.rows()) == 1


def test_of_two_of_the_same_name_the_right_one_is_deleted(pc: Pc, world: World, import_into: Imports) -> None:
    """Cancelled first: nothing happens; confirmed: just that certificate is gone, in the database too."""
    old, new = (import_into(pc, world.issuer.issue("emp00001")) for _ in range(2))
    manager = CertificateManager.open(pc, walk=False)
    manager.delete(old.sha256, confirm=False)
    assert {row.sha256 for row in manager.rows()} == {old.sha256, new.sha256}
    manager.delete(old.sha256, confirm=True)
    assert [row.sha256 for row in manager.rows()] == [new.sha256]
    assert [certificate.sha256 for certificate in pc.store.personal()] == [new.sha256]


def test_a_trusted_root_is_listed_and_shown(pc: Pc, world: World, import_into: Imports, tmp_path: Path) -> None:
    """Only trusted ones, not what came with a key; a root without a common name is shown by its unit."""
    ca = trustme.CA(organization_unit_name="Security Communication RootCA2", organization_name="Owner")
    ca.cert_pem.write_to_path(str(tmp_path / "root.pem"))
    import_into(pc, world.issuer.issue("emp00001"))
    preinstalled = {row.sha256 for row in CertificateManager.open_roots(pc, walk=False).rows()}
    pc.store.trust_root(tmp_path / "root.pem")
    roots = CertificateManager.open_roots(pc)
    assert roots.route[-2:] == ["証明書の管理", "Linux からインポートした証明書を表示する"]
    (row,) = [row for row in roots.rows() if row.sha256 not in preinstalled]
    assert row.name == "OU=Security Communication RootCA2,O=Owner"
    assert roots.details(row.sha256).issued_to == "Security Communication RootCA2"
    pc.end_scenario()
    assert {row.sha256 for row in CertificateManager.open_roots(pc, walk=False).rows()} == preinstalled


def test_an_empty_list_is_empty(pc: Pc) -> None:
    """The manager says so, and there is nothing to wait for."""
    assert CertificateManager.open(pc, walk=False).rows() == []


def test_a_certificate_that_is_not_listed_is_named(pc: Pc, world: World, import_into: Imports) -> None:
    """Nothing else is deleted in its place."""
    who = import_into(pc, world.issuer.issue("emp00001"))
    manager = CertificateManager.open(pc, walk=False)
    with pytest.raises(SurfaceError, match="0000"):
        manager.delete("0000", confirm=True)
    assert [row.sha256 for row in manager.rows()] == [who.sha256]


def test_without_the_browsers_own_store_the_manager_says_nothing_about_it(cpc: Pc) -> None:
    """Context mode cannot show it, and says why."""
    with pytest.raises(NotApplicableError, match="context"):
        CertificateManager.open(cpc)
