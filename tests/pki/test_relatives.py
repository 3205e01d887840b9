"""What the reported cases have for relatives: orders of chains, types of strings, encryptions, names, several keys."""

from __future__ import annotations

import base64
import itertools
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.name import _ASN1Type

from sekisho.certstore import CertStore, NativeStore, NotRootError, StoreToolError, read_root
from sekisho.certstore.nss import FileRefusedError, NssDatabase
from sekisho.pki import ber
from sekisho.pki.pkcs12 import (
    KeyMismatchError,
    NotPkcs12Error,
    SerialReusedError,
    WrongPasswordError,
    display_name,
    facts,
    read,
)
from sekisho.verdict import NotApplicableError

from .making import PASSWORD, Holder, by_openssl, certificate, cross_signed, key, name, pbmac1, pfx, root

DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the download is."""
    return tmp_path / "user.p12"


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_of_several_ways_up_the_one_that_arrives_counts(order: tuple[int, ...]) -> None:
    """An authority rolled over to a new key, and cross-signed by one that is not in the file, in any order."""
    old, elsewhere = root("Root"), root("Elsewhere")
    new = root("Root")
    link = Holder(new.key, certificate(new.cert.subject, new.key, old.cert.subject, old.key, ca=True))
    middle = new.issue(name("Middle"), ca=True)
    others = [cross_signed(middle, elsewhere), middle, link, new]
    who = middle.issue(name("user"))
    chain = read(who.p12(*(others[number] for number in order)), PASSWORD).chain
    assert [display_name(one.subject) for one in chain] == ["Middle", "Root"]
    assert chain[-1] == new.cert


def test_a_key_that_was_rolled_over_leads_up_to_the_old_root() -> None:
    """Only the new key under the old one is there."""
    old, new = root("Root"), root("Root")
    link = Holder(new.key, certificate(new.cert.subject, new.key, old.cert.subject, old.key, ca=True))
    chain = read(new.issue(name("user")).p12(old, link), PASSWORD).chain
    assert chain == (link.cert, old.cert)


@pytest.mark.parametrize(
    ("issuer", "kind", "fits"),
    [
        ("Example CA", _ASN1Type.PrintableString, True),
        ("Example CA", _ASN1Type.BMPString, True),
        ("Example CA", _ASN1Type.T61String, True),
        ("EXAMPLE  ca ", _ASN1Type.UTF8String, True),
        ("Ｅｘａｍｐｌｅ CA", _ASN1Type.BMPString, True),
        ("Example CB", _ASN1Type.UTF8String, False),
        ("ExampleCA", _ASN1Type.UTF8String, False),
    ],
)
def test_names_are_compared_as_rfc_5280_says(issuer: str, kind: _ASN1Type, fits: bool) -> None:  # noqa: FBT001
    """Neither the string's type nor case nor the number of spaces matters."""
    top = root("Example CA")
    who = top.issue(name("user"), issuer=name(issuer, kind))
    assert read(who.p12(top), PASSWORD).chain == ((top.cert,) if fits else ())


LABELS = [None, b"", b" ", b"user  ", b"user\n", "利用者　１".encode(), b"a" * 300, b"x u,u,u", b"(NULL)", b"a:b"]


@pytest.mark.parametrize("label", LABELS, ids=ascii)
def test_no_friendly_name_hides_a_certificate(store: CertStore, file: Path, label: bytes | None) -> None:
    """Nor two of the same: entries are found by what they are."""
    top = root()
    for _ in range(2):
        who = top.issue(name("user"))
        file.write_bytes(who.p12(top, label=label))
        identity = store.import_pkcs12(file, PASSWORD)
    assert len(store.personal()) == 2
    assert [one.subject_cn for one in store.authorities()] == ["Root"]
    store.delete(identity.sha256)
    assert len(store.personal()) == 1


def test_a_renewal_on_the_old_key_is_taken_in(store: CertStore, file: Path) -> None:
    """That it is the old key is another row's matter; both are listed, and deleting one leaves the other its key."""
    top = root()
    old = top.issue(name("user"))
    new = top.issue(name("user"), own=old.key)
    shas = []
    for who in (old, new):
        file.write_bytes(who.p12(top))
        shas.append(store.import_pkcs12(file, PASSWORD).sha256)
    assert {one.sha256 for one in store.personal()} == set(shas)
    store.delete(shas[0])
    assert store.identity(shas[1]).key.private_numbers() == old.key.private_numbers()


