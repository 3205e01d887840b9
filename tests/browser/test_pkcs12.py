"""PKCS#12 files as the import wizard judges them, by both stores, with OpenSSL and NSS's tools as outside judges."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from sekisho.certstore import CertStore, ContextStore, NativeStore, UnknownCertificateError
from sekisho.pki.pkcs12 import (
    ImportRefusedError,
    KeyMismatchError,
    NotPkcs12Error,
    WrongPasswordError,
    check,
    facts,
    read,
)

from .authority import PASSWORD, Signer, root


@pytest.fixture(scope="module")
def issuer() -> Signer:
    """An issuing authority below a root."""
    return root("Test Root").issue("Test Issuing CA", ca=True)


@pytest.fixture(scope="module")
def who(issuer: Signer) -> Signer:
    """A subscriber."""
    return issuer.issue("emp00001")


@pytest.fixture(params=["native", "context"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> CertStore:
    """A store of either kind."""
    return NativeStore(tmp_path / "home") if request.param == "native" else ContextStore()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the download is."""
    return tmp_path / "user.p12"


def certutil(store: CertStore, *arguments: str) -> str:
    """What certutil prints of a native store."""
    assert isinstance(store, NativeStore)
    command = ["certutil", *arguments, "-d", f"sql:{store.folder}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_an_imported_certificate_is_listed_with_its_issuers(store: CertStore, file: Path, who: Signer) -> None:
    """The user's own in one list, the authorities in another; the key comes back whole."""
    file.write_bytes(who.p12())
    identity = store.import_pkcs12(file, PASSWORD)
    assert store.personal() == [facts(who.cert)]
    assert {one.subject_cn for one in store.authorities()} == {"Test Issuing CA", "Test Root"}
    assert store.identity(identity.sha256).key.private_numbers() == who.key.private_numbers()


def test_certutil_sees_what_the_store_says(tmp_path: Path, file: Path, who: Signer) -> None:
    """NSS's own tool is the judge: one certificate with a key, and its issuers without."""
    store = NativeStore(tmp_path / "home")
    file.write_bytes(who.p12())
    store.import_pkcs12(file, PASSWORD)
    assert certutil(store, "-K").count("rsa") == 1
    assert "u,u,u" in certutil(store, "-L")
    store.clear()
    assert "rsa" not in certutil(store, "-K")
    assert "u,u,u" not in certutil(store, "-L")


def test_openssl_reads_an_exported_identity(file: Path, who: Signer) -> None:
    """The same certificate, and the key opens with the new password only."""
    file.write_bytes(read(who.p12(), PASSWORD).pkcs12("another"))
    command = ["openssl", "pkcs12", "-in", str(file), "-nodes", "-passin"]
    opened = subprocess.run([*command, "pass:another"], capture_output=True, text=True, check=True).stdout
    naming = ["openssl", "x509", "-noout", "-subject", "-nameopt", "RFC2253"]
    named = subprocess.run(naming, input=opened, capture_output=True, text=True, check=True).stdout
    assert named == "subject=CN=emp00001,C=JP\n"
    assert "PRIVATE KEY" in opened
    assert subprocess.run([*command, "pass:wrong"], capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize("algorithm", ["3des", "aes", "openssl"])
def test_every_usual_encryption_is_read(
    file: Path, who: Signer, store: CertStore, algorithm: str, tmp_path: Path
) -> None:
    """Triple DES as old Windows wants it, AES-256, and what OpenSSL writes."""
    file.write_bytes(_encrypted(who, algorithm, tmp_path))
    assert store.import_pkcs12(file, PASSWORD).certificate == who.cert


def _encrypted(who: Signer, algorithm: str, folder: Path) -> bytes:
    if algorithm == "openssl":
        (folder / "all.pem").write_bytes(read(who.p12(), PASSWORD).pem())
        command = ["openssl", "pkcs12", "-export", "-in", "all.pem", "-out", "o.p12", "-passout", f"pass:{PASSWORD}"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return (folder / "o.p12").read_bytes()
    kind = pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC if algorithm == "3des" else pkcs12.PBES.PBESv2SHA256AndAES256CBC
    lock = serialization.PrivateFormat.PKCS12.encryption_builder().key_cert_algorithm(kind).hmac_hash(hashes.SHA1())  # noqa: S303 - as old Windows wants it
    return pkcs12.serialize_key_and_certificates(b"n", who.key, who.cert, who.above, lock.build(PASSWORD.encode()))


def test_a_wrong_password_is_refused(store: CertStore, file: Path, who: Signer) -> None:
    """Also an empty one; nothing is stored."""
    file.write_bytes(who.p12())
    for wrong in ("wrong", "", f"{PASSWORD} "):
        with pytest.raises(WrongPasswordError, match="パスワードが正しくありません"):
            store.import_pkcs12(file, wrong)
    assert store.personal() == []


@pytest.mark.parametrize("size", [0, 1, 5, 300, -1])
def test_a_broken_file_is_refused(store: CertStore, file: Path, who: Signer, size: int) -> None:
    """A download that was cut anywhere is told from a wrong password."""
    file.write_bytes(who.p12()[:size])
    with pytest.raises(NotPkcs12Error):
        store.import_pkcs12(file, PASSWORD)


@pytest.mark.parametrize(
    "data",
    [b"<html>error</html>" * 99, b"-----BEGIN CERTIFICATE-----\n", b"\x30\x80" + b"\0" * 40],
    ids=["html", "pem", "der"],
)
def test_a_file_of_another_kind_is_refused(store: CertStore, file: Path, data: bytes) -> None:
    """Such as an error page under the name of a certificate."""
    file.write_bytes(data)
    with pytest.raises(NotPkcs12Error, match="PKCS#12"):
        store.import_pkcs12(file, PASSWORD)


@pytest.mark.parametrize("kept", [0, 1])
def test_a_file_without_its_whole_chain_is_taken_in(store: CertStore, file: Path, who: Signer, kept: int) -> None:
    """As by Windows and by the browser's own store; there is no root about which the wizard would ask."""
    file.write_bytes(who.p12(chain=kept))
    identity = store.import_pkcs12(file, PASSWORD)
    assert store.personal() == [facts(who.cert)]
    assert [one.subject_cn for one in store.authorities()] == ["Test Issuing CA"][:kept]
    assert store.knows_root(identity)


def test_certificates_of_another_authority_are_no_chain(store: CertStore, file: Path, who: Signer) -> None:
    """Same names, other keys: the signatures tell. They are taken in, as everything in the file."""
    double = root("Test Root").issue("Test Issuing CA", ca=True)
    file.write_bytes(Signer(who.key, who.cert, (double.cert, *double.above)).p12())
    assert store.import_pkcs12(file, PASSWORD).chain == ()
    assert {one.sha256 for one in store.authorities()} == {facts(one).sha256 for one in (double.cert, *double.above)}


def test_a_key_of_another_certificate_is_refused(store: CertStore, tmp_path: Path, issuer: Signer) -> None:
    """The file opens and is whole, but the key is somebody else's."""
    file = tmp_path / "user.p12"
    file.write_bytes(_with_another_key(*_two_alike(issuer)))
    with pytest.raises(ImportRefusedError, match="秘密鍵"):
        store.import_pkcs12(file, "")
    assert store.personal() == []


def _two_alike(issuer: Signer) -> tuple[Signer, Signer]:
    """Two users whose keys take as many bytes: lengths differ by a few, and the rarest is one in hundreds."""
    seen: dict[int, Signer] = {}
    while True:
        user = issuer.issue(f"emp{len(seen):05d}")
        length = len(_der(user))
        if length in seen:
            return seen[length], user
        seen[length] = user


def _with_another_key(who: Signer, other: Signer) -> bytes:
    """No library writes such a file: in an unencrypted one, the key's bytes are exchanged for as many others."""
    plain = serialization.NoEncryption()
    data = pkcs12.serialize_key_and_certificates(b"n", who.key, who.cert, who.above, plain)
    mine = _der(who)
    assert mine in data
    return _without_mac(data.replace(mine, _der(other)))


def _without_mac(data: bytes) -> bytes:
    """Only version and content of a PKCS#12 file: its integrity code, over the old content, is optional."""
    version, content = data[4:7], data[7:]
    size = int.from_bytes(content[2:4], "big") + 4
    body = version + content[:size]
    return b"\x30\x82" + len(body).to_bytes(2, "big") + body


def _der(who: Signer) -> bytes:
    private, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    return who.key.private_bytes(private, pkcs8, serialization.NoEncryption())


def test_a_key_of_another_certificate_is_told(issuer: Signer, who: Signer) -> None:
    """The check itself, on an identity that no file would carry."""
    identity = read(who.p12(), PASSWORD)
    check(identity)
    with pytest.raises(KeyMismatchError, match="秘密鍵が証明書と対応していません"):
        check(replace(identity, key=issuer.issue("emp00002").key))


def test_deleting_one_keeps_the_others(store: CertStore, file: Path, issuer: Signer) -> None:
    """Two certificates of one name: the fingerprint decides."""
    ids = []
    for _ in range(3):
        file.write_bytes(issuer.issue("emp00001").p12())
        ids.append(store.import_pkcs12(file, PASSWORD).sha256)
    store.delete(ids[1])
    assert {one.sha256 for one in store.personal()} == {ids[0], ids[2]}
    with pytest.raises(UnknownCertificateError, match=ids[1]):
        store.delete(ids[1])


def test_clearing_keeps_the_trusted_roots(store: CertStore, file: Path, who: Signer) -> None:
    """A server root is of the PC, not of the scenario; the identity is gone and says so."""
    pem = file.with_suffix(".pem")
    pem.write_bytes(root("Server Root").cert.public_bytes(serialization.Encoding.PEM))
    store.preinstall_root(pem)
    file.write_bytes(who.p12())
    identity = store.import_pkcs12(file, PASSWORD)
    store.clear()
    assert store.personal() == []
    assert [one.subject_cn for one in store.authorities()] == ["Server Root"]
    with pytest.raises(UnknownCertificateError):
        store.identity(identity.sha256)


def test_facts_say_what_openssl_says(tmp_path: Path, who: Signer) -> None:
    """Serial number, fingerprint and dates are the certificate's own."""
    (tmp_path / "c.pem").write_bytes(who.cert.public_bytes(serialization.Encoding.PEM))
    command = ["openssl", "x509", "-in", "c.pem", "-noout", "-serial", "-fingerprint", "-sha256"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.lower()
    fact = facts(who.cert, "題")
    assert f"serial={fact.serial.zfill(40)}" in said
    assert fact.sha256 in said.replace(":", "")
    assert (fact.title, fact.subject_cn, fact.issuer_cn, fact.key) == ("題", "emp00001", "Test Issuing CA", "RSA-2048")
    assert fact.extensions == ["BasicConstraints (critical): CA=FALSE", "ExtendedKeyUsage: clientAuth"]
