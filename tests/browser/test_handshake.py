"""What the harness shows a server itself, because no browser would, and how it knows that it was seen."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.browser.pc import Pc
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Place, Recorder
from sekisho.manual.citations import scenarios
from sekisho.network import handshake
from sekisho.person.browsing import Browsing
from sekisho.pki.pkcs12 import Identity, facts
from sekisho.results import Evidence, Note
from sekisho.verdict import DeviationError, Verdict
from steps.client_authentication import NOT_ASKED, Presenting

from .authority import Signer
from .conftest import REFUSALS, Imports, World
from .servers import Server, naming, serve

NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME


@pytest.fixture
def lenient(world: World) -> Iterator[Server]:
    """A portal that does not look at the time of a certificate."""
    server = serve(world.server_ca, ssl.CERT_OPTIONAL, world.issuer.cert, *world.issuer.above)
    server.tls.verify_flags |= ssl.VerifyFlags(NO_CHECK_TIME)
    yield server
    server.shutdown()


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """The record of a scenario at whose first step we are."""
    recorder = Recorder(tmp_path, scenarios()[0], Place("x", "main", {}, ""), Masking())
    recorder.begin("もし", "x", (), [])
    return recorder


@pytest.fixture
def presenting(pc: Pc, recorder: Recorder) -> Presenting:
    """A user at the native PC."""
    return Presenting(Browsing(pc, recorder), pc.store, recorder)


def identity(signer: Signer) -> Identity:
    """A signer as it stands in a store."""
    return Identity(signer.key, signer.cert.public_bytes(Encoding.DER), signer.above, "x")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_certificate_that_is_over_is_presented(world: World, lenient: Server, version: ssl.TLSVersion) -> None:
    """The handshake's own messages say so, in both versions of TLS."""
    lenient.tls.maximum_version = version
    seen = handshake.present(lenient.url, identity(world.issuer.issue("emp00001", days=-1)))
    assert (seen.asked, seen.presented, seen.refused) == (True, True, "")


def test_a_server_that_asks_for_none_is_shown_none(world: World) -> None:
    """And the note says that nothing was presented."""
    who = identity(world.issuer.issue("emp00001"))
    seen = handshake.present(world.plain.url, who)
    assert (seen.asked, seen.presented) == (False, False)
    assert "サーバーはクライアント証明書を求めなかった" in seen.note(who).lines


def test_the_key_is_in_no_file_afterwards(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenSSL reads it from a file, which is encrypted and gone at once."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    handshake.present(world.optional.url, identity(world.issuer.issue("emp00001")))
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_said(world: World, free_port: int) -> None:
    """Nothing was presented, and why."""
    who = identity(world.issuer.issue("emp00001"))
    seen = handshake.present(f"https://127.0.0.1:{free_port}/", who)
    assert not seen.presented
    assert "refused" in seen.refused
    assert "サーバーにつながらなかった" in seen.note(who).lines  # nobody knows what it would have asked for


@pytest.fixture
def free_port() -> int:
    """A port at which nobody listens."""
    import socket  # noqa: PLC0415 - only here

    with socket.create_server(("127.0.0.1", 0)) as closed:
        return int(closed.getsockname()[1])


def test_the_browsers_own_choice_needs_no_other_proof(
    presenting: Presenting, recorder: Recorder, world: World, import_into: Imports
) -> None:
    """Its dialog shows the row that was chosen."""
    who = facts(import_into(presenting.browsing.pc, world.issuer.issue("emp00001")).certificate)
    assert presenting.choose(world.optional.url, who).page.inner_text("h1") == "cn=emp00001"
    assert [one.kind for one in _evidence(recorder)] == ["dialog"]


def test_what_the_browser_does_not_offer_is_shown_in_its_place(
    presenting: Presenting, recorder: Recorder, lenient: Server, world: World, import_into: Imports
) -> None:
    """A portal that admits an expired certificate is found out."""
    who = facts(import_into(presenting.browsing.pc, world.issuer.issue("emp00001", days=-1)).certificate)
    assert presenting.browsing.visit(lenient.url, who).page.inner_text("h1") == "cn=none"
    assert presenting.choose(lenient.url, who).page.inner_text("h1") == "cn=emp00001"
    (note,) = [one for one in _evidence(recorder) if isinstance(one, Note)]
    assert f"シリアル番号 {who.serial} の証明書を提示した" in note.lines


def test_a_foreign_certificate_is_shown_though_the_server_names_others(
    presenting: Presenting, world: World, import_into: Imports, tmp_path: Path
) -> None:
    """The browser's dialog does not offer it; the refusal is the server's own."""
    pc = presenting.browsing.pc
    import_into(pc, world.issuer.issue("emp00001"))
    stranger = facts(import_into(pc, world.foreign.issue("emp00002")).certificate)
    with naming(world.server_ca, tmp_path, world.issuer.cert, *world.issuer.above) as url:
        assert presenting.show(url, stranger).refused in {None, *REFUSALS}
        with pytest.raises(DeviationError, match="emp00002"):
            presenting.choose(url, stranger)


def test_a_silent_connection_keeps_nobody_from_the_server_that_names_issuers(world: World, tmp_path: Path) -> None:
    """Browsers open some ahead; its own server knows one at a time."""
    with naming(world.server_ca, tmp_path, world.issuer.cert) as url:
        at = urlsplit(url)
        with socket.create_connection((str(at.hostname), int(at.port or 0))):
            assert handshake.present(url, identity(world.issuer.issue("emp00001"))).asked


def test_the_server_that_names_issuers_ends_with_a_test_that_fails(world: World, tmp_path: Path) -> None:
    """It would be waited for for ever."""
    with pytest.raises(ZeroDivisionError), naming(world.server_ca, tmp_path, world.issuer.cert):
        raise ZeroDivisionError


def test_where_no_certificate_is_asked_for_the_step_warns(
    presenting: Presenting, recorder: Recorder, world: World, import_into: Imports
) -> None:
    """What follows is not the answer to a certificate."""
    who = facts(import_into(presenting.browsing.pc, world.issuer.issue("emp00001")).certificate)
    presenting.choose(world.plain.url, who)
    ended = recorder.end(Verdict.PASS)
    assert ended
    assert (ended.verdict, ended.reason) == (Verdict.WARNING, str(NOT_ASKED))


def _evidence(recorder: Recorder) -> list[Evidence]:
    ended = recorder.end(Verdict.PASS)
    assert ended
    return list(ended.evidence)
