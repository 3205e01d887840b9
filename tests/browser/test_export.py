"""Keys that may leave the store and keys that may not; roots that an import brings along or does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.browser.pc import Pc
from sekisho.certstore import CertStore, ContextStore, NativeStore, NotExportableError, UnknownCertificateError
from sekisho.pki.pkcs12 import WrongPasswordError, facts, read

from .authority import PASSWORD, Signer, root
from .conftest import World

BACKUP_PASSWORD = "控え-pw2"


@pytest.fixture(params=["native", "context"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> CertStore:
    """A store of either kind."""
    return NativeStore(tmp_path / "home") if request.param == "native" else ContextStore()


@pytest.fixture
def issuer() -> Signer:
    """A root that signs subscribers directly."""
    return root("Common Root")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the download is."""
    return tmp_path / "user.p12"


def test_an_exported_certificate_can_be_imported_elsewhere(store: CertStore, file: Path, issuer: Signer) -> None:
    """With its key and its chain, under the new password only; of two of the same name the right one."""
    first, second = issuer.issue("0110000001"), issuer.issue("0110000001")
    for who in (first, second):
        file.write_bytes(who.p12())
        store.import_pkcs12(file, PASSWORD)
    file.write_bytes(store.export_pkcs12(facts(first.cert).sha256, BACKUP_PASSWORD))
    elsewhere = ContextStore()
    assert elsewhere.import_pkcs12(file, BACKUP_PASSWORD).certificate == first.cert
    assert [one.subject_cn for one in elsewhere.authorities()] == ["Common Root"]
    with pytest.raises(WrongPasswordError):
        elsewhere.import_pkcs12(file, PASSWORD)


def test_a_key_that_must_not_leave_stays(store: CertStore, file: Path, issuer: Signer) -> None:
    """Also when another certificate is deleted; the one beside it may still leave."""
    kept, free, gone = (issuer.issue("0110000001") for _ in range(3))
    for who in (kept, free, gone):
        file.write_bytes(who.p12())
        store.import_pkcs12(file, PASSWORD, exportable=who is not kept)
    store.delete(facts(gone.cert).sha256)
    with pytest.raises(NotExportableError, match="エクスポートできません"):
        store.export_pkcs12(facts(kept.cert).sha256, BACKUP_PASSWORD)
    assert read(store.export_pkcs12(facts(free.cert).sha256, BACKUP_PASSWORD), BACKUP_PASSWORD).certificate == free.cert


def test_nothing_is_left_to_export_after_a_deletion_or_clearing(store: CertStore, file: Path, issuer: Signer) -> None:
    """What is imported anew afterwards has no mark of the time before."""
    file.write_bytes(issuer.issue("0110000001").p12())
    for cleared in (False, True):
        who = store.import_pkcs12(file, PASSWORD, exportable=False)
        store.clear() if cleared else store.delete(who.sha256)
        with pytest.raises(UnknownCertificateError):
            store.export_pkcs12(who.sha256, BACKUP_PASSWORD)
        assert store.export_pkcs12(store.import_pkcs12(file, PASSWORD).sha256, BACKUP_PASSWORD)
        store.clear()


def test_the_same_file_can_be_imported_again(store: CertStore, file: Path, issuer: Signer) -> None:
    """As when a person follows the manual once more from the start."""
    file.write_bytes(issuer.issue("0110000001").p12())
    first, again = (store.import_pkcs12(file, PASSWORD) for _ in range(2))
    assert first == again
    assert len(store.personal()) == 1


def test_a_browser_presents_a_key_that_must_not_leave(pc: Pc, world: World, file: Path) -> None:
    """The mark is against export only."""
    file.write_bytes(world.issuer.issue("0110000001").p12())
    who = facts(pc.store.import_pkcs12(file, PASSWORD, exportable=False).certificate)
    assert pc.visit(world.required.url, choose=who).page.inner_text("h1") == "cn=0110000001"


def test_a_root_is_unknown_until_an_import_brings_it(store: CertStore, file: Path, issuer: Signer) -> None:
    """It stays known when the certificate goes, and is forgotten with the scenario."""
    file.write_bytes(issuer.issue("0110000001").p12())
    who = read(file.read_bytes(), PASSWORD)
    assert not store.knows_root(who)
    store.import_pkcs12(file, PASSWORD)
    assert store.knows_root(who)
    store.delete(who.sha256)
    assert store.knows_root(who)
    assert not store.knows_root(read(root("Common Root").issue("0110000001").p12(), PASSWORD))
    store.clear()
    assert not store.knows_root(who)


def test_a_person_can_refuse_the_root_and_still_have_the_certificate(store: CertStore, file: Path) -> None:
    """Only the root is left out, and stays out when another certificate is deleted."""
    middle = root("Common Root").issue("Issuing CA", ca=True)
    for name in ("0110000001", "0110000002"):
        file.write_bytes(middle.issue(name).p12())
        who = store.import_pkcs12(file, PASSWORD, install_root=False)
        assert not store.knows_root(who)
    store.delete(who.sha256)
    assert [one.subject_cn for one in store.personal()] == ["0110000001"]
    assert [one.subject_cn for one in store.authorities()] == ["Issuing CA"]


def test_a_browser_presents_a_certificate_whose_root_was_refused(pc: Pc, world: World, file: Path) -> None:
    """The portal judges it, not the PC."""
    file.write_bytes(world.issuer.issue("0110000001").p12())
    who = facts(pc.store.import_pkcs12(file, PASSWORD, install_root=False).certificate)
    assert pc.visit(world.required.url, choose=who).page.inner_text("h1") == "cn=0110000001"
