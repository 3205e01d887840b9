"""Files of the kinds that people report trouble with in public, each with its right value."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.certstore import CertStore, read_root
from sekisho.pki.pkcs12 import SerialReusedError, WrongPasswordError, check, display_name, facts, read

CASES = Path(__file__).parent / "cases"
PASSWORD = "pass1234"

CHAINS = {
    "sha1_root": ["Old SHA1 Root"],
    "no_chain": [],
    "issuer_printablestring_ca_utf8string": ["Example Issuing CA", "Example Root"],
    "cross_signed_first": ["Example Issuing CA", "Example Root"],
    "friendly_name_trailing_spaces": ["Example Issuing CA", "Example Root"],
    "policy_notice_not_text": ["Example Issuing CA", "Example Root"],
    "serial_used_twice_1": ["Example Issuing CA", "Example Root"],
    "serial_used_twice_2": ["Example Issuing CA", "Example Root"],
    "no_mac": ["Example Issuing CA", "Example Root"],
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_file_as_windows_takes_it_is_taken_in_listed_and_usable(store: CertStore, name: str) -> None:
    """Its facts are read; the issuers in it are found, in order, whatever is odd about names, order or signature."""
    identity = store.import_pkcs12(CASES / f"{name}.p12", PASSWORD)
    assert [(one.subject, one.key) for one in store.personal()] == [("CN=emp001,O=Example,C=JP", "RSA-2048")]
    assert [display_name(one.subject) for one in identity.chain] == CHAINS[name]
    check(store.identity(identity.sha256))
    assert read(store.export_pkcs12(identity.sha256, "another"), "another").certificate == identity.certificate
    store.delete(identity.sha256)
    assert store.personal() == []


@pytest.mark.parametrize("name", CHAINS)
def test_its_password_is_still_asked_for(store: CertStore, name: str) -> None:
    """Nothing is stored under a wrong one."""
    with pytest.raises(WrongPasswordError):
        store.import_pkcs12(CASES / f"{name}.p12", f"{PASSWORD}x")
    assert store.personal() == []


def test_a_file_without_mac_is_named_so_and_nothing_else(store: CertStore) -> None:
    """Windows takes it, NSS does not: no wrong password, no problem of the machine, and no word about other files."""
    (remark,) = store.import_pkcs12(CASES / "no_mac.p12", PASSWORD).remarks
    assert remark == (
        "PKCS#12ファイルに MAC（改ざん検知の値）が無い。"
        "Windows は取り込むが、NSS（Linux の Chromium、Firefox）は取り込めない"
    )
    store.clear()
    assert store.import_pkcs12(CASES / "sha1_root.p12", PASSWORD).remarks == ()
    with pytest.raises(WrongPasswordError, match="パスワードが正しくないか、ファイルが壊れています（MAC が無い"):
        read((CASES / "no_mac.p12").read_bytes(), "wrong")


def test_two_certificates_on_one_key_are_both_listed_and_deleted_one_by_one(store: CertStore) -> None:
    """The one that the file names for the key is the import's own; the key stays for the other."""
    identity = store.import_pkcs12(CASES / "two_certificates_on_one_key.p12", PASSWORD)
    assert [one.subject_cn for one in store.personal()] == ["emp001", "emp001"]
    other = next(one for one in store.personal() if one.sha256 != identity.sha256)
    assert read(store.export_pkcs12(other.sha256, "another"), "another").sha256 == other.sha256
    store.delete(identity.sha256)
    assert [one.sha256 for one in store.personal()] == [other.sha256]
    check(store.identity(other.sha256))
    store.delete(other.sha256)
    assert store.personal() == []


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_one_serial_number_for_two_certificates_is_the_authoritys_fault(
    store: CertStore, order: tuple[int, int]
) -> None:
    """RFC 5280 4.1.2.2: a refusal that a step makes a FAIL, never an error of the machine; the first one stays."""
    first, second = (CASES / f"serial_used_twice_{number}.p12" for number in order)
    kept = store.import_pkcs12(first, PASSWORD)
    with pytest.raises(SerialReusedError, match="認証局「Example Issuing CA」が、同じシリアル番号 1267 を"):
        store.import_pkcs12(second, PASSWORD)
    assert [one.sha256 for one in store.personal()] == [kept.sha256]
    assert store.import_pkcs12(first, PASSWORD) == kept


def test_an_extension_that_cannot_be_read_is_shown_as_hex(store: CertStore) -> None:
    """And the others in words."""
    identity = store.import_pkcs12(CASES / "policy_notice_not_text.p12", PASSWORD)
    shown = dict(one.split(": ", 1) for one in facts(identity.der).extensions)
    assert shown["CertificatePolicies"].startswith("30")
    assert bytes.fromhex(shown["CertificatePolicies"])
    assert shown["SubjectKeyIdentifier"] == "b2fb24d3e220d704249ee5d0619ca6609f21cb22"


@pytest.mark.parametrize(
    ("file", "name"),
    [("root.p7b", "Example Root"), ("root_bare_base64.cer", "Example Root"), ("root_v1.cer", "Example V1 Root")],
)
def test_a_root_in_any_of_the_shapes_that_windows_opens_is_one(store: CertStore, file: str, name: str) -> None:
    """PKCS#7, base64 without its PEM lines, and version 1, which has no basicConstraints."""
    store.trust_root(CASES / file)
    assert [one.subject_cn for one in store.trusted_roots()] == [name]
    assert display_name(read_root((CASES / file).read_bytes()).subject) == name