def test_several_keys_in_one_file_are_all_taken_in(store: CertStore, file: Path) -> None:
    """Each with its certificate: signing and encryption, say."""
    top = root()
    one, two = top.issue(name("one")), top.issue(name("two"))
    file.write_bytes(_joined(one, two))
    store.import_pkcs12(file, PASSWORD)
    assert sorted(each.subject_cn for each in store.personal()) == ["one", "two"]
    assert all(store.identity(each.sha256).key for each in store.personal())


def _joined(one: Holder, two: Holder) -> bytes:
    """The parts of two files in one, without a MAC, which would be over the whole."""
    return pfx(*_parts(one), *_parts(two))


def _parts(who: Holder) -> list[bytes]:
    """What stands in the authenticated safe of a holder's file: the certificate, the key."""
    steps = ber.Steps()
    _, safe, _ = ber.elements(ber.first(who.p12(), steps).content, steps)
    _, held = ber.elements(safe.content, steps)
    inside = ber.first(ber.first(held.content, steps).content, steps)
    return [bytes(one.whole) for one in ber.elements(inside.content, steps)]


ENCRYPTIONS = {
    "aes256": (),
    "aes128": ("-certpbe", "AES-128-CBC", "-keypbe", "AES-128-CBC"),
    "3des": ("-legacy", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"),
    "rc2-40": ("-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"),
    "rc2-128": ("-legacy", "-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-RC2-128", "-macalg", "sha1"),
    "plain certificates": ("-certpbe", "NONE"),
    "sha512 mac": ("-macalg", "sha512"),
    "one round": ("-noiter", "-nomaciter"),
}


@pytest.mark.parametrize("kind", ENCRYPTIONS)
def test_every_encryption_of_the_world_is_read(store: CertStore, file: Path, tmp_path: Path, kind: str) -> None:
    """As OpenSSL writes it; under a wrong password it is refused as such."""
    who = root().issue(name("user"))
    file.write_bytes(by_openssl(who, tmp_path, *ENCRYPTIONS[kind]))
    with pytest.raises(WrongPasswordError):
        store.import_pkcs12(file, "wrong")
    assert store.import_pkcs12(file, PASSWORD).remarks == ()
    assert store.personal() == [facts(who.cert)]


@pytest.mark.parametrize("behind", ["\r\n", "\0", "\n\n\n", "<!-- served in 0.1 s -->"])
def test_what_a_portal_writes_behind_a_file_is_passed_over_and_told(
    store: CertStore, file: Path, tmp_path: Path, behind: str
) -> None:
    """An end of line as a template leaves it: OpenSSL and NSS read the file all the same."""
    who = root().issue(name("user"))
    file.write_bytes(by_openssl(who, tmp_path) + behind.encode())
    listed = ["openssl", "pkcs12", "-in", str(file), "-passin", f"pass:{PASSWORD}", "-nokeys"]
    assert subprocess.run(listed, capture_output=True, check=False).returncode == 0
    (remark,) = store.import_pkcs12(file, PASSWORD).remarks
    assert f"後ろに {len(behind)} バイトの余分なもの" in remark
    assert store.personal() == [facts(who.cert)]


def test_a_file_that_only_nss_refuses_is_told_of_whatever_stands_behind_it(
    home: Path, file: Path, tmp_path: Path
) -> None:
    """The bytes behind it do not explain that."""
    who = root().issue(name("user"))
    ciphers = ("-certpbe", "ARIA-256-CBC", "-keypbe", "ARIA-256-CBC")
    file.write_bytes(by_openssl(who, tmp_path, *ciphers) + b"\r\n")
    remarks = NativeStore(home).import_pkcs12(file, PASSWORD).remarks
    assert ["後ろに 2 バイト" in one or "NSS（Linux の Chromium）は取り込めない" in one for one in remarks] == [
        True,
        True,
    ]


def test_an_empty_password_is_a_password(store: CertStore, file: Path, tmp_path: Path) -> None:
    """Whether it is written as no octets or as an end mark."""
    who = root().issue(name("user"))
    file.write_bytes(by_openssl(who, tmp_path, password=""))
    assert store.import_pkcs12(file, "").sha256 == facts(who.cert).sha256


def test_a_new_mac_is_named(store: CertStore, file: Path) -> None:
    """PBMAC1 (RFC 9579): a store that does not know it calls the password wrong."""
    who = root().issue(name("user"))
    file.write_bytes(pfx(*_parts(who), mac=pbmac1))
    (remark,) = store.import_pkcs12(file, PASSWORD).remarks
    assert remark.startswith("PKCS#12ファイルの MAC が PBMAC1（RFC 9579）である")
    assert store.personal() == [facts(who.cert)]
    with pytest.raises(WrongPasswordError):
        read(file.read_bytes(), "wrong")


def test_a_certificate_without_key_and_a_key_of_another_certificate_are_told_apart(tmp_path: Path) -> None:
    """Neither is a pair."""
    one, two = root().issue(name("one")), root().issue(name("two"))
    with pytest.raises(NotPkcs12Error, match="組が入っていません"):
        read(by_openssl(one, tmp_path, "-nokeys"), PASSWORD)
    certificates, key_of_two = _parts(one)[0], _parts(two)[1]
    with pytest.raises(KeyMismatchError, match="どの証明書とも対応していません"):
        read(pfx(certificates, key_of_two), PASSWORD)


@pytest.mark.parametrize(
    "shape", ["der", "pem", "text", "bom", "crlf", "trailing", "p7b", "p7b pem", "base64", "bundle"]
)
def test_a_root_is_one_in_every_shape(shape: str) -> None:
    """And an intermediate authority in none."""
    top = root("Example Root")
    middle = top.issue(name("Middle"), ca=True)
    assert read_root(_shaped(shape, top.cert, middle.cert)) == top.cert
    if shape not in {"p7b", "p7b pem", "bundle"}:
        with pytest.raises(NotRootError, match="「Middle」の証明書は自己署名ではなく"):
            read_root(_shaped(shape, middle.cert, top.cert))


def _shaped(shape: str, one: x509.Certificate, beside: x509.Certificate) -> bytes:
    der, pem = one.public_bytes(DER), one.public_bytes(PEM)
    return {
        "der": der,
        "pem": pem,
        "text": "発行者: Example\nCertificate:\n    Data:\n".encode() + pem,
        "bom": b"\xef\xbb\xbf" + pem,
        "crlf": pem.replace(b"\n", b"\r\n"),
        "trailing": der + b"\r\n",
        "p7b": pkcs7.serialize_certificates([beside, one], DER),
        "p7b pem": pkcs7.serialize_certificates([beside, one], PEM),
        "base64": base64.encodebytes(der),
        "bundle": beside.public_bytes(PEM) + pem,
    }[shape]


def test_a_root_that_has_its_predecessors_serial_number_is_the_authoritys_fault(
    store: CertStore, tmp_path: Path
) -> None:
    """Authorities are made anew, and begin with number 1 again."""
    for file in ("old.cer", "new.cer"):
        own, now = key(), datetime.now(UTC)
        builder = x509.CertificateBuilder(name("Root"), name("Root"), own.public_key(), 1, now, now + timedelta(days=9))
        (tmp_path / file).write_bytes(builder.sign(own, hashes.SHA256()).public_bytes(DER))
    store.trust_root(tmp_path / "old.cer")
    with pytest.raises(SerialReusedError, match="同じシリアル番号 1 を別々の証明書"):
        store.trust_root(tmp_path / "new.cer")


@pytest.mark.parametrize(("broken", "said"), [(False, NotApplicableError), (True, StoreToolError)])
def test_what_only_this_machines_store_refuses_is_no_fault_of_the_portals(
    home: Path, file: Path, monkeypatch: pytest.MonkeyPatch, *, broken: bool, said: type[Exception]
) -> None:
    """NOT APPLICABLE where NSS takes a file that is certainly in order, and not this one; else ERROR."""
    store, who = NativeStore(home), root().issue(name("user"))
    file.write_bytes(who.p12())
    take = NssDatabase.import_pkcs12

    def refusing(database: NssDatabase, path: Path, password: str) -> None:
        if broken or database.folder == store.folder:
            raise FileRefusedError("SEC_ERROR_UNSUPPORTED_KEYALG")
        take(database, path, password)

    monkeypatch.setattr(NssDatabase, "import_pkcs12", refusing)
    with pytest.raises(said, match="SEC_ERROR_UNSUPPORTED_KEYALG"):
        store.import_pkcs12(file, PASSWORD)
