"""Root certificates that a person trusts: what files are taken, and what a browser makes of it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from sekisho.browser.pc import Pc
from sekisho.certstore import CertStore, ContextStore, NativeStore, NotRootError
from sekisho.pki.pkcs12 import display_name, facts

from .authority import PASSWORD, Signer, root
from .servers import Server, serve

UNIT = "Security Communication RootCA2"
NOTHING = "証明書（DER、PEM、base64 または PKCS#7）が入っていません"


@dataclass(frozen=True)
class Strange:
    """A server whose root comes with no PC, and the file in which that root is offered."""

    server: Server
    file: Path


@pytest.fixture
def strange(tmp_path: Path) -> Iterator[Strange]:
    """A root without a common name, as some of the oldest are, in DER."""
    ca = trustme.CA(organization_name="Owner", organization_unit_name=UNIT)
    file = tmp_path / "SCRoot2ca.cer"
    certificate = x509.load_pem_x509_certificate(ca.cert_pem.bytes())
    file.write_bytes(certificate.public_bytes(serialization.Encoding.DER))
    server = serve(ca, ssl.CERT_NONE)
    yield Strange(server, file)
    server.shutdown()


@pytest.fixture(params=["native", "context"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> CertStore:
    """A store of either kind."""
    return NativeStore(tmp_path / "home") if request.param == "native" else ContextStore()


def names(store: CertStore) -> list[str]:
    """The trusted roots, as they are listed."""
    return sorted(one.subject_cn for one in store.trusted_roots())


def encoded(signer: Signer, encoding: serialization.Encoding = serialization.Encoding.DER) -> bytes:
    """A certificate as the content of a file."""
    return signer.cert.public_bytes(encoding)


def test_a_running_browser_trusts_a_root_from_its_next_window_on_until_the_store_is_cleared(
    pc: Pc, strange: Strange
) -> None:
    """Twice, so that nothing is remembered of the first time; a window that was open keeps its opinion."""
    for _ in range(2):
        before = pc.visit(strange.server.url)
        assert before.refused == "ERR_CERT_AUTHORITY_INVALID"
        pc.store.trust_root(strange.file)
        assert pc.visit(strange.server.url, window=before.page.context).refused == "ERR_CERT_AUTHORITY_INVALID"
        assert pc.visit(strange.server.url).status == 200
        pc.end_scenario()


def test_in_context_mode_windows_judge_servers_until_a_root_is_trusted(bare_context_pc: Pc, strange: Strange) -> None:
    """Playwright can only be told to judge or not to judge."""
    pc = bare_context_pc
    assert pc.visit(strange.server.url).refused == "ERR_CERT_AUTHORITY_INVALID"
    pc.store.trust_root(strange.file)
    assert pc.visit(strange.server.url).status == 200
    pc.end_scenario()
    assert pc.visit(strange.server.url).refused == "ERR_CERT_AUTHORITY_INVALID"


def test_a_root_without_common_name_is_listed_by_its_unit(store: CertStore, strange: Strange) -> None:
    """As browsers list it; issuer and subject are the same."""
    store.trust_root(strange.file)
    (listed,) = store.trusted_roots()
    assert (listed.subject_cn, listed.issuer_cn) == (UNIT, UNIT)
    assert listed in store.authorities()


def test_clearing_forgets_what_was_trusted_and_keeps_what_was_preinstalled(
    store: CertStore, strange: Strange, tmp_path: Path
) -> None:
    """The one is of the scenario, the other of the PC."""
    (tmp_path / "own.pem").write_bytes(encoded(root("Own Root"), serialization.Encoding.PEM))
    store.preinstall_root(tmp_path / "own.pem")
    store.trust_root(strange.file)
    assert names(store) == ["Own Root", UNIT]
    store.clear()
    assert names(store) == ["Own Root"]


def test_a_root_that_came_with_a_key_is_trusted_only_when_a_person_says_so(store: CertStore, tmp_path: Path) -> None:
    """And stays so when another certificate is deleted."""
    authority = root("Client Root")
    who = []
    for _ in range(2):
        (tmp_path / "user.p12").write_bytes(authority.issue("0110000001").p12())
        who.append(store.import_pkcs12(tmp_path / "user.p12", PASSWORD))
    assert names(store) == []
    (tmp_path / "root.pem").write_bytes(encoded(authority, serialization.Encoding.PEM))
    store.trust_root(tmp_path / "root.pem")
    store.trust_root(tmp_path / "root.pem")
    store.delete(who[0].sha256)
    assert names(store) == ["Client Root"]
    assert [one.sha256 for one in store.personal()] == [who[1].sha256]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", NOTHING),
        (b"<html>404</html>", NOTHING),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", NOTHING),
        (encoded(root("Test Root"))[:-1], NOTHING),
        (encoded(root("Test Root").issue("Middle CA", ca=True)), "「Middle CA」の証明書は自己署名ではなく"),
        (encoded(root("Somebody", ca=False)), "「Somebody」の証明書は認証局のものではありません"),
    ],
    ids=["empty", "html", "broken pem", "cut der", "intermediate", "no authority"],
)
def test_a_file_without_a_root_is_refused(store: CertStore, tmp_path: Path, content: bytes, why: str) -> None:
    """With a sentence that says why; nothing is stored then."""
    (tmp_path / "root.cer").write_bytes(content)
    with pytest.raises(NotRootError, match=why):
        store.trust_root(tmp_path / "root.cer")
    assert store.authorities() == []


def test_a_name_is_displayed_by_what_it_has() -> None:
    """Common name before unit before owner; a nameless one has no name."""
    unit = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATIONAL_UNIT_NAME, "U")])
    owner = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "O")])
    assert [display_name(x509.Name([*owner, *unit])), display_name(owner), display_name(x509.Name([]))] == [
        "U",
        "O",
        "",
    ]
    assert facts(root("Common").cert).subject_cn == "Common"
